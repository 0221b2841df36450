import { Timer, type Clock } from '../platform/clock.js';

/** Without any frame for this long after a ping, the line is dead (docs/protocol.md, "Timing"). */
export const PATIENCE_MS = 5000;

/** A timer this late means that the machine or the page slept: silence during sleep proves nothing. */
const ASLEEP_MS = 2000;

/** After sleep a line has this long to prove that it lives (docs/protocol.md, "Timing"). */
const AWAKE_PATIENCE_MS = 3000;

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
  /** Silence before the next ping: a random part of the interval at first. */
  #waitMs = 0;
  #pinged = false;
  #lastSign: number;
  #answered = false;
  #due = Infinity;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
    this.#intervalMs = options.intervalMs;
    this.#beat = new Timer(options.clock);
    this.#verdict = new Timer(options.clock);
    this.#lastSign = options.clock.now();
    this.#schedule();
  }

  /** Silence before a ping, in milliseconds; the server may announce another. */
  set intervalMs(ms: number) {
    this.#intervalMs = ms;
    this.#schedule();
  }

  /** Any received frame counts as life. */
  seen(): void {
    this.#lastSign = this.#options.clock.now();
    this.#answered = true;
  }

  /**
   * Pings now and gives the line `patienceMs` to answer.
   * @param owedForMs how long it has owed an answer already, to something else that was sent; this counts against the
   *   patience, unless the line has shown a sign of life since
   */
  probe(patienceMs = PATIENCE_MS, owedForMs = 0): void {
    const now = this.#options.clock.now();
    const due = (owedForMs ? Math.max(now - owedForMs, this.#lastSign) : now) + patienceMs;
    const waiting = this.#verdict.pending && !this.#answered;
    // A probe under way stays, unless the new one is stricter.
    if (waiting && this.#due <= due) return;
    if (!waiting) this.#options.ping();
    this.#answered = false;
    this.#due = due;
    this.#verdict.set(due - now, () => this.#judge());
  }

  /** Ends the watch. */
  stop(): void {
    this.#beat.clear();
    this.#verdict.clear();
  }

  #schedule(): void {
    // The first ping comes at a random part, so that a thousand widgets that came back together do not ping together.
    this.#waitMs = this.#intervalMs * (this.#pinged ? 1 : this.#options.clock.random());
    this.#beat.set(this.#waitMs, () => this.#tick());
  }

  #tick(): void {
    const silence = this.#options.clock.now() - this.#lastSign;
    if (silence < this.#waitMs) {
      this.#beat.set(this.#waitMs - silence, () => this.#tick());
      return;
    }
    this.probe(silence - this.#waitMs > ASLEEP_MS ? AWAKE_PATIENCE_MS : undefined);
    this.#pinged = true;
    this.#schedule();
  }

  #judge(): void {
    if (this.#answered) return;
    if (this.#options.clock.now() - this.#due > ASLEEP_MS) {
      this.probe(AWAKE_PATIENCE_MS);
      return;
    }
    this.stop();
    this.#options.onDead();
  }
}
