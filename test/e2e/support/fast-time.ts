import type { BrowserContext, Page } from '@playwright/test';

/** How time runs in a page. */
export interface FastTimeOptions {
  /** How much faster than outside. */
  factor: number;
  /** Wall clock of the page at a moment of the real one, so that reloads and tabs agree; default now. */
  since?: number;
}

/**
 * Lets time run faster in every page that is opened from now on: timers, `performance.now()` and `Date`. The network
 * and the disk are as fast as ever. `shiftDate()` then moves the wall clock alone.
 */
export async function fastTime(
  target: BrowserContext | Page,
  { factor, since = Date.now() }: FastTimeOptions,
): Promise<void> {
  await target.addInitScript(install, { factor, since });
}

/** Sets the wall clock of a page forward or back; monotonic time and timers know nothing of it. */
export async function shiftDate(page: Page, ms: number): Promise<void> {
  await page.evaluate((by) => {
    (globalThis as unknown as FastWindow).shiftDate(by);
  }, ms);
}

/** What the script leaves in the page. */
interface FastWindow {
  shiftDate(ms: number): void;
  /** The real wall clock, which pages and tests share. */
  realNow(): number;
}

function install({ factor, since }: Required<FastTimeOptions>): void {
  const { setTimeout: later, setInterval: every, Date: RealDate } = globalThis;
  const now = performance.now.bind(performance);
  let shift = 0;
  const wall = (): number => Math.round(since + (RealDate.now() - since) * factor) + shift;
  const timeout = (fn: TimerHandler, ms = 0, ...args: unknown[]): number =>
    (later as typeof window.setTimeout)(fn, ms / factor, ...args);
  const interval = (fn: TimerHandler, ms = 0, ...args: unknown[]): number =>
    (every as typeof window.setInterval)(fn, ms / factor, ...args);
  class FastDate extends RealDate {
    constructor(...args: []) {
      super(...(args.length > 0 ? args : ([wall()] as unknown as [])));
    }
    static override now(): number {
      return wall();
    }
  }
  performance.now = () => now() * factor;
  Object.assign(globalThis, {
    setTimeout: timeout,
    setInterval: interval,
    Date: FastDate,
    shiftDate: (ms: number) => (shift += ms),
    realNow: () => RealDate.now(),
  } satisfies FastWindow & Record<string, unknown>);
}
