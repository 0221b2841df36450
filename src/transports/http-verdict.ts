import type { Clock } from '../platform/clock.js';
import { HttpError } from '../platform/http.js';
import { DAY_MS } from '../protocol/offer.js';
import { AddressError } from './http-route.js';
import { RefusedError, type LinkClose } from './transport.js';

/** Bounds of the pause after a failed request, in milliseconds; half of it is left to chance: one to two seconds at first. */
const FIRST_PAUSE_MS = 2000;
const MAX_PAUSE_MS = 30_000;

/** What a status means for a line. Anything else means that it is down for a while. */
const CLOSES: Readonly<Record<number, Omit<LinkClose, 'code'>>> = {
  400: { reason: 'fault', retry: 'backoff' },
  401: { reason: 'unauthorized', retry: 'now' },
  403: { reason: 'refused', retry: 'never' },
  404: { reason: 'gone', retry: 'now' },
  405: { reason: 'fault', retry: 'backoff' },
  410: { reason: 'gone', retry: 'now' },
  419: { reason: 'refused', retry: 'never', detail: 'the CSRF token is missing or expired' },
  422: { reason: 'fault', retry: 'backoff' },
  429: { reason: 'busy', retry: 'backoff' },
  503: { reason: 'busy', retry: 'backoff' },
};

/** Codes of the `nack` that a status becomes which refuses one request for good; of those not listed it is `invalid`. */
const REFUSALS: Readonly<Record<number, string>> = {
  403: 'forbidden',
  413: 'too-long',
  414: 'too-long',
  419: 'forbidden',
};

/** Statuses from 400 to 499 that are no refusal for good: too slow, too early, too many. */
const PASSING = new Set([408, 425, 429]);

/** What a failed request means for a line that lives by requests. */
export function closeOf(error: unknown): LinkClose {
  const detail = wordsOf(error);
  // No later request will have a better address.
  if (error instanceof AddressError) return { reason: 'refused', retry: 'never', detail };
  if (!(error instanceof HttpError)) return { reason: 'lost', retry: 'backoff', detail };
  const { kind, status, retryAfterMs } = error;
  const verdict = kind === 'status' ? CLOSES[status!] : undefined;
  return {
    reason: kind === 'timeout' ? 'late' : kind === 'content' ? 'fault' : 'lost',
    retry: 'backoff',
    detail,
    ...verdict,
    ...(status !== undefined && { code: status }),
    ...(retryAfterMs !== undefined && { retryAfter: Math.min(retryAfterMs, DAY_MS) }),
  };
}

/** What a failed request means for the frame it carried, where the frame is refused for good. */
export function refusalOf({ kind, status, body }: HttpError): RefusedError | undefined {
  if (kind !== 'status' || status! < 400 || status! >= 500 || PASSING.has(status!)) return undefined;
  const code = REFUSALS[status!] ?? 'invalid';
  if (status === 419) return new RefusedError(code, 'the server wants another CSRF token than the page has');
  return new RefusedError(code, wordsIn(body) ?? `the server answered ${status}`);
}

/** The words of a server's refusal, as frameworks write it: `{message}`, `{error}` or `{error: {message}}`. */
function wordsIn(body: unknown): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const { message, error } = body as Record<string, unknown>;
  for (const words of [message, error]) if (typeof words === 'string' && words) return words.slice(0, 500);
  return typeof error === 'object' ? wordsIn(error) : undefined;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Pauses that double from one failure to the next and are forgotten with a success. */
export class Pause {
  readonly #clock: Clock;
  #failures = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request succeeded. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** A request failed. @returns how long to wait, in milliseconds */
  failed(): number {
    const pause = Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failures++);
    return Math.round(pause * (0.5 + this.#clock.random() / 2));
  }
}
