import type { ClientCommand } from '../protocol/client-command.js';

/** Commands other than messages that could not go out: they wait in memory for the next welcome, and go out once. */
export class CommandQueue {
  #waiting: ClientCommand[] = [];

  /** Keeps a command for later. A newer one of the same meaning takes the place of an older. */
  add(command: ClientCommand): void {
    // Typing is over by then, and a ping would tell nothing.
    if (command.type === 'typing' || command.type === 'ping') return;
    // What a later command of the same kind says makes the earlier one void.
    const replaces = (other: ClientCommand): boolean =>
      other.type === command.type && /^(read|identify|escalate|end)$/.test(command.type);
    this.#waiting = [...this.#waiting.filter((other) => !replaces(other)), command];
  }

  /** Forgets how far was read: those numbers mean nothing any more. */
  forgetRead(): void {
    this.#waiting = this.#waiting.filter(({ type }) => type !== 'read');
  }

  /** Hands over everything that waits, and forgets it. */
  take(): readonly ClientCommand[] {
    const taken = this.#waiting;
    this.#waiting = [];
    return taken;
  }
}
