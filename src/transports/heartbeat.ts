import { Timer, type Clock } from '../platform/clock.js';

/** Without any frame for this long after a ping, the line is dead (docs/protocol.md, "Timing"). */
export const PATIENCE_MS = 5000;

/** A timer this late means that the machine or the page slept: silence during sleep proves nothing. */
const ASLEEP_MS = 2000;

/** What a heartbeat needs of the line it watches. */
export interface HeartbeatOptions {
  clock: Clock;
  /** Silence before a ping, in milliseconds. */
  intervalMs: number;
  /** Sends a ping. */
  ping(): void;
  /** The line is dead. Called at most once. */
  onDead(): void;
}

/**
 * Notices a dead line: browsers keep a half-open socket "open" for minutes, so only frames count as life.
 * Measures with the monotonic clock; a wall clock that jumps has no effect.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #beat: Timer;
  readonly #verdict: Timer;
  #intervalMs: number;
  #lastSign: number;
  #probedAt = 0;
  #due = Infinity;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#intervalMs = options.intervalMs;
    this.#beat = new Timer(options.clock);
    this.#verdict = new Timer(options.clock);
    this.#lastSign = options.clock.now();
    // The first ping comes at a random part, so that a thousand widgets that came back together do not ping together.
    this.#beat.set(options.clock.random() * this.#intervalMs, () => this.#tick());
  }

  /** Silence before a ping, in milliseconds; the server may announce another. */
  set intervalMs(ms: number) {
    this.#intervalMs = ms;
    this.#beat.set(ms, () => this.#tick());
  }

  /** Any received frame counts as life. */
  seen(): void {
    this.#lastSign = this.#options.clock.now();
  }

  /** Pings now and gives the line `patienceMs` to answer. */
  probe(patienceMs = PATIENCE_MS): void {
    const now = this.#options.clock.now();
    const due = now + patienceMs;
    // A probe under way stays, unless the new one is stricter.
    if (this.#verdict.pending && this.#due <= due) return;
    if (!this.#verdict.pending) this.#options.ping();
    this.#probedAt = now;
    this.#due = due;
    this.#verdict.set(patienceMs, () => this.#judge());
  }

  /** Ends the watch. */
  stop(): void {
    this.#beat.clear();
    this.#verdict.clear();
  }

  #tick(): void {
    const silence = this.#options.clock.now() - this.#lastSign;
    if (silence < this.#intervalMs) {
      this.#beat.set(this.#intervalMs - silence, () => this.#tick());
      return;
    }
    this.probe();
    this.#beat.set(this.#intervalMs, () => this.#tick());
  }

  #judge(): void {
    if (this.#lastSign >= this.#probedAt) return;
    if (this.#options.clock.now() - this.#due > ASLEEP_MS) {
      this.probe();
      return;
    }
    this.stop();
    this.#options.onDead();
  }
}
