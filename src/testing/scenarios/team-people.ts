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

/** A person reads, types and says something. */
export function types(by: string, say: string, { readMs = 1200, typeMs = 1800 }: TeamPace): readonly Step[] {
  return [{ wait: readMs }, { receipt: 'read', by }, { think: typeMs, by }, { say, by }];
}
