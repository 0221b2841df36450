/** This file is longer than others because what a request can come to, and what that means, is best read in one piece. */
import { systemClock, type Clock } from '../platform/clock.js';
import { csrfHeader } from '../platform/csrf.js';
import { HTTP_TIMEOUT_MS, HttpError, request, textOf } from '../platform/http.js';
import { uuid } from '../platform/uuid.js';
import type { Frame } from '../protocol/frame.js';
import { DAY_MS } from '../protocol/offer.js';
import type { Session } from '../protocol/session.js';
import { isStream, mediaTypeOf, readStream } from './answer-stream.js';
import {
  AddressError,
  addressOf,
  headersOf,
  shownAddress,
  type HeadersFor,
  type HttpAddress,
} from './http-route.js';
import { Pause, closeOf, refusalOf } from './http-verdict.js';
import { RefusedError, type Link, type LinkClose, type LinkEvents, type Transport } from './transport.js';

/** A server that fails on the same frame again and again will not take it. */
const MAX_FAILURES = 8;
/** A streamed answer that says nothing for this long is over, in milliseconds: models may think for a while. */
const STREAM_SILENCE_MS = 60_000;

/** How frames of one name are sent. */
export interface HttpRoute extends HttpAddress {
  /** `GET` puts the frame's data into the query, all others send it as JSON. */
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** How long the answer is waited for, headers and body each, in milliseconds. Default 10000. */
  timeoutMs?: number;
  /** Whether the answer may come in pieces: `text/event-stream` or `application/x-ndjson`. Default false. */
  stream?: boolean;
  /**
   * What is done when a request may have arrived and its answer has not: `safe` lets it be sent again; `ask` refuses it as
   * `unconfirmed`, and the guest decides. Default `safe`.
   */
  resend?: 'safe' | 'ask';
  /**
   * Whether 404 and 410 mean that the conversation does not exist any more, and end the line. Default: whether the path
   * names the conversation.
   */
  gone?: boolean;
}

/** A frame that ends streamed answers instead of being sent: the one its `data.stream` names, else all of that event. */
export interface HttpCancel {
  /** Name of the event whose answers it ends. */
  cancels: string;
}

/** How frames are sent, by the name of their event. Others go down the line that is there. */
export type HttpRoutes = Readonly<Record<string, HttpRoute | HttpCancel>>;

/** Data of `NAME:chunk`: one piece of a streamed answer. */
export interface AnswerChunk {
  /** Names the answer; no other has this name. */
  readonly stream: string;
  /** The data of the frame that is being answered: the same object. */
  readonly of: unknown;
  /** Name of the event; `message` where the server gave none. */
  readonly event: string;
  /** What it says, unread. */
  readonly data: string;
}

/** Data of `NAME:end`: a streamed answer is over. */
export interface AnswerEnd {
  /** Names the answer. */
  readonly stream: string;
  /** The data of the frame that was being answered: the same object. */
  readonly of: unknown;
  /** Whether we have ended it. */
  readonly cancelled?: true;
  /** What went wrong, where it is not complete. */
  readonly error?: string;
}

/** How a line is set up whose frames go up by HTTP. */
export interface HttpUplinkOptions {
  /** What brings frames down. */
  downlink: Transport;
  /** Absolute address that the paths of the routes are appended to. */
  url: string;
  /** Which frames go by HTTP, and where. */
  routes: HttpRoutes;
  /** Headers beside, or instead of, those that are sent by themselves. Never a secret in an address. */
  headers?: HeadersFor;
  /** Where a fresh CSRF cookie is fetched when one was refused, such as `/sanctum/csrf-cookie`. Default nowhere. */
  csrfCookie?: HttpAddress;
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
  /** Default: the real clock. */
  clock?: Clock;
}

/**
 * Sends frames by HTTP requests beside a line that brings frames down. What the server answers is the reply to the frame:
 * `NAME:answer` with the JSON of the answer, `{}` for an empty one, a text for `text/plain` that is no JSON. An answer that is
 * streamed resolves without a reply when it begins; its pieces come as `NAME:chunk` (`AnswerChunk`), its end as `NAME:end`
 * (`AnswerEnd`).
 *
 * A request that fails refuses its frame (`RefusedError`) and leaves the line alone, except that 401 ends it as
 * `unauthorized`, and 404 and 410 of a conversation as `gone`.
 */
export function withHttpUplink(options: HttpUplinkOptions): Transport {
  const { downlink, clock = systemClock } = options;
  // Both outlive a line: a server that fails is not called more often because the line beside it comes and goes.
  const pause = new Pause(clock);
  const failures = new Map<string, { frame: string; count: number }>();
  return {
    name: downlink.name,
    url: downlink.url ?? options.url,
    async open(session, events, signal) {
      const link = new HttpUplink({ ...options, clock, pause, failures, session, events });
      link.begin(await downlink.open(session, link.lineEvents, signal));
      return link;
    },
  };
}

interface UplinkParts extends HttpUplinkOptions {
  clock: Clock;
  pause: Pause;
  failures: Map<string, { frame: string; count: number }>;
  session: Session;
  events: LinkEvents;
}

class HttpUplink implements Link {
  drain?: () => Promise<void>;
  readonly #parts: UplinkParts;
  readonly #underWay = new Set<AbortController>();
  readonly #streams = new Map<string, { event: string; cancel: () => void }>();
  #link: Link | undefined;
  #over = false;

  constructor(parts: UplinkParts) {
    this.#parts = parts;
  }

  /** What the line beside it tells. */
  readonly lineEvents: LinkEvents = {
    onFrame: (frame) => this.#tell(frame),
    onFault: (error) => this.#over || this.#parts.events.onFault(error),
    onClose: (close) => this.#end(close),
    onReport: (report) => this.#parts.events.onReport?.(report),
  };

  /** The line beside it is open. */
  begin(link: Link): void {
    this.#link = link;
    if (link.drain) this.drain = () => link.drain!();
  }

  async send(frame: Frame): Promise<Frame | void> {
    const { routes } = this.#parts;
    if (this.#over || !this.#link) throw new Error('the line is not open');
    if (!Object.hasOwn(routes, frame.event)) return this.#link.send(frame);
    const route = routes[frame.event]!;
    if ('cancels' in route) return this.#cancel(route.cancels, frame.data);
    const ending = new AbortController();
    this.#underWay.add(ending);
    const begun = this.#parts.clock.now();
    let streaming = false;
    try {
      const answer = await this.#request(frame, route, ending.signal);
      streaming = route.stream === true && isStream(answer);
      const data = streaming ? undefined : await this.#read(answer, route);
      this.#succeeded(frame.event);
      if (!streaming) return { event: `${frame.event}:answer`, data };
      void this.#follow(frame, answer, ending);
      return undefined;
    } catch (error) {
      if (error instanceof HttpError && !this.#over) this.#report(route, error, begun);
      throw this.#failed(frame, route, error);
    } finally {
      if (!streaming) this.#underWay.delete(ending);
    }
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#link?.probe(patienceMs, owedForMs);
  }

  close(reason?: string): void {
    this.#over = true;
    for (const ending of this.#underWay) ending.abort();
    this.#underWay.clear();
    this.#streams.clear();
    this.#link?.close(reason);
  }

  async #request(frame: Frame, route: HttpRoute, signal: AbortSignal): Promise<Response> {
    const { url: base, session, clock, fetch, csrfCookie } = this.#parts;
    const { method, timeoutMs } = route;
    const asks = method === 'GET';
    const url = addressOf(base, route, session, frame.data, asks);
    const attempt = (csrf: Readonly<Record<string, string>>): Promise<Response> => {
      const headers = {
        ...(route.stream && { Accept: 'application/json, text/event-stream, application/x-ndjson' }),
        ...headersOf(session, this.#parts.headers, this.#link, csrf),
      };
      return request(
        { url, method, headers, timeoutMs, signal, ...(!asks && { body: frame.data }) },
        { fetch, clock },
      );
    };
    const csrf = asks ? {} : csrfHeader(url);
    try {
      return await attempt(csrf);
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 419) throw error;
      if (csrfCookie) {
        const address = addressOf(base, csrfCookie, session, undefined);
        // Without a fresh cookie the refusal stands.
        await request({ url: address, signal }, { fetch, clock }).catch(() => {});
      }
      const fresh = csrfHeader(url, csrf);
      if (JSON.stringify(fresh) === JSON.stringify(csrf)) throw error;
      return attempt(fresh);
    }
  }

  async #read(answer: Response, { timeoutMs = HTTP_TIMEOUT_MS }: HttpRoute): Promise<unknown> {
    const text = await textOf(answer, { clock: this.#parts.clock, timeoutMs });
    if (text.trim() === '') return {};
    try {
      return JSON.parse(text);
    } catch {
      if (mediaTypeOf(answer) === 'text/plain') return text;
      throw new HttpError('content', 'the answer is not JSON', answer.status);
    }
  }

  /** Tells the pieces of an answer until its end. */
  async #follow({ event, data: of }: Frame, answer: Response, ending: AbortController): Promise<void> {
    const stream = uuid();
    let cancelled: true | undefined;
    const cancel = (): void => {
      cancelled = true;
      ending.abort();
    };
    this.#streams.set(stream, { event, cancel });
    let error: string | undefined;
    try {
      await readStream(answer, {
        clock: this.#parts.clock,
        silenceMs: STREAM_SILENCE_MS,
        onEvent: (name, data) => {
          // What was read together with the end of it comes too late.
          if (cancelled) return;
          this.#tell({
            event: `${event}:chunk`,
            data: { stream, of, event: name, data } satisfies AnswerChunk,
          });
        },
      });
    } catch (reason) {
      if (!cancelled) error = reason instanceof Error ? reason.message : String(reason);
    }
    this.#underWay.delete(ending);
    this.#streams.delete(stream);
    const outcome = cancelled ? { cancelled } : error === undefined ? {} : { error };
    this.#tell({ event: `${event}:end`, data: { stream, of, ...outcome } satisfies AnswerEnd });
  }

  #cancel(event: string, data: unknown): void {
    const { stream } = (data ?? {}) as { stream?: unknown };
    for (const [name, { event: of, cancel }] of this.#streams) {
      if (of === event && (stream === undefined || stream === name)) cancel();
    }
  }

  #succeeded(event: string): void {
    this.#parts.pause.succeeded();
    this.#parts.failures.delete(event);
  }

  #report({ path }: HttpRoute, error: HttpError, begun: number): void {
    const { url, clock, events } = this.#parts;
    const { reason: outcome, code, detail } = closeOf(error);
    events.onReport?.({
      kind: 'attempt',
      transport: 'http',
      url: shownAddress(url, path),
      outcome,
      ...(code !== undefined && { code }),
      ...(detail && { detail }),
      ms: clock.now() - begun,
    });
  }

  /** What a failed request means. @returns what `send` rejects with */
  #failed(frame: Frame, route: HttpRoute, error: unknown): Error {
    if (this.#over) return new Error('the line was closed');
    if (error instanceof AddressError) return new RefusedError('invalid', error.message);
    const { pause } = this.#parts;
    if (!(error instanceof HttpError)) return this.#doubtful(route, String(error), pause.failed());
    const { kind, status, message } = error;
    const { gone = route.path.includes('{conversationId}') } = route;
    if (status === 401 || (gone && (status === 404 || status === 410))) {
      this.#end(closeOf(error));
      return error;
    }
    const refusal = refusalOf(error);
    if (refusal) return refusal;
    const asked = error.retryAfterMs && Math.min(error.retryAfterMs, DAY_MS);
    const wait = Math.max(pause.failed(), asked ?? 0);
    if (status === 429) return new RefusedError('rate-limited', message, asked ?? wait);
    // 503 says that nothing was done; whatever else went wrong, it may have been.
    if (status === 503) return new RefusedError('internal', message, wait);
    // Of an overloaded server or its proxy nothing is learned about the frame.
    const counts = kind === 'content' || status === 500;
    return this.#doubtful(route, message, counts && this.#count(frame) > MAX_FAILURES ? undefined : wait);
  }

  /** A request may have arrived, and its answer has not. */
  #doubtful({ resend }: HttpRoute, message: string, retryAfterMs: number | undefined): RefusedError {
    return resend === 'ask'
      ? new RefusedError('unconfirmed', 'it is not known whether it has arrived')
      : new RefusedError('internal', message, retryAfterMs);
  }

  /** @returns how often the server has failed on this very frame, one after the other */
  #count({ event, data }: Frame): number {
    const frame = JSON.stringify(data) ?? '';
    const last = this.#parts.failures.get(event);
    const count = last?.frame === frame ? last.count + 1 : 1;
    this.#parts.failures.set(event, { frame, count });
    return count;
  }

  #tell(frame: Frame): void {
    if (!this.#over) this.#parts.events.onFrame(frame);
  }

  #end(close: LinkClose): void {
    if (this.#over) return;
    this.close();
    this.#parts.events.onClose(close);
  }
}
