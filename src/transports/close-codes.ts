import type { LinkClose } from './transport.js';

/** What one close code means. */
type Verdict = Omit<LinkClose, 'code' | 'detail'>;

const LOST: Verdict = { reason: 'lost', retry: 'backoff' };
const FAULT: Verdict = { reason: 'fault', retry: 'backoff' };
const REFUSED: Verdict = { reason: 'refused', retry: 'never' };
// Everybody was thrown out at once: without a hint of the server's own, spread the return over ten seconds.
const RESTART: Verdict = { reason: 'restart', retry: 'backoff', retryAfter: 0, spread: 10_000 };

/** Close codes of our own WebSocket endpoint (docs/protocol.md, "Closing codes"). Codes not listed mean `lost`. */
export const NATIVE_CLOSE_CODES: Readonly<Record<number, Verdict>> = {
  1000: { reason: 'ended', retry: 'never' },
  1002: FAULT,
  1003: FAULT,
  1007: FAULT,
  1009: FAULT,
  1010: FAULT,
  1008: REFUSED,
  1012: RESTART,
  1013: RESTART,
  4400: REFUSED,
  4401: { reason: 'unauthorized', retry: 'now' },
  4403: REFUSED,
  4404: { reason: 'gone', retry: 'now' },
  4408: { reason: 'late', retry: 'backoff' },
  4409: { reason: 'replaced', retry: 'never' },
  4429: { reason: 'busy', retry: 'backoff', retryAfter: 5000, spread: 5000 },
};

/** Reads a close code by a table; what the table does not know counts as a lost line. */
export function readCloseCode(
  code: number,
  detail: string,
  table: Readonly<Record<number, Verdict>> = NATIVE_CLOSE_CODES,
): LinkClose {
  return { ...(table[code] ?? LOST), code, ...(detail && { detail }) };
}
