import { Timer, type Clock } from '../platform/clock.js';
import type { ServerEventOf } from '../protocol/server-event.js';

/** "Started typing" is told at most this often, in milliseconds (docs/protocol.md). */
const TELL_MS = 2000;
/** Without another key press for this long the guest counts as having stopped, in milliseconds. */
const STOP_MS = 5000;
/** A signal of others holds this long unless it is renewed, in milliseconds. */
const HOLD_MS = 6000;

/** Tells the server that the guest types: at once, then at most every two seconds, and once when it stops. */
export class TypingTeller {
  readonly #clock: Clock;
  readonly #tell: (active: boolean) => void;
  readonly #stop: Timer;
  #toldAt = -Infinity;

  constructor(clock: Clock, tell: (active: boolean) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#stop = new Timer(clock);
  }

  /** A key was pressed. */
  pressed(): void {
    const now = this.#clock.now();
    if (now - this.#toldAt >= TELL_MS) {
      this.#toldAt = now;
      this.#tell(true);
    }
    this.#stop.set(STOP_MS, () => this.#tell(false));
  }

  /** The message was sent: the server knows by itself that typing is over. */
  sent(): void {
    this.#stop.clear();
  }
}

/** Ends typing signals of others that nobody renews: their line may have died in the middle of a sentence. */
export class TypingWatch {
  readonly #clock: Clock;
  readonly #onEnded: (authorId: string) => void;
  readonly #timers = new Map<string, Timer>();

  constructor(clock: Clock, onEnded: (authorId: string) => void) {
    this.#clock = clock;
    this.#onEnded = onEnded;
  }

  /** A signal arrived. */
  heard({ author, active }: Pick<ServerEventOf<'typing'>, 'author' | 'active'>): void {
    this.#timers.get(author.id)?.clear();
    if (!active) {
      this.#timers.delete(author.id);
      return;
    }
    const timer = new Timer(this.#clock);
    this.#timers.set(author.id, timer);
    timer.set(HOLD_MS, () => {
      this.#timers.delete(author.id);
      this.#onEnded(author.id);
    });
  }

  /** Forgets all. */
  clear(): void {
    for (const timer of this.#timers.values()) timer.clear();
    this.#timers.clear();
  }
}
