import type { Clock } from '../platform/clock.js';
import type { LinkClose } from './transport.js';

/** What a range of codes means. */
type Verdict = Omit<LinkClose, 'code' | 'detail'>;

const LOST: Verdict = { reason: 'lost', retry: 'backoff' };
const REFUSED: Verdict = { reason: 'refused', retry: 'never' };

/** Code → meaning, by the first code of each range, the last range first. */
const RANGES: readonly (readonly [from: number, verdict: Verdict])[] = [
  [4300, LOST],
  // "At once"; but after a restart of the server all come back together.
  [4200, { reason: 'lost', retry: 'now', retryAfter: 0, spread: 1000 }],
  [4100, { reason: 'busy', retry: 'backoff', retryAfter: 1000, spread: 1000 }],
  [4000, REFUSED],
  [-Infinity, LOST],
];

/** Reads a code of `pusher:error`, or of the close, whichever came first; 0 when there was none. */
export function readPusherCode(code: number, text: string): LinkClose {
  // The same frame would do the same to the next line: that is no matter of luck.
  if (code === 1009) return { reason: 'fault', retry: 'backoff', code, detail: `frame too large ${text}` };
  const [, verdict] = RANGES.find(([from]) => code >= from)!;
  return { ...verdict, ...(code && { code }), ...(text && { detail: text }) };
}

/** An answer did not come in time. */
export function late(what: string): LinkClose {
  return { reason: 'late', retry: 'backoff', detail: `${what}: no answer in time` };
}

/** Codes that concern one message once the connection is established; the line goes on. */
export function concernsMessage(code: number): boolean {
  return code === 4009 || code === 4200 || code >= 4300 || code < 4000;
}

/** Reads the HTTP status of a channel's authorisation, 0 when there was none; Soketi puts codes of the protocol there, too. */
export function readAuthStatus(status: number, detail: string): LinkClose {
  if (status >= 4000) return readPusherCode(status, detail);
  if (status === 401) return { reason: 'unauthorized', retry: 'now', detail };
  return { ...(status >= 500 || !status ? LOST : REFUSED), detail };
}

/** Waits that were asked for within this time of each other grow, in milliseconds; longer than the longest wait. */
const MEMORY_MS = 120_000;
/** The longest wait is this many times the first. */
const MAX_GROWTH = 32;

/** Doubles the wait that codes ask for each time they come again: the ranges say "back off", not "every second". */
export function growingWait(clock: Clock): (close: LinkClose) => LinkClose {
  let growth = 1;
  let forgetAt = 0;
  return (close) => {
    const { code, retryAfter, spread } = close;
    // A wait without a code was asked for by the backend (`Retry-After`), and is what it says.
    if (!code || retryAfter === undefined) return close;
    const now = clock.now();
    growth = now < forgetAt ? Math.min(growth * 2, MAX_GROWTH) : 1;
    forgetAt = now + MEMORY_MS;
    return { ...close, retryAfter: retryAfter * growth, spread: spread! * growth };
  };
}
