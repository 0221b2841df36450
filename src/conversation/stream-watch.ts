import { Timer, type Clock } from '../platform/clock.js';

/** A reply that does not grow for this long is over, in milliseconds (docs/protocol.md, "Promises"). */
const SILENCE_MS = 60_000;

/** Ends streamed replies that neither grow nor become final: their text stays, the caret goes. */
export class StreamWatch {
  readonly #clock: Clock;
  readonly #onEnded: (id: string) => void;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock, onEnded: (id: string) => void) {
    this.#clock = clock;
    this.#onEnded = onEnded;
  }

  /** A reply has grown. */
  grown(id: string): void {
    let timer = this.#timers.get(id);
    if (!timer) this.#timers.set(id, (timer = new Timer(this.#clock)));
    timer.set(SILENCE_MS, () => {
      this.#timers.delete(id);
      this.#onEnded(id);
    });
  }

  /** A reply is final. */
  ended(id: string): void {
    this.#timers.get(id)?.clear();
    this.#timers.delete(id);
  }

  /** Forgets all. */
  clear(): void {
    for (const id of [...this.#timers.keys()]) this.ended(id);
  }
}
