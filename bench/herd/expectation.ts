import { backoff } from '../../src/connection/backoff.js';
import { TRIP_MAX_MS, TRIP_MIN_MS } from './simulation.js';

/** Width of a step of the arithmetic, in milliseconds. */
const STEP_MS = 5;
/** So many of a crowd's failures in a row are followed; fewer than one in a million gets further within the time. */
const MAX_FAILURES = 100;

/**
 * How many attempts a server that is down has to expect in each second, by arithmetic and not by dice: the delays of the
 * shipped backoff, each even from 0 to its limit, and the trips through the network, added up (convolved) again and again.
 * Beside the simulation it shows that a figure follows from the formula, and is no accident of the model.
 */
export function expectedAttempts(clients: number, seconds: number): number[] {
  const perSecond = 1000 / STEP_MS;
  const rate = new Float64Array(seconds * perSecond);
  let density: Float64Array = new Float64Array(rate.length);
  density[0] = 1;
  for (let failures = 0; failures < MAX_FAILURES; failures++) {
    density = delayed(density, 0, backoff(failures, true, 1));
    // There with the attempt, back with the refusal (or, the first time, with the news of the loss).
    for (let way = 0; way < 2; way++) density = delayed(density, TRIP_MIN_MS, TRIP_MAX_MS);
    for (const [step, share] of density.entries()) rate[step] = rate[step]! + share;
  }
  return Array.from(
    { length: seconds },
    (_, second) =>
      clients *
      rate.subarray(second * perSecond, (second + 1) * perSecond).reduce((sum, share) => sum + share, 0),
  );
}

/** The same events, each later by an even chance from `fromMs` to `toMs`. */
function delayed(density: Float64Array, fromMs: number, toMs: number): Float64Array {
  const [from, to] = [Math.round(fromMs / STEP_MS), Math.round(toMs / STEP_MS)];
  const sums = new Float64Array(density.length + 1);
  for (const [step, share] of density.entries()) sums[step + 1] = sums[step]! + share;
  return density.map(
    (_, step) => (sums[Math.max(0, step - from + 1)]! - sums[Math.max(0, step - to + 1)]!) / (to - from),
  );
}
