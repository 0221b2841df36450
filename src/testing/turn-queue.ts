import type { ClientCommand } from '../protocol/client-command.js';
import type { ChatHost } from './host/chat-host.js';
import type { Turn } from './turn.js';

/** What is done about a message or an escalation that nobody took: a warning, a rejected `stop()`, an echo, or nothing. */
export type Unmatched = 'warn' | 'fail' | 'echo' | 'ignore';

/** A `nextTurn()` that comes this late is still in time, in milliseconds of the server's clock. */
const PATIENCE_MS = 1000;

/** What a test asked for and did not get, or the other way round. */
export class UnmatchedError extends Error {
  override readonly name = 'UnmatchedError';
}

interface Waiter {
  readonly type: ClientCommand['type'];
  readonly resolve: (turn: Turn) => void;
  readonly reject: (error: Error) => void;
}

/** What guests did and no scenario took, in order, for the test to take one by one. */
export class TurnQueue {
  readonly #host: ChatHost;
  readonly #policy: Unmatched;
  #waiters: Waiter[] = [];
  #held: Turn[] = [];
  #stopped = false;

  constructor(host: ChatHost, policy: Unmatched) {
    this.#host = host;
    this.#policy = policy;
  }

  /** The next command of a type: one that is here already, or the next to come. */
  next(type: ClientCommand['type']): Promise<Turn> {
    if (this.#stopped) return Promise.reject(new UnmatchedError('the server was stopped'));
    const index = this.#held.findIndex((turn) => turn.command.type === type && !turn.refused);
    const [turn] = index < 0 ? [] : this.#held.splice(index, 1);
    if (turn) return Promise.resolve(turn);
    return new Promise((resolve, reject) => this.#waiters.push({ type, resolve, reject }));
  }

  /** Hands a turn to the test that waits for it. @returns whether there is one */
  offer(turn: Turn): boolean {
    const index = this.#waiters.findIndex(({ type }) => type === turn.command.type);
    const [waiter] = index < 0 ? [] : this.#waiters.splice(index, 1);
    waiter?.resolve(turn);
    return waiter !== undefined;
  }

  /** Keeps a turn that nobody took. */
  hold(turn: Turn): void {
    if (this.#policy === 'echo' && wantsAnswer(turn)) {
      turn.says(turn.text || `No scenario takes "${turn.command.type}".`, { format: 'plain' });
      return;
    }
    this.#held.push(turn);
    if (this.#policy !== 'warn' || !wantsAnswer(turn)) return;
    this.#host.later(PATIENCE_MS, () => {
      if (this.#isLeft(turn)) console.warn(`MockChatServer: ${describe(turn)}`);
    });
  }

  /**
   * Ends the waiting.
   * @throws {UnmatchedError} with the policy `fail`, when something was left that wanted an answer
   */
  stop(): void {
    this.#stopped = true;
    for (const { type, reject } of this.#waiters) {
      reject(new UnmatchedError(`the server was stopped before a "${type}" came`));
    }
    this.#waiters = [];
    const left = this.#held.filter((turn) => wantsAnswer(turn) && this.#isLeft(turn));
    this.#held = [];
    if (this.#policy === 'fail' && left.length > 0) throw new UnmatchedError(left.map(describe).join('\n'));
  }

  #isLeft(turn: Turn): boolean {
    return this.#held.includes(turn) && !turn.refused;
  }
}

function wantsAnswer({ command }: Turn): boolean {
  return command.type === 'send' || (command.type === 'escalate' && !command.cancel);
}

function describe({ command, text }: Turn): string {
  const what = command.type === 'send' ? `the guest message "${text}"` : `the guest's "${command.type}"`;
  return `no scenario and no nextTurn() took ${what}; it stays unanswered`;
}
