import type { Clock } from '../platform/clock.js';

/**
 * One direction of a connection: what goes in comes out later, in the same order, and never within the call that put it
 * in, just as on a real socket.
 */
export class Pipe {
  readonly #clock: Clock;
  readonly #delayMs: () => number;
  #queue: (() => void)[] = [];
  #lastDue = 0;

  /** @param delayMs asked for each delivery, in milliseconds */
  constructor(clock: Clock, delayMs: () => number) {
    this.#clock = clock;
    this.#delayMs = delayMs;
  }

  /** Runs `deliver` when its time has come and everything before it was delivered. */
  push(deliver: () => void): void {
    const queue = this.#queue;
    queue.push(deliver);
    const now = this.#clock.now();
    const due = Math.max(this.#lastDue, now + this.#delayMs());
    this.#lastDue = due;
    // Each wake-up delivers the oldest, so a clock that rounds cannot change the order.
    const wake = (): void => queue.shift()?.();
    if (due > now) this.#clock.setTimeout(wake, due - now);
    else queueMicrotask(wake);
  }

  /** Loses everything that is under way. */
  cut(): void {
    this.#queue = [];
    this.#lastDue = 0;
  }
}
