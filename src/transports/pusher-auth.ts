import { Timer, systemClock, type Clock } from '../platform/clock.js';
import { csrfHeader } from '../platform/csrf.js';
import { retryAfter } from '../platform/http.js';
import { ProtocolError, id, optional, plainObject, string } from '../protocol/read.js';
import type { Session } from '../protocol/session.js';
import type { AuthorizeChannel, ChannelAuth } from './pusher-channels.js';
import { readAuthStatus } from './pusher-codes.js';
import { LinkError, type LinkClose } from './transport.js';

/** A signature is not waited for longer, in milliseconds. */
const TIMEOUT_MS = 10_000;

/** How signatures for channels are fetched. */
export interface ChannelAuthorizerOptions {
  /** Address of the backend's channel authorisation; Laravel's is `/broadcasting/auth`. May be relative to the page. */
  url: string;
  /** Default: the global one, looked up when a request is made. */
  fetch?: typeof fetch;
  /** Default: the real clock. */
  clock?: Clock;
  /** Headers beside, or instead of, those that are sent by themselves. */
  headers?(session: Session): Readonly<Record<string, string>>;
  /**
   * Whether Laravel's CSRF token is sent: the one of `<meta name="csrf-token">`, else the one of the cookie. To the
   * page's own origin only, in any case. Default true.
   */
  csrf?: boolean;
}

/**
 * Makes the `authorize` of a Pusher line for backends that sign as Laravel does. Its requests carry the session's token as
 * a bearer, and cookies to the page's own origin only. It throws a `LinkError`: a token that is not taken (401) means
 * that the connection asks the page for a fresh one, a refusal (403, 419) is final, anything else is tried again.
 */
export function channelAuthorizer(options: ChannelAuthorizerOptions): AuthorizeChannel {
  const { clock = systemClock } = options;
  return async ({ socketId, channel, session, signal }) => {
    signal.throwIfAborted();
    const ending = new AbortController();
    const onAbort = (): void => ending.abort(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    const timer = new Timer(clock);
    const late = {
      reason: 'late',
      retry: 'backoff',
      detail: 'the channel was not authorised in time',
    } as const;
    timer.set(TIMEOUT_MS, () => ending.abort(new LinkError(late)));
    try {
      const answer = await (options.fetch ?? globalThis.fetch)(options.url, {
        method: 'POST',
        headers: headersFor(options, session, socketId),
        body: new URLSearchParams({ socket_id: socketId, channel_name: channel }),
        credentials: 'same-origin',
        signal: ending.signal,
      });
      if (!answer.ok) {
        void answer.body?.cancel().catch(() => {});
        throw new LinkError(readAnswer(answer, clock));
      }
      return readSignature(await answer.text());
    } catch (error) {
      if (ending.signal.aborted) throw ending.signal.reason;
      if (error instanceof LinkError) throw error;
      const detail = error instanceof Error ? error.message : String(error);
      const reason = error instanceof ProtocolError ? 'fault' : 'lost';
      throw new LinkError({ reason, retry: 'backoff', detail: `channel authorisation: ${detail}` });
    } finally {
      timer.clear();
      signal.removeEventListener('abort', onAbort);
    }
  };
}

function headersFor(
  { url, csrf = true, ...options }: ChannelAuthorizerOptions,
  session: Session,
  socketId: string,
): Headers {
  const token = session.token ?? session.resumeToken;
  const headers = new Headers({
    // Without it Laravel answers with a redirect to a page that need not exist.
    Accept: 'application/json',
    'X-Socket-ID': socketId,
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(csrf && csrfHeader(url)),
  });
  // One by one: names that differ in case only would both be sent.
  for (const [name, value] of Object.entries(options.headers?.(session) ?? {})) headers.set(name, value);
  return headers;
}

function readAnswer({ status, headers }: Response, clock: Clock): LinkClose {
  const hint = status === 419 ? ': the CSRF token is missing or expired' : '';
  const wait = retryAfter(headers.get('retry-after'), clock);
  return {
    ...readAuthStatus(status, `the channel authorisation answered ${status}${hint}`),
    ...((status === 429 || status === 503) && ({ reason: 'busy', retry: 'backoff' } as const)),
    ...(wait !== undefined && { retryAfter: wait }),
  };
}

/** @throws {ProtocolError} when it is no signature, such as the page of a login */
function readSignature(text: string): ChannelAuth {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ProtocolError('', 'JSON');
  }
  const { auth, channel_data } = plainObject(parsed, '');
  return { auth: id(auth, 'auth'), channel_data: optional(string)(channel_data, 'channel_data') };
}
