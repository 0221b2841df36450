import { Timer, type Clock } from '../platform/clock.js';
import type { Session } from '../protocol/session.js';
import { late, readAuthStatus } from './pusher-codes.js';
import { isGuarded } from './pusher-frame.js';
import { LinkError, RefusedError, type LinkClose } from './transport.js';

/** A channel to be authorised for one connection. */
export interface ChannelRequest {
  /** Id of the connection; the signature is good for no other. */
  readonly socketId: string;
  /** Name on the wire, such as `private-conversation.7`. */
  readonly channel: string;
  /** Who asks. */
  readonly session: Session;
  /** Fires when the answer is not needed any more. */
  readonly signal: AbortSignal;
}

/** The signature of a backend, as it came. */
export interface ChannelAuth {
  /** `KEY:SIGNATURE`. */
  readonly auth: string;
  /** Who the member of a presence channel is, as the JSON text that was signed. Never parsed and written again. */
  readonly channel_data?: string | undefined;
}

/**
 * Gets the signature for a private or presence channel.
 * @throws {LinkError} which says what the failure means for the connection
 */
export type AuthorizeChannel = (request: ChannelRequest) => Promise<ChannelAuth>;

/** A signature is not waited for longer, in milliseconds. */
const AUTHORIZE_TIMEOUT_MS = 10_000;
/** A subscription must be answered within this time, in milliseconds: Reverb names no channel when it refuses one. */
const SUBSCRIBE_TIMEOUT_MS = 5000;

/** What subscribing needs, and whom it tells. */
export interface SubscriptionsOptions {
  channels: readonly string[];
  session: Session;
  authorize?: AuthorizeChannel;
  clock: Clock;
  send(text: string): void;
  /** All channels are subscribed. */
  onReady(): void;
  /** One of them is not to be had. */
  onFailed(close: LinkClose): void;
}

/** The channels of one connection on their way: authorised, asked for, answered. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions;
  readonly #pending = new Map<string, Timer>();
  readonly #ending = new AbortController();

  constructor(options: SubscriptionsOptions) {
    this.#options = options;
  }

  /** Subscribes all, side by side. */
  begin(socketId: string): void {
    const { channels, clock, onReady } = this.#options;
    for (const channel of channels) this.#pending.set(channel, new Timer(clock));
    if (this.#pending.size === 0) onReady();
    this.#pending.forEach((timer, channel) => void this.#subscribe(socketId, channel, timer));
  }

  /** The server has subscribed a channel. */
  succeeded(channel = ''): void {
    this.#pending.get(channel)?.clear();
    if (this.#pending.delete(channel) && this.#pending.size === 0) this.#options.onReady();
  }

  /** The server refuses a channel. @param data of `pusher:subscription_error`, untrusted */
  refused(channel: string | undefined, data: unknown): void {
    const { channels, onFailed } = this.#options;
    if (channel === undefined || channels.includes(channel)) onFailed(readRefusal(channel, data));
  }

  /** Ends what is under way. */
  stop(): void {
    this.#pending.forEach((timer) => timer.clear());
    this.#pending.clear();
    this.#ending.abort();
  }

  async #subscribe(socketId: string, channel: string, timer: Timer): Promise<void> {
    const { session, authorize, send, onFailed } = this.#options;
    const { signal } = this.#ending;
    const wait = (ms: number): void => timer.set(ms, () => onFailed(late(channel)));
    try {
      let signature: ChannelAuth | undefined;
      if (isGuarded(channel)) {
        if (!authorize) throw new RefusedError('forbidden', `${channel} needs authorize`);
        wait(AUTHORIZE_TIMEOUT_MS);
        signature = await authorize({ socketId, channel, session, signal });
      }
      if (signal.aborted) return;
      wait(SUBSCRIBE_TIMEOUT_MS);
      const { auth, channel_data } = signature ?? {};
      send(JSON.stringify({ event: 'pusher:subscribe', data: { channel, auth, channel_data } }));
    } catch (error) {
      if (!signal.aborted) onFailed(closeFor(error));
    }
  }
}

/** What a refused channel means. @param data of `pusher:subscription_error`, untrusted */
export function readRefusal(channel: string | undefined, data: unknown): LinkClose {
  const { status, error } = (data ?? {}) as { status?: unknown; error?: unknown };
  const words = typeof error === 'string' ? error : 'refused';
  return readAuthStatus(Number(status) || 0, `${channel ?? 'channel'}: ${words}`);
}

function closeFor(error: unknown): LinkClose {
  if (error instanceof LinkError) return error.close;
  const detail = String(error);
  const retryAfter = error instanceof RefusedError ? error.retryAfterMs : 0;
  return retryAfter === undefined
    ? readAuthStatus(403, detail)
    : { ...readAuthStatus(0, detail), ...(retryAfter && { retryAfter }) };
}
