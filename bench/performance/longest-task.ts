import type { Browser } from '@playwright/test';
import type { Session } from './session.js';

interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  dur?: number;
  args?: { name?: string };
}

/** Traces some work in a page. @returns the longest task of its main thread meanwhile, in milliseconds */
export async function longestTask(
  browser: Browser,
  session: Session,
  work: () => Promise<void>,
): Promise<number> {
  const categories = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata'];
  await browser.startTracing(session.page, { categories });
  await work();
  const trace = await browser.stopTracing();
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return longestOf(traceEvents);
}

/** The longest task on the main thread of the busiest page of a trace, in milliseconds. */
export function longestOf(events: readonly TraceEvent[]): number {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const lengths = events
    .filter(({ name, pid, tid }) => /(?:^|::)RunTask$/.test(name) && mains.has(`${pid} ${tid}`))
    .map(({ dur = 0 }) => dur / 1000);
  return Math.max(0, ...lengths);
}
