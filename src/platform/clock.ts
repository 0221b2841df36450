/** Handle of a running timer; only good for `clearTimeout` of the same clock. */
export type TimerHandle = unknown;

/** Time and chance, replaceable by a fake. */
export interface Clock {
  /** Monotonic time in milliseconds from an arbitrary start. Use it for liveness: the wall clock jumps. */
  now(): number;
  /** Wall clock in milliseconds since 1970. For showing and storing times only. */
  date(): number;
  /** @param ms delay in milliseconds */
  setTimeout(fn: () => void, ms: number): TimerHandle;
  /** Drops a pending timer; one that has run is ignored. */
  clearTimeout(handle: TimerHandle): void;
  /** A number from 0 up to, but not including, 1. */
  random(): number;
}

/** The real clock. Reads its functions from `globalThis` at each call, so that test tools can replace them. */
export const systemClock: Clock = {
  now: () => globalThis.performance.now(),
  date: () => globalThis.Date.now(),
  setTimeout: (fn, ms) => globalThis.setTimeout(fn, ms),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as ReturnType<typeof setTimeout>),
  random: () => globalThis.Math.random(),
};

/** The longest delay browsers know, in milliseconds; a longer one would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** One timer that can be set again and again; setting it drops the pending run. */
export class Timer {
  readonly #clock: Clock;
  #handle: TimerHandle | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Whether a run is pending. */
  get pending(): boolean {
    return this.#handle !== undefined;
  }

  /** Runs `fn` once after `ms` milliseconds, at most some 25 days, instead of what was pending. */
  set(ms: number, fn: () => void): void {
    this.clear();
    this.#handle = this.#clock.setTimeout(
      () => {
        this.#handle = undefined;
        fn();
      },
      Math.min(ms, MAX_DELAY_MS),
    );
  }

  /** Drops the pending run, if any. */
  clear(): void {
    if (this.#handle !== undefined) this.#clock.clearTimeout(this.#handle);
    this.#handle = undefined;
  }
}
