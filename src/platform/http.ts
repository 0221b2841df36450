import { Timer, systemClock, type Clock } from './clock.js';

/** A request is given up after this time, in milliseconds. */
export const HTTP_TIMEOUT_MS = 10_000;
/** Largest answer that is read, in bytes: a page of history with long messages takes a tenth of it. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Of an answer that says no, more than this is not looked at. */
const MAX_REFUSAL_BYTES = 64 * 1024;

/** One request. */
export interface HttpRequest {
  /** Absolute address. Never holds a secret: addresses stand in logs. */
  url: string;
  /** Default `GET`. */
  method?: string;
  /**
   * Beside `Accept: application/json`, which is sent unless another is given: without it some frameworks answer with a page
   * or a redirect.
   */
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  /** How long the headers of the answer are waited for, in milliseconds. Default 10000. */
  timeoutMs?: number;
  /** Ends it, and a body that is still coming. Give each request one of its own: it is listened to for good. */
  signal?: AbortSignal;
  /** Default: the browser's own, `same-origin`. */
  credentials?: RequestCredentials;
  /** Default: the browser's own. */
  cache?: RequestCache;
}

/** How requests are made. */
export interface HttpOptions {
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
  /** Default: the real clock. */
  clock?: Clock;
}

/** How the body of an answer is read. */
export interface ReadOptions {
  /** Default: the real clock. */
  clock?: Clock;
  /** How long the whole body is waited for, in milliseconds. Default 10000. */
  timeoutMs?: number;
  /** Largest body that is read, in bytes. Default 4 MiB. */
  maxBytes?: number;
}

/**
 * Why a request brought nothing. `network`: no answer, for whatever reason a browser does not tell; `timeout`: none in time;
 * `status`: an answer that says no; `content`: an answer that is not JSON, or too large.
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
    /** What an answer that says no had to say: its JSON, untrusted. Undefined where it had none. */
    readonly body?: unknown,
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
  { url, method = 'GET', headers = {}, body, timeoutMs = HTTP_TIMEOUT_MS, signal, ...rest }: HttpRequest,
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
    const sent = new Headers({ accept: 'application/json' });
    if (body !== undefined) sent.set('content-type', 'application/json');
    // One by one: names that differ in case only would both be sent.
    for (const [name, value] of Object.entries(headers)) sent.set(name, value);
    const answer = await fetch(url, {
      ...rest,
      method,
      headers: sent,
      signal: ending.signal,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (answer.ok || answer.status === 304) return answer;
    throw await refusalOf(answer, clock);
  } catch (error) {
    if (error instanceof HttpError) throw error;
    if (ending.signal.aborted) throw ending.signal.reason;
    throw new HttpError('network', error instanceof Error ? error.message : String(error));
  } finally {
    timer.clear();
  }
}

async function refusalOf(answer: Response, clock: Clock): Promise<HttpError> {
  const { status } = answer;
  const wait = retryAfter(answer.headers.get('retry-after'), clock);
  // What it says is a help, not a need: a body that does not come, or is a page, changes nothing.
  const reading = textOf(answer, { clock, timeoutMs: 2000, maxBytes: MAX_REFUSAL_BYTES });
  const body = parsed(await reading.catch(() => ''));
  return new HttpError('status', `the server answered ${status}`, status, wait, body);
}

/**
 * Reads the text of an answer to its end.
 * @throws {HttpError} `timeout`, `network`, or `content` when it is too large; whatever ended the request when it was aborted
 */
export async function textOf(
  answer: Response,
  { clock = systemClock, timeoutMs = HTTP_TIMEOUT_MS, maxBytes = MAX_ANSWER_BYTES }: ReadOptions = {},
): Promise<string> {
  const reader = answer.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  const timer = new Timer(clock);
  let failure: HttpError | undefined;
  const giveUp = (kind: HttpErrorKind, words: string): void => {
    failure = new HttpError(kind, words, answer.status);
    void reader.cancel().catch(() => {});
  };
  timer.set(timeoutMs, () => giveUp('timeout', `the answer did not end within ${timeoutMs} ms`));
  try {
    let text = '';
    let bytes = 0;
    for (;;) {
      const { done, value } = await reader.read();
      if (failure) throw failure;
      if (done) return text + decoder.decode();
      bytes += value.length;
      if (bytes > maxBytes) giveUp('content', `the answer has more than ${maxBytes} bytes`);
      else text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    throw cutOff(error, answer);
  } finally {
    timer.clear();
  }
}

/**
 * What it means that a body could not be read: browsers say TypeError or NetworkError when the line breaks; anything else is
 * what the request was aborted with, and stays what it is.
 */
export function cutOff(error: unknown, { status }: Response): unknown {
  const broken = error instanceof TypeError || (error as Partial<Error> | undefined)?.name === 'NetworkError';
  return broken ? new HttpError('network', 'the answer was cut off', status) : error;
}

/**
 * Reads the JSON of an answer.
 * @throws {HttpError} `content` when it is none, and all that `textOf` throws
 */
export async function jsonOf(answer: Response, options?: ReadOptions): Promise<unknown> {
  const value = parsed(await textOf(answer, options));
  if (value === undefined) throw new HttpError('content', 'the answer is not JSON', answer.status);
  return value;
}

/** The value of a JSON text; undefined when it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Retry-After` in milliseconds: seconds, or a date (RFC 9110, section 10.2.3). Undefined when it is neither. */
export function retryAfter(value: string | null, clock: Clock = systemClock): number | undefined {
  if (value === null || value.trim() === '') return undefined;
  if (/^\s*\d+\s*$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - clock.date());
}
