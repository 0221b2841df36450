import { Timer, type Clock } from '../platform/clock.js';

/** A reply that does not grow for this long is over, in milliseconds (docs/protocol.md, "Promises"). */
const SILENCE_MS = 60_000;

/** Ends streamed replies that neither grow nor become final: their text stays, the caret goes. */
export class StreamWatch {
  readonly #clock: Clock;
  readonly #onEnded: (id: string) => void;
  /** When each reply has grown last, by its id. */
  readonly #grownAt = new Map<string, number>();
  /** Runs on while replies grow, and looks when it is over: to set it anew for each piece costs more than the piece. */
  readonly #timer: Timer;

  constructor(clock: Clock, onEnded: (id: string) => void) {
    this.#clock = clock;
    this.#onEnded = onEnded;
    this.#timer = new Timer(clock);
  }

  /** A reply has grown. */
  grown(id: string): void {
    this.#grownAt.set(id, this.#clock.now());
    if (!this.#timer.pending) this.#wait(SILENCE_MS);
  }

  /** A reply is final. */
  ended(id: string): void {
    this.#grownAt.delete(id);
    if (this.#grownAt.size === 0) this.#timer.clear();
  }

  /** Forgets all. */
  clear(): void {
    this.#grownAt.clear();
    this.#timer.clear();
  }

  #wait(ms: number): void {
    this.#timer.set(ms, () => {
      const now = this.#clock.now();
      for (const [id, at] of this.#grownAt) {
        if (now - at < SILENCE_MS) continue;
        this.#grownAt.delete(id);
        this.#onEnded(id);
      }
      const oldest = Math.min(...this.#grownAt.values());
      if (oldest < Infinity && !this.#timer.pending) this.#wait(oldest + SILENCE_MS - now);
    });
  }
}
