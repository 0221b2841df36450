import type { Clock } from '../platform/clock.js';
import type { LinkClose } from '../transports/transport.js';
import { backoff } from './backoff.js';

/** The count of failures is forgotten only after a greeted connection of this length, in milliseconds. */
const STEADY_MS = 5000;
/** Attempts under a wake signal are at least this far apart, in milliseconds. */
const EAGER_GAP_MS = 1000;
/** Protocol faults in a row that are answered by another attempt. */
const MAX_FAULTS = 3;
/** Width of the return after a planned end that names no time, in milliseconds. */
const DEFAULT_SPREAD_MS = 10_000;

/** What to do after a line ended. */
export type Decision =
  | { status: 'reconnecting'; reason: string; delayMs: number }
  | { status: 'failed' | 'paused' | 'idle'; reason: string };

/** What a decision depends on besides the policy's own memory. */
export interface Circumstances {
  visible: boolean;
  /** Whether a fresh token can be asked for. */
  renewable: boolean;
}

/** Decides when to try again. Remembers failures in a row and what the server asked for; starts no timer itself. */
export class RetryPolicy {
  readonly #clock: Clock;
  #failures = 0;
  #faults = 0;
  #denials = 0;
  #losses = 0;
  #greetedAt: number | undefined;
  #startedAt = -Infinity;
  /** Not before this monotonic time, as the server asked. */
  #floor: number | undefined;
  #announced = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Attempts in a row that failed. */
  get failures(): number {
    return this.#failures;
  }

  /** An attempt begins. */
  started(): void {
    this.#startedAt = this.#clock.now();
    this.#greetedAt = undefined;
    this.#floor = undefined;
    this.#announced = false;
  }

  /** The attempt succeeded. */
  greeted(): void {
    this.#greetedAt = this.#clock.now();
    this.#denials = 0;
    this.#losses = 0;
  }

  /** A line was lost before this policy came to decide: the next attempt is no first one. */
  lost(): void {
    this.#failures ||= 1;
  }

  /** The server asks for no attempt within `retryAfterMs` milliseconds. */
  ask(retryAfterMs: number): void {
    this.#floor = this.#clock.now() + retryAfterMs;
  }

  /**
   * The server announces a planned end: come back after `retryAfterMs` and a random part of `spreadMs`, both in
   * milliseconds. Without either, everybody's return is spread over ten seconds.
   */
  bye(retryAfterMs: number | undefined, spreadMs = retryAfterMs === undefined ? DEFAULT_SPREAD_MS : 0): void {
    this.#announced = true;
    this.ask((retryAfterMs ?? 0) + this.#clock.random() * spreadMs);
  }

  /** Milliseconds until an attempt is allowed that a wake signal or the guest's send asks for. */
  eagerDelay(): number {
    const now = this.#clock.now();
    return Math.max(0, (this.#floor ?? 0) - now, this.#startedAt + EAGER_GAP_MS - now);
  }

  /** Forgets everything; the guest or the page asked for a fresh start. */
  reset(): void {
    this.#failures = this.#faults = this.#denials = this.#losses = 0;
    this.#floor = undefined;
  }

  /** Decides what follows the end of a line. */
  after(close: LinkClose, { visible, renewable }: Circumstances): Decision {
    const { reason } = close;
    if (this.#greetedAt !== undefined && this.#clock.now() - this.#greetedAt >= STEADY_MS) {
      this.#failures = this.#faults = 0;
    }
    // A `bye` announced this end: it counts, whatever the code.
    if (!this.#announced) {
      if (reason === 'ended') return { status: 'idle', reason: 'closed' };
      if (reason === 'replaced') return { status: 'paused', reason };
      if (this.#isFinal(close, renewable)) return { status: 'failed', reason };
    }
    return {
      status: 'reconnecting',
      reason: this.#announced ? 'restart' : reason,
      delayMs: this.#delay(close, visible),
    };
  }

  #isFinal({ reason, retry }: LinkClose, renewable: boolean): boolean {
    if (reason === 'fault') return ++this.#faults > MAX_FAULTS;
    this.#faults = 0;
    if (reason === 'unauthorized') return ++this.#denials > 1 || !renewable;
    return retry === 'never';
  }

  #delay({ reason, retry, retryAfter, spread = 0 }: LinkClose, visible: boolean): number {
    const clock = this.#clock;
    const failures = this.#failures++;
    const asked = Math.max(0, (this.#floor ?? 0) - clock.now());
    // A planned end names its time; one that comes again and again is backed off from all the same.
    if (this.#announced) return Math.max(asked, failures && backoff(failures, visible, clock.random()));
    if (retryAfter !== undefined && !asked) {
      const delay = retryAfter + clock.random() * spread;
      this.ask(delay);
      return delay;
    }
    // "Now" is for the first time; a server that says it again and again is treated like one that is down.
    const again = reason === 'unauthorized' ? this.#denials > 1 : this.#losses++ > 0;
    const usual = retry === 'now' && !again ? 0 : backoff(failures, visible, clock.random());
    return Math.max(asked, usual);
  }
}
