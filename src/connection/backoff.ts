/** Longest first delay, in milliseconds; it doubles with each failure. */
export const BACKOFF_BASE_MS = 1000;
/** Longest delay while somebody looks at the page, in milliseconds. */
export const BACKOFF_CAP_VISIBLE_MS = 10_000;
/** Longest delay while nobody does, in milliseconds. */
export const BACKOFF_CAP_HIDDEN_MS = 60_000;

/**
 * Delay before the next attempt: exponential backoff with full jitter, so that a crowd that was cut off together comes
 * back spread out (docs/protocol.md, "Timing"; the scheme is AWS's "Exponential Backoff And Jitter", 2015).
 * @param failures attempts that failed before this one's cause: 0 for the first retry
 * @param random a number from 0 up to 1
 * @returns milliseconds
 */
export function backoff(failures: number, visible: boolean, random: number): number {
  const cap = visible ? BACKOFF_CAP_VISIBLE_MS : BACKOFF_CAP_HIDDEN_MS;
  return random * Math.min(cap, BACKOFF_BASE_MS * 2 ** failures);
}
