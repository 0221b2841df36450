/** This file is longer than others because when the next request is made depends on everything that came of the last. */
import { Timer, systemClock, type Clock } from '../platform/clock.js';
import { HTTP_TIMEOUT_MS, jsonOf, request } from '../platform/http.js';
import { pageSignals, type WakeSignals } from '../platform/wake-signals.js';
import type { Frame } from '../protocol/frame.js';
import { ProtocolError } from '../protocol/read.js';
import type { Session } from '../protocol/session.js';
import { PATIENCE_MS } from './heartbeat.js';
import { addressOf, headersOf, type HeadersFor, type HttpAddress } from './http-route.js';
import { closeOf } from './http-verdict.js';
import { LinkError, type Link, type LinkClose, type LinkEvents, type Transport } from './transport.js';

/** Pauses between two requests, in milliseconds, while the page is seen and while it is not. */
const VISIBLE_MS = 2000;
const HIDDEN_MS = 15_000;
/** No pause after failures is longer, in milliseconds. */
const MAX_PAUSE_MS = 30_000;
/** So many failures in a row end the line. */
const MAX_FAILURES = 3;
/** An answer to a long poll that brings nothing within this time was not waited for, in milliseconds. */
const UNWAITED_MS = 1000;

/** How a line is set up that asks again and again what is new. */
export interface PollingOptions {
  /** Absolute address that the path is appended to. */
  url: string;
  /** Where the page of what is new is; `{after}` stands for the cursor. */
  route: HttpAddress;
  /** Name of the query parameter that carries the cursor, where the address does not name it. Default `after`. */
  afterParameter?: string;
  /**
   * Where the next request goes on: an opaque text that comes back as `after`.
   * @param page JSON of an answer, untrusted
   * @param previous the cursor so far
   * @returns the new one; undefined leaves it as it is. Default: the `id` of the last entry, where the page is a list or has
   *   one as `messages`, `data` or `items`
   */
  cursor?(page: unknown, previous: string | undefined): string | undefined;
  /** Where the first request of a line begins. Default: the id of the last message of others on screen. */
  start?(session: Session): string | undefined;
  /** Name of the frames that pages come in. Default `page`. */
  event?: string;
  /** Short name of the transport. Default `polling`. */
  name?: string;
  /** Pause between two requests while the page is seen, in milliseconds. Default 2000. */
  visibleMs?: number;
  /** The same while it is hidden. Default 15000. */
  hiddenMs?: number;
  /**
   * The server keeps a request up to this long until there is something new, in milliseconds: then it is asked again at
   * once. Sent in whole seconds as the query parameter `wait`. Default: it answers at once.
   */
  longPollMs?: number;
  /** How long an answer is waited for, beyond `longPollMs`, in milliseconds. Default 10000. */
  timeoutMs?: number;
  /**
   * Whether 404 and 410 mean that the conversation does not exist any more. Where they may mean that there is no such route,
   * this wire is of no use instead. Default true.
   */
  gone?: boolean;
  /** Headers beside, or instead of, those that are sent by themselves. */
  headers?: HeadersFor;
  /** Whether the page is seen. Default: the page's own signals. */
  wake?: WakeSignals;
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
  /** Default: the real clock. */
  clock?: Clock;
}

/**
 * Brings frames down by asking for them: one request at a time, less often while nobody looks or the server fails. A line is
 * open when the first request has succeeded; the page that it brought is told before `open` resolves. Nothing can be sent
 * up; see `withHttpUplink`.
 */
export function pollingTransport(options: PollingOptions): Transport {
  return {
    name: options.name ?? 'polling',
    url: options.url,
    async open(session, events, signal) {
      signal.throwIfAborted();
      const link = new PollingLink(options, session, events);
      await link.begin(signal);
      return link;
    },
  };
}

class PollingLink implements Link {
  readonly #options: PollingOptions;
  readonly #clock: Clock;
  readonly #wake: WakeSignals;
  readonly #session: Session;
  readonly #events: LinkEvents;
  readonly #next: Timer;
  readonly #verdict: Timer;
  #after: string | undefined;
  #etag: { url: string; tag: string } | undefined;
  #underWay: { ending: AbortController; waits: boolean; done: Promise<boolean> } | undefined;
  /** A request is a probe: a failure decides. */
  #probing = false;
  #failures = 0;
  /** Not before this monotonic time, as the server asked. */
  #floor = 0;
  #stopListening = (): void => {};
  #over = false;

  constructor(options: PollingOptions, session: Session, events: LinkEvents) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#wake = options.wake ?? pageSignals;
    this.#session = session;
    this.#events = events;
    this.#next = new Timer(this.#clock);
    this.#verdict = new Timer(this.#clock);
    this.#after = (options.start ?? newestOfOthers)(session);
  }

  /** The first request decides whether there is a line. */
  async begin(signal: AbortSignal): Promise<void> {
    const ending = new AbortController();
    const onAbort = (): void => {
      this.close();
      ending.abort(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      await this.#fetchPage(ending.signal, false);
    } catch (error) {
      this.close();
      if (signal.aborted) throw signal.reason;
      throw new LinkError(this.#meaningOf(error));
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
    this.#stopListening = this.#wake.subscribe((told) => {
      if (told === 'visible' || told === 'resume' || told === 'online') this.#pollNow();
      else if (told === 'hidden' && this.#next.pending) this.#schedule();
    });
    this.#schedule(this.#options.longPollMs ? 0 : undefined);
  }

  async send(): Promise<void> {
    throw new Error('polling carries nothing up');
  }

  probe(patienceMs = PATIENCE_MS): void {
    // The server has answered, and asked for silence until then.
    if (this.#over || this.#clock.now() < this.#floor) return;
    this.#probing = true;
    if (!this.#verdict.pending) {
      this.#verdict.set(patienceMs, () =>
        this.#end({ reason: 'lost', retry: 'backoff', detail: 'no answer to a probe' }),
      );
    }
    this.#pollNow();
  }

  close(): void {
    this.#over = true;
    this.#next.clear();
    this.#verdict.clear();
    this.#stopListening();
    this.#underWay?.ending.abort();
  }

  async drain(): Promise<void> {
    // An answer that is under way may be older than what has come until now.
    if (this.#underWay && !this.#underWay.waits) await this.#underWay.done;
    this.#pollNow();
    if (!(await this.#underWay?.done)) throw new Error('what has come until now could not be fetched');
  }

  /** Asks at once. One request at a time: where one is under way, that is it; one that waits for news is given up. */
  #pollNow(): void {
    if (this.#over || this.#clock.now() < this.#floor) return;
    if (this.#underWay && !this.#underWay.waits) return;
    this.#underWay?.ending.abort();
    this.#poll(false);
  }

  #poll(waits: boolean): void {
    this.#next.clear();
    const ending = new AbortController();
    const underWay = { ending, waits, done: this.#ask(ending.signal, waits) };
    this.#underWay = underWay;
    void underWay.done.then(() => {
      if (this.#underWay === underWay) this.#underWay = undefined;
    });
  }

  /** @returns whether the server has answered */
  async #ask(signal: AbortSignal, waits: boolean): Promise<boolean> {
    const begun = this.#clock.now();
    try {
      const news = await this.#fetchPage(signal, waits);
      if (signal.aborted || this.#over) return false;
      this.#failures = 0;
      this.#proved();
      const idle = waits && !news && this.#clock.now() - begun < UNWAITED_MS;
      this.#schedule(this.#options.longPollMs && !idle ? 0 : undefined);
      return true;
    } catch (error) {
      if (!signal.aborted && !this.#over) this.#failed(error);
      return false;
    }
  }

  /** @returns whether it brought something new */
  async #fetchPage(signal: AbortSignal, waits: boolean): Promise<boolean> {
    const { url: base, route, headers, longPollMs = 0, timeoutMs = HTTP_TIMEOUT_MS, fetch } = this.#options;
    const { afterParameter = 'after', event = 'page', cursor = lastId } = this.#options;
    const clock = this.#clock;
    const named = JSON.stringify(route).includes('{after}');
    const data = {
      [named ? 'after' : afterParameter]: this.#after,
      ...(waits && { wait: Math.round(longPollMs / 1000) }),
    };
    const url = addressOf(base, route, this.#session, data, true);
    const tag = this.#etag?.url === url ? this.#etag.tag : undefined;
    const answer = await request(
      {
        url,
        headers: { ...headersOf(this.#session, headers), ...(tag && { 'If-None-Match': tag }) },
        timeoutMs: timeoutMs + (waits ? longPollMs : 0),
        signal,
        // A page that was kept somewhere is old news.
        cache: 'no-store',
      },
      { fetch, clock },
    );
    if (answer.status === 304) return false;
    const page = await jsonOf(answer, { clock, timeoutMs });
    if (signal.aborted || this.#over) return false;
    const etag = answer.headers.get('etag');
    this.#etag = etag ? { url, tag: etag } : undefined;
    const before = this.#after;
    this.#advance(page, cursor);
    this.#events.onFrame({ event, data: page } satisfies Frame);
    return this.#after !== before;
  }

  #advance(page: unknown, cursor: NonNullable<PollingOptions['cursor']>): void {
    try {
      this.#after = cursor(page, this.#after) ?? this.#after;
    } catch (error) {
      this.#events.onFault(error instanceof ProtocolError ? error : new ProtocolError('', 'a page'));
    }
  }

  #failed(error: unknown): void {
    const close = this.#meaningOf(error);
    const { retryAfter = 0, reason } = close;
    const busy = reason === 'busy';
    if (busy) this.#floor = this.#clock.now() + retryAfter;
    // A server that says how busy it is lives.
    if (busy) this.#proved();
    const isFinal = close.retry !== 'backoff' || this.#probing;
    const counts = close.code !== 429;
    if (isFinal || (counts && ++this.#failures >= MAX_FAILURES)) return this.#end(close);
    this.#schedule();
  }

  #meaningOf(error: unknown): LinkClose {
    const close = closeOf(error);
    if (close.reason !== 'gone' || this.#options.gone !== false) return close;
    return { ...close, reason: 'refused', retry: 'never' };
  }

  /** The server has shown that it lives. */
  #proved(): void {
    this.#probing = false;
    this.#verdict.clear();
  }

  #schedule(pauseMs = this.#pause()): void {
    const wait = Math.max(pauseMs, this.#floor - this.#clock.now());
    this.#next.set(wait, () => this.#poll(this.#options.longPollMs !== undefined));
  }

  #pause(): number {
    const { visibleMs = VISIBLE_MS, hiddenMs = HIDDEN_MS } = this.#options;
    const usual = this.#wake.visible ? visibleMs : hiddenMs;
    const pause = Math.max(usual, Math.min(MAX_PAUSE_MS, usual * 2 ** this.#failures));
    // A fifth more or less, so that those who began together do not go on together.
    return pause * (0.8 + this.#clock.random() * 0.4);
  }

  #end(close: LinkClose): void {
    if (this.#over) return;
    this.close();
    this.#events.onClose(close);
  }
}

/** The guest's own are confirmed by other requests, when older messages of others may not have been polled yet. */
function newestOfOthers({ known }: Session): string | undefined {
  return known?.messages.findLast(({ clientId }) => clientId === undefined)?.id;
}

/** The id of the last entry of a list, as it stands in most pages. */
function lastId(page: unknown): string | undefined {
  const { messages, data, items } = (page ?? {}) as Record<string, unknown>;
  const list = [page, messages, data, items].find((each) => Array.isArray(each)) as unknown[] | undefined;
  const { id } = (list?.at(-1) ?? {}) as { id?: unknown };
  return typeof id === 'string' || typeof id === 'number' ? `${id}` : undefined;
}
