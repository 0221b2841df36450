import type { Duration, Step } from '../script/scenario-data.js';
import type { StaffProfile } from '../turn.js';

/** The people of the library's stories, by their keys. */
export const TEAM = {
  maya: { name: 'Maya' },
  sam: { name: 'Sam' },
} as const satisfies Record<string, StaffProfile>;

/** How fast people are. */
export interface TeamPace {
  /** Time until something is read, in milliseconds. Default 1200. */
  readMs?: Duration;
  /** Time a message takes to type, in milliseconds. Default 1800. */
  typeMs?: Duration;
}

/** How a visit of one of them goes. */
export interface TeamVisit extends TeamPace {
  /** Time in the queue, in milliseconds. Default 3000. */
  queueMs?: Duration;
}

/** After some time in the queue Maya comes and says something. */
export function mayaComes(say: string, { queueMs = 3000, ...pace }: TeamVisit): readonly Step[] {
  return [{ queue: 1, to: 1, everyMs: queueMs }, { join: 'maya' }, ...types('maya', say, pace)];
}

/** A person reads, types and says something. */
export function types(by: string, say: string, { readMs = 1200, typeMs = 1800 }: TeamPace): readonly Step[] {
  return [{ wait: readMs }, { receipt: 'read', by }, { think: typeMs, by }, { say, by }];
}
