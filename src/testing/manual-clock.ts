import type { Clock, TimerHandle } from '../platform/clock.js';

/** How a `ManualClock` starts. */
export interface ManualClockOptions {
  /** Wall time at the start, ISO 8601. Default `2026-01-05T09:00:00.000Z`. */
  date?: string;
  /** Chance: from 0 up to, but not including, 1. Default always 0.5, so that jitter is the same in every run. */
  random?: () => number;
}

interface ManualTimer {
  readonly due: number;
  readonly run: () => void;
}

/**
 * Time that passes only when a test says so. Hand it to `MockChatServer` and to the client; nothing global is patched.
 *
 * ```ts
 * const clock = new ManualClock();
 * const server = new MockChatServer({clock, scenarios: [aiReply()]});
 * await clock.advance(30_000);
 * ```
 */
export class ManualClock implements Clock {
  readonly #timers = new Map<number, ManualTimer>();
  readonly #random: () => number;
  readonly #sources = new Set<() => Promise<void> | undefined>();
  #now = 0;
  #wallOffset: number;
  #nextHandle = 1;
  #advancing: Promise<void> = Promise.resolve();

  /** @param options where the wall clock starts, and chance */
  constructor({ date = '2026-01-05T09:00:00.000Z', random = () => 0.5 }: ManualClockOptions = {}) {
    this.#wallOffset = Date.parse(date);
    this.#random = random;
  }

  /** Monotonic time in milliseconds; 0 at the start. */
  now(): number {
    return this.#now;
  }

  /** Wall time in milliseconds since 1970. */
  date(): number {
    return this.#wallOffset + this.#now;
  }

  /** A number from 0 up to, but not including, 1; see `ManualClockOptions.random`. */
  random(): number {
    return this.#random();
  }

  /** Runs `fn` once when time has been advanced by `ms` milliseconds. */
  setTimeout(fn: () => void, ms: number): TimerHandle {
    const handle = this.#nextHandle++;
    this.#timers.set(handle, { due: this.#now + Math.max(0, ms), run: fn });
    return handle;
  }

  /** Drops a timer that has not run. */
  clearTimeout(handle: TimerHandle): void {
    this.#timers.delete(handle as number);
  }

  /** How many timers are pending. */
  get pending(): number {
    return this.#timers.size;
  }

  /**
   * Moves the wall clock alone, as a guest or a time server does; monotonic time goes on as before.
   * @param date new wall time, ISO 8601
   */
  setDate(date: string): void {
    this.#wallOffset = Date.parse(date) - this.#now;
  }

  /**
   * Lets `ms` milliseconds pass: runs the timers that fall due in their order, each at its own time, and lets promises
   * settle before each and at the end. Calls that overlap run one after the other.
   * @param ms default 0: runs what is due now
   * @throws what a timer throws
   */
  advance(ms = 0): Promise<void> {
    const turn = this.#advancing.then(() => this.#advance(ms));
    this.#advancing = turn.catch(() => {});
    return turn;
  }

  /** Lets promises settle, and frames that are under way on mock-socket arrive, without any time passing. */
  async settle(): Promise<void> {
    await macrotask();
    for (;;) {
      const busy = [...this.#sources].map((source) => source()).filter((wait) => wait !== undefined);
      if (busy.length === 0) return;
      await Promise.all(busy);
      await macrotask();
    }
  }

  /**
   * Makes `settle` and `advance` wait for something that takes real time.
   * @param source answers with a promise while it is busy, and with undefined when it is not
   * @returns a function that ends it
   */
  waitsFor(source: () => Promise<void> | undefined): () => void {
    this.#sources.add(source);
    return () => this.#sources.delete(source);
  }

  async #advance(ms: number): Promise<void> {
    const target = this.#now + ms;
    await this.settle();
    for (let next = this.#next(target); next; next = this.#next(target)) {
      const [handle, timer] = next;
      this.#timers.delete(handle);
      // A timer that was set for the past, because the one before it took time, runs now.
      this.#now = Math.max(this.#now, timer.due);
      timer.run();
      await this.settle();
    }
    this.#now = target;
  }

  /** The earliest timer up to `target`; of several, the one that was set first. */
  #next(target: number): [number, ManualTimer] | undefined {
    let earliest: [number, ManualTimer] | undefined;
    for (const entry of this.#timers) {
      if (entry[1].due <= target && (!earliest || entry[1].due < earliest[1].due)) earliest = entry;
    }
    return earliest;
  }
}

/**
 * Resolves after every promise chain that can go on has gone on. A message to oneself, and no timer: browsers make
 * nested timers and those of hidden pages slow.
 */
function macrotask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
