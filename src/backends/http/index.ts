import { Timer, systemClock } from '../../platform/clock.js';
import type { WakeSignals } from '../../platform/wake-signals.js';
import { deferredTransport } from '../../transports/deferred.js';
import type { HeadersFor, HttpAddress } from '../../transports/http-route.js';
import { withHttpUplink, type HttpRoute, type HttpRoutes } from '../../transports/http-uplink.js';
import { requestOnlyTransport } from '../../transports/request-only.js';
import type { Link, Transport } from '../../transports/transport.js';
import { BackendError, type Backend, type BackendOptions } from '../backend.js';
import { newestBackendId } from '../known-id.js';
import type { AnswerPath } from './answer.js';
import { httpCodec } from './codec.js';
import { FAILED, HISTORY, NEWS, OPENED, SEND, STOP, TYPING, WAITING, type HttpFields } from './wire.js';

/** An answer that is thought about is waited for longer than others, in milliseconds. */
const ANSWER_TIMEOUT_MS = 60_000;
/** An answer that takes longer is announced, in milliseconds. */
const MOMENT_MS = 500;

/** More than a place to post questions to, where a server has more. Paths begin at the origin of `url`. */
export interface HttpBackendRoutes {
  /** Where questions are posted. Default: `url` itself. */
  send?: HttpAddress;
  /** Where the messages of the conversation are; gets `after` or `before` (an id) and `limit`. */
  history?: HttpAddress & Partial<Pick<HttpRoute, 'method'>>;
  /** Where it is told that the guest is typing. */
  typing?: HttpAddress & Partial<Pick<HttpRoute, 'method'>>;
  /** Where new messages are asked for, again and again; gets `after`, the id of the last. */
  poll?: HttpAddress;
  /** Where new messages come as server-sent events; used instead of `poll`. */
  events?: HttpAddress;
}

/** How a backend over HTTP is spoken with. */
export interface HttpBackendOptions {
  /**
   * How questions are written. `json`: one object with the fields of `fields`; `openai`: a chat completion with the conversation
   * so far. `auto`: a chat completion where the address ends in `/chat/completions`. Answers are recognised by themselves. Default
   * `auto`.
   */
  format?: 'auto' | 'json' | 'openai';
  /** Names of the fields in the body of a question. */
  fields?: HttpFields;
  /** What goes into every question beside them. */
  body?: Readonly<Record<string, unknown>>;
  /** Headers beside, or instead of, those that are sent by themselves. The page's guests can read them. */
  headers?: Readonly<Record<string, string>> | HeadersFor;
  /** Where the text of an answer is. Default: `reply`, `response`, `answer`, `message` and other usual names. */
  answer?: AnswerPath;
  /** Where the id of an answer is that is a bare text. Default `message_id`, `messageId`. */
  answerId?: AnswerPath;
  /** Model of a chat completion. Default: the server's. */
  model?: string;
  /** What the model is told before everything else. The page's guests can read it: rules belong on the server. */
  system?: string;
  /** Whether a question may be sent again whose answer was lost: the server knows `client_id`. Default `safe`. */
  resend?: 'safe' | 'ask';
  /** How long an answer is waited for, in milliseconds. Default 60000. */
  timeoutMs?: number;
  /** More than a place to post questions to. */
  routes?: HttpBackendRoutes;
  /** Pause between two polls while the page is seen, in milliseconds. Default 2000. */
  pollMs?: number;
  /** The server keeps a poll up to this long until there is something new, in milliseconds. Default: it answers at once. */
  longPollMs?: number;
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
  /** Whether the page is seen, for polling. Default: the page's own signals. */
  wake?: WakeSignals;
}

/**
 * The backend that answers questions in the answer to a POST request: as JSON, as a text, or streamed, also in the way of OpenAI's
 * chat completions. There is no line to lose; without routes for more nothing comes unasked.
 * @throws {BackendError} when the address is not an http: or https: address
 */
export function httpBackend(options: BackendOptions & HttpBackendOptions): Backend {
  const { url, clock, fetch, format = 'auto', resend = 'safe', routes = {} } = options;
  const { protocol, pathname, origin } = new URL(url);
  if (!/^https?:$/.test(protocol)) {
    throw new BackendError('url-invalid', `the http backend takes an http: or https: address, not ${url}`);
  }
  const headers = headersFor(options.headers);
  const { timeoutMs = ANSWER_TIMEOUT_MS, model, system, fields, body, answer, answerId } = options;
  const shared = { url: origin, headers, fetch, clock };
  // Names in braces were encoded when the address was resolved against the page.
  const path = url.replace(/%7B(\w+)%7D/gi, '{$1}');
  const requests: HttpRoutes = {
    [SEND]: { method: 'POST', path, ...routes.send, timeoutMs, stream: true, resend },
    [STOP]: { cancels: SEND },
    ...(routes.history && { [HISTORY]: { method: 'GET', ...routes.history } }),
    // A server that does not want to know who types is no reason to begin anew.
    ...(routes.typing && { [TYPING]: { method: 'POST', gone: false, ...routes.typing } }),
  };
  const uplink = withHttpUplink({ ...shared, downlink: downlinkOf(options, shared), routes: requests });
  return {
    name: 'http',
    transport: withSigns(uplink, clock),
    codec: httpCodec({
      traits: { ack: 'reply', greets: false, resend, resume: routes.history ? 'history' : 'none' },
      completions: format === 'openai' || (format === 'auto' && pathname.endsWith('/chat/completions')),
      history: routes.history !== undefined,
      typing: routes.typing !== undefined,
      ...{ model, system, fields, body, answer, answerId },
    }),
  };
}

function headersFor(headers: HttpBackendOptions['headers']): HeadersFor | undefined {
  return typeof headers === 'object' ? () => headers : headers;
}

/** What brings frames down; what not everybody needs is fetched when it is needed. */
function downlinkOf(
  { routes: { poll, events } = {}, wake, pollMs: visibleMs, longPollMs }: HttpBackendOptions,
  shared: { url: string; headers?: HeadersFor; fetch?: typeof fetch; clock?: BackendOptions['clock'] },
): Transport {
  if (events) {
    return deferredTransport('sse', shared.url, async () => {
      const { sseTransport } = await import('../../transports/sse.js');
      return sseTransport({ ...shared, route: events });
    });
  }
  if (!poll) return requestOnlyTransport();
  return deferredTransport('polling', shared.url, async () => {
    const { pollingTransport } = await import('../../transports/polling.js');
    return pollingTransport({
      ...shared,
      route: poll,
      event: NEWS,
      start: newestBackendId,
      wake,
      visibleMs,
      longPollMs,
    });
  });
}

/** Tells what no server says: that a line has begun, and that an answer is waited for. */
function withSigns(transport: Transport, clock = systemClock): Transport {
  return {
    name: transport.name,
    url: transport.url,
    async open(session, events, signal) {
      const moment = new Timer(clock);
      let over = false;
      const end = (): void => {
        over = true;
        moment.clear();
      };
      const tell = (event: string): void => void (over || events.onFrame({ event, data: undefined }));
      const inner = await transport.open(
        session,
        {
          ...events,
          onFrame: (frame) => {
            if (frame.event.startsWith(`${SEND}:`)) moment.clear();
            events.onFrame(frame);
          },
          onClose: (close) => {
            end();
            events.onClose(close);
          },
        },
        signal,
      );
      tell(OPENED);
      const ask: Link['send'] = async (frame) => {
        moment.set(MOMENT_MS, () => tell(WAITING));
        try {
          const reply = await inner.send(frame);
          // Without a reply it is being streamed, and the first piece may take its time.
          if (reply) moment.clear();
          return reply;
        } catch (error) {
          moment.clear();
          tell(FAILED);
          throw error;
        }
      };
      return {
        ...(inner.drain && { drain: () => inner.drain!() }),
        send: (frame) => (frame.event === SEND ? ask(frame) : inner.send(frame)),
        probe: (patienceMs, owedForMs) => inner.probe(patienceMs, owedForMs),
        close: (reason) => {
          end();
          inner.close(reason);
        },
      };
    },
  };
}
