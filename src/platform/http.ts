import { Timer, systemClock, type Clock } from './clock.js';

/** A request is given up after this time, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** One request. */
export interface HttpRequest {
  /** Absolute address. Never holds a secret: addresses stand in logs. */
  url: string;
  /** Default `GET`. */
  method?: string;
  /** Beside `Accept: application/json`, which is always sent: without it some frameworks answer with a page or a redirect. */
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** How long the headers of the answer are waited for, in milliseconds. Default 10000. */
  timeoutMs?: number;
  /** Ends it, and a body that is still coming. Give each request one of its own: it is listened to for good. */
  signal?: AbortSignal;
  /** Default: the browser's own, `same-origin`. */
  credentials?: RequestCredentials;
}

/** How requests are made. */
export interface HttpOptions {
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
  /** Default: the real clock. */
  clock?: Clock;
}

/**
 * Why a request brought nothing. `network`: no answer, for whatever reason a browser does not tell; `timeout`: none in time;
 * `status`: an answer that says no; `content`: an answer that is not JSON.
 */
export type HttpErrorKind = 'network' | 'timeout' | 'status' | 'content';

/** A request brought nothing. Its words name neither address nor headers. */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  constructor(
    /** What kind of failure it is. */
    readonly kind: HttpErrorKind,
    message: string,
    /** Status code of the answer, if there was one. */
    readonly status?: number,
    /** What `Retry-After` asked for, in milliseconds. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/**
 * Makes a request.
 * @returns the answer, whose status is 2xx or 304; its body may still be coming
 * @throws {HttpError} for everything else; the signal's reason when it fired
 */
export async function request(
  { url, method = 'GET', headers, body, timeoutMs = TIMEOUT_MS, signal, credentials }: HttpRequest,
  { fetch = globalThis.fetch, clock = systemClock }: HttpOptions = {},
): Promise<Response> {
  signal?.throwIfAborted();
  const ending = new AbortController();
  const timer = new Timer(clock);
  const late = new HttpError('timeout', `no answer within ${timeoutMs} ms`);
  const onAbort = (): void => ending.abort(signal!.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  timer.set(timeoutMs, () => ending.abort(late));
  try {
    const answer = await fetch(url, {
      method,
      headers: {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      signal: ending.signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(credentials && { credentials }),
    });
    if (answer.ok || answer.status === 304) return answer;
    void answer.body?.cancel().catch(() => {});
    const wait = retryAfter(answer.headers.get('retry-after'), clock);
    throw new HttpError('status', `the server answered ${answer.status}`, answer.status, wait);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (ending.signal.aborted) throw ending.signal.reason;
    throw new HttpError('network', error instanceof Error ? error.message : String(error));
  } finally {
    timer.clear();
  }
}

/**
 * Reads the JSON of an answer.
 * @throws {HttpError} `content` when it is none
 */
export async function jsonOf(answer: Response): Promise<unknown> {
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError('content', 'the answer is not JSON', answer.status);
  }
}

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110, section 10.2.3). Undefined when it is neither. */
export function retryAfter(value: string | null, clock: Clock = systemClock): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.date());
}
