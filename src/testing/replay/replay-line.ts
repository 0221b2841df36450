import type { Clock } from '../../platform/clock.js';
import { readFrame, type Frame } from '../../protocol/frame.js';
import type { TextSocket } from '../bindings/text-line.js';
import type { ServerEnd } from '../cable.js';
import type { LogEntry } from '../traffic-log.js';

/** What a guest says by the clock, or by where they look: no two runs have it at the same places. */
const BY_THE_WAY = new Set(['ping', 'typing', 'read']);

/** What the connections of a replay share. */
export interface ReplayState {
  readonly clock: Clock;
  /** Ids of messages: those of the recording, and those that the guest has made now. */
  readonly ids: Map<string, string>;
  /** What is not as it was recorded, a sentence each. */
  readonly problems: string[];
}

/** The server's side of one recorded connection: it says what it said then, as long after what came before as then. */
export class ReplayLine implements ServerEnd {
  readonly #state: ReplayState;
  readonly #socket: TextSocket;
  readonly #entries: LogEntry[];
  #arrived: Frame[] = [];
  /** Time of the recording that has been reached. */
  #at: number;
  #timer: unknown;
  #over = false;

  /** @param entries of this connection, from its opening on */
  constructor(state: ReplayState, socket: TextSocket, entries: readonly LogEntry[]) {
    this.#state = state;
    this.#socket = socket;
    this.#entries = entries.filter((entry) => entry.what === 'frame' || entry.what === 'closed');
    this.#at = entries[0]?.at ?? 0;
    this.#go();
  }

  /** What of the recording has not been played. */
  get left(): readonly LogEntry[] {
    return this.#entries;
  }

  receive(text: string): void {
    const frame = readFrame(text);
    if (frame.event === 'ping') {
      const { t } = frame.data as { t?: unknown };
      this.#socket.send(JSON.stringify({ type: 'pong', t }));
    }
    if (BY_THE_WAY.has(frame.event)) return;
    this.#arrived.push(frame);
    this.#go();
  }

  closed(): void {
    this.#over = true;
    this.#state.clock.clearTimeout(this.#timer as never);
  }

  /** Goes on as far as the guest has come. */
  #go(): void {
    while (!this.#over && this.#timer === undefined) {
      const [entry] = this.#entries;
      if (entry === undefined) return;
      if (isByTheWay(entry)) this.#entries.shift();
      else if (entry.what === 'frame' && entry.from === 'guest') {
        if (!this.#meet(entry.frame)) return;
        this.#reach(entry);
      } else if (entry.what === 'closed' && entry.by === 'guest') return;
      else this.#wait(entry);
    }
  }

  #wait(entry: LogEntry): void {
    const act = (): void => {
      this.#timer = undefined;
      if (this.#over) return;
      this.#reach(entry);
      if (entry.what === 'frame') this.#socket.send(renamed(entry.text, this.#state.ids));
      else if (entry.what === 'closed') this.#socket.close(entry.code, entry.reason);
    };
    const delay = entry.at - this.#at;
    if (delay <= 0) return act();
    this.#timer = this.#state.clock.setTimeout(() => {
      act();
      this.#go();
    }, delay);
  }

  #reach({ at }: LogEntry): void {
    this.#entries.shift();
    this.#at = at;
  }

  /** @returns whether the guest has said what they said then */
  #meet(recorded: Frame): boolean {
    const index = this.#arrived.findIndex(({ event }) => event === recorded.event);
    const [now] = index < 0 ? [] : this.#arrived.splice(index, 1);
    if (!now) return false;
    const [then, said] = [recorded.data, now.data] as { clientId?: string; text?: string }[];
    if (then?.clientId !== undefined && said?.clientId !== undefined) {
      this.#state.ids.set(then.clientId, said.clientId);
      if (then.text !== said.text) {
        this.#state.problems.push(`the guest wrote "${said.text}" where the recording has "${then.text}"`);
      }
    }
    return true;
  }
}

/** Swallowed or damaged then, or said by the way: nobody waits for it, and nobody says it again. */
function isByTheWay(entry: LogEntry): boolean {
  if (entry.what !== 'frame') return false;
  if (entry.lost) return true;
  return entry.from === 'guest' ? BY_THE_WAY.has(entry.frame.event) : entry.frame.event === 'pong';
}

/** A text of the server, in which messages have the ids that the guest has given them now. */
function renamed(text: string, ids: ReadonlyMap<string, string>): string {
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'string' ? (ids.get(value) ?? value) : value,
    );
  } catch {
    return text;
  }
}
