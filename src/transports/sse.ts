import { systemClock, type Clock } from '../platform/clock.js';
import { HttpError, request } from '../platform/http.js';
import type { Session } from '../protocol/session.js';
import { isStream, mediaTypeOf, readStream } from './answer-stream.js';
import { addressOf, headersOf, type HeadersFor, type HttpAddress } from './http-route.js';
import { closeOf } from './http-verdict.js';
import { LinkError, type Link, type LinkClose, type LinkEvents, type Transport } from './transport.js';

/** Silence after which the line is dead, in milliseconds; servers send a comment every fifteen seconds. */
const SILENCE_MS = 45_000;
/** Whom a server tells when to come back, it tells all: they come within this time, in milliseconds. */
const SPREAD_MS = 1000;

/** How a line is set up that is one long answer. */
export interface SseOptions {
  /** Absolute address that the path is appended to. */
  url: string;
  /** Where the events are. */
  route: HttpAddress;
  /** Short name of the transport. Default `sse`. */
  name?: string;
  /** Silence after which the line counts as lost, in milliseconds; comments count as life. Default 45000. */
  silenceMs?: number;
  /** Headers beside, or instead of, those that are sent by themselves. */
  headers?: HeadersFor;
  /** Default: the global one, looked up when a line is opened. */
  fetch?: typeof fetch;
  /** Default: the real clock. */
  clock?: Clock;
}

/**
 * Brings frames down as server-sent events (`{event, data}`, the data read as JSON where it is some). Made with `fetch`
 * instead of `EventSource`, which can send no token but in the address and gives up for good where a chat must not. The id of
 * the last event is kept over lines of one conversation and sent as `Last-Event-ID`. Nothing can be sent up; see
 * `withHttpUplink`.
 *
 * How it ends: 204 means that there is nothing more to come (`ended`), as it does for `EventSource`; another type of answer
 * than an event stream is a `fault`; an end of the answer, a cut or a silence is `lost`.
 */
export function sseTransport(options: SseOptions): Transport {
  const last: LastEvent = { conversationId: undefined, id: '' };
  return {
    name: options.name ?? 'sse',
    url: options.url,
    async open(session, events, signal) {
      signal.throwIfAborted();
      if (last.conversationId !== session.conversationId) last.id = '';
      last.conversationId = session.conversationId;
      const link = new SseLink(options, events, last);
      await link.begin(session, signal);
      return link;
    },
  };
}

/** Where the next line goes on. */
interface LastEvent {
  conversationId: string | undefined;
  id: string;
}

class SseLink implements Link {
  readonly #options: SseOptions;
  readonly #events: LinkEvents;
  readonly #clock: Clock;
  readonly #last: LastEvent;
  readonly #ending = new AbortController();
  #lastSign: number;
  #retryMs: number | undefined;
  #over = false;

  constructor(options: SseOptions, events: LinkEvents, last: LastEvent) {
    this.#options = options;
    this.#events = events;
    this.#clock = options.clock ?? systemClock;
    this.#last = last;
    this.#lastSign = this.#clock.now();
  }

  get #silenceMs(): number {
    return this.#options.silenceMs ?? SILENCE_MS;
  }

  /** The line is open when the headers of the answer are there. */
  async begin(session: Session, signal: AbortSignal): Promise<void> {
    const onAbort = (): void => this.#ending.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const answer = await this.#request(session);
      signal.throwIfAborted();
      if (answer.status === 204) throw new LinkError({ reason: 'ended', retry: 'never', code: 204 });
      if (!isStream(answer) || mediaTypeOf(answer) !== 'text/event-stream') {
        throw new HttpError('content', 'the answer is no event stream', answer.status);
      }
      void this.#read(answer);
    } catch (error) {
      this.close();
      if (signal.aborted) throw signal.reason;
      throw error instanceof LinkError ? error : new LinkError(closeOf(error));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  async send(): Promise<void> {
    throw new Error('server-sent events carry nothing up');
  }

  /**
   * An event stream cannot be asked for a sign of life. But where two of three comments that were due have not come, it is not
   * worth waiting for the third.
   */
  probe(): void {
    if (this.#clock.now() - this.#lastSign > this.#silenceMs / 2) {
      this.#end({ reason: 'lost', retry: 'backoff', detail: 'no sign of life' });
    }
  }

  close(): void {
    this.#over = true;
    this.#ending.abort();
  }

  #request(session: Session): Promise<Response> {
    const { url: base, route, headers, fetch } = this.#options;
    const { id } = this.#last;
    return request(
      {
        url: addressOf(base, route, session, undefined),
        headers: {
          Accept: 'text/event-stream',
          ...(id && { 'Last-Event-ID': id }),
          ...headersOf(session, headers),
        },
        signal: this.#ending.signal,
        cache: 'no-store',
      },
      { fetch, clock: this.#clock },
    );
  }

  async #read(answer: Response): Promise<void> {
    let failure: unknown;
    try {
      await readStream(answer, {
        clock: this.#clock,
        silenceMs: this.#silenceMs,
        onEvent: (event, data, id) => {
          if (this.#over) return;
          this.#last.id = id || this.#last.id;
          this.#events.onFrame({ event, data: dataOf(data) });
        },
        onRetry: (ms) => (this.#retryMs = ms),
        onLife: () => (this.#lastSign = this.#clock.now()),
      });
    } catch (error) {
      failure = error;
    }
    // However it ended: what it said so far has come, and a new line goes on behind it.
    this.#end({
      reason: failure instanceof HttpError && failure.kind === 'content' ? 'fault' : 'lost',
      retry: 'backoff',
      detail: failure instanceof Error ? failure.message : 'the answer has ended',
      ...(this.#retryMs !== undefined && { retryAfter: this.#retryMs, spread: SPREAD_MS }),
    });
  }

  #end(close: LinkClose): void {
    if (this.#over) return;
    this.close();
    this.#events.onClose(close);
  }
}

function dataOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
