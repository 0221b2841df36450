import { seeded } from '../../src/testing/seed.js';
import type { ClientKind } from './client-model.js';
import { quantile } from './tally.js';
import { VirtualClock } from './virtual-clock.js';

/** Lives that one figure is drawn from. */
const LIVES = 10_000;
/** An outage lasts as long as it is called, give or take this much: else one without jitter meets its end by accident. */
const GIVE_OR_TAKE = 0.25;

/** The middle and the edge of what one client lives through. */
export interface Spread {
  mean: number;
  median: number;
  p95: number;
}

/** What one guest waits, in seconds, and what the network carries for it. */
export interface Life {
  /** Attempts within an outage of exactly 40 s, each of which fails at once. */
  attemptsIn40s: Spread;
  /** Seconds from the end of an outage of that many seconds until the line is back. */
  backAfter: Readonly<Record<10 | 40 | 600, Spread>>;
  /** Seconds until the line is back after it was cut while the network is fine. */
  backAfterKill: Spread;
}

/** Lives many lives of one client, each alone with a server that answers at once. */
export function liveAlone(kind: ClientKind, seed: number): Life {
  const clock = new VirtualClock(seeded(seed));
  const lives = <T>(live: () => T): T[] => Array.from({ length: LIVES }, live);
  const after = (seconds: number): Spread =>
    spread(
      lives(() => {
        const length = seconds * 1000 * (1 + GIVE_OR_TAKE * (2 * clock.random() - 1));
        return outage(kind, clock, length).lateMs / 1000;
      }),
    );
  return {
    attemptsIn40s: spread(lives(() => outage(kind, clock, 40_000).failures)),
    backAfter: { 10: after(10), 40: after(40), 600: after(600) },
    backAfterKill: spread(lives(() => outage(kind, clock, 0).lateMs / 1000)),
  };
}

/** One cut line and the outage that begins with it. */
function outage(
  kind: ClientKind,
  clock: VirtualClock,
  lengthMs: number,
): { failures: number; lateMs: number } {
  clock.time = 0;
  const client = kind.create(clock);
  let failures = 0;
  clock.time += client.lost({ code: 1006 });
  while (clock.time < lengthMs) {
    failures++;
    client.started();
    clock.time += client.failed('refused');
  }
  return { failures, lateMs: clock.time - lengthMs };
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, median: quantile(values, 0.5), p95: quantile(values, 0.95) };
}
