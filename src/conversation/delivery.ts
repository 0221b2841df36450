import type { Delivery, Receipts } from './state.js';

/** Steps a guest message climbs, in order. `failed` stands beside them. */
const STEPS: readonly Delivery[] = ['queued', 'sending', 'sent', 'delivered', 'read'];

/**
 * Which moves are allowed: upwards always; down only from `sending` to `queued`, when the line was lost.
 * A message the server has (from `sent` on) never falls back. A failed one may be tried again, or turn out to have
 * arrived after all.
 */
export function nextDelivery(from: Delivery | undefined, to: Delivery): Delivery {
  if (!from || from === 'failed') return to;
  const arrived = STEPS.indexOf(from) >= STEPS.indexOf('sent');
  if (to === 'failed') return arrived ? from : to;
  if (to === 'queued') return arrived ? from : to;
  return STEPS.indexOf(to) > STEPS.indexOf(from) ? to : from;
}

/** How far a message with a number has come, by what others have confirmed. */
export function confirmed(seq: number, { delivered, read }: Receipts): Delivery {
  if (seq <= read) return 'read';
  return seq <= delivered ? 'delivered' : 'sent';
}
