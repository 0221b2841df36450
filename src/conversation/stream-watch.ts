import { Timer, type Clock } from '../platform/clock.js';

/** A reply that does not grow for this long is over, in milliseconds (docs/protocol.md, "Promises"). */
const SILENCE_MS = 60_000;

/** Ends streamed replies that neither grow nor become final: their text stays, the caret goes. */
export class StreamWatch {
  readonly #clock: Clock;
  readonly #onEnded: (id: string) => void;
  readonly #replies = new Map<string, { readonly timer: Timer; grownAt: number }>();

  constructor(clock: Clock, onEnded: (id: string) => void) {
    this.#clock = clock;
    this.#onEnded = onEnded;
  }

  /** A reply has grown. */
  grown(id: string): void {
    const grownAt = this.#clock.now();
    const reply = this.#replies.get(id);
    // The timer runs on, and looks at the time when it is over: to set it anew for each piece costs more than the piece.
    if (reply) reply.grownAt = grownAt;
    else {
      this.#replies.set(id, { timer: new Timer(this.#clock), grownAt });
      this.#wait(id, SILENCE_MS);
    }
  }

  #wait(id: string, ms: number): void {
    const { timer } = this.#replies.get(id)!;
    timer.set(ms, () => {
      const left = this.#replies.get(id)!.grownAt + SILENCE_MS - this.#clock.now();
      if (left > 0) return this.#wait(id, left);
      this.#replies.delete(id);
      this.#onEnded(id);
    });
  }

  /** A reply is final. */
  ended(id: string): void {
    this.#replies.get(id)?.timer.clear();
    this.#replies.delete(id);
  }

  /** Forgets all. */
  clear(): void {
    for (const id of [...this.#replies.keys()]) this.ended(id);
  }
}
