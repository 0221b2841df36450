import { LinkError, type LinkClose } from './transport.js';

/** A listener on the page's client. Its arguments are what the library gives, and not trusted. */
export type Listener = (...told: unknown[]) => void;

/** As much of a channel of pusher-js as is used. */
export interface PusherChannelLike {
  /** Whether the server has answered its subscription. */
  readonly subscribed: boolean;
  /** Who is there, on presence channels. */
  readonly members?: unknown;
  /** Calls a listener for every event, with its name and data. */
  bind_global(listener: Listener): unknown;
  /** Takes a listener off. */
  unbind_global(listener: Listener): unknown;
  /** Sends a client event. @returns false when there is no connection */
  trigger(event: string, data: unknown): boolean;
}

/** As much of a `Pusher` as is used; pusher-js 7 and 8 have it. */
export interface PusherLike {
  /** Its connection. */
  readonly connection: {
    /** Such as `connected`. */
    readonly state: string;
    /** Id of the connection, once it is connected. */
    readonly socket_id?: string;
    /** Calls a listener for one event. */
    bind(event: string, listener: Listener): unknown;
    /** Takes a listener off. */
    unbind(event: string, listener: Listener): unknown;
    /** Sends an event of the protocol itself, such as a ping. */
    send_event(event: string, data: unknown): boolean;
  };
  /** A channel that somebody has subscribed already. */
  channel(name: string): PusherChannelLike | undefined;
  /** Subscribes a channel, or finds it. */
  subscribe(name: string): PusherChannelLike;
  /** Gives a channel up. */
  unsubscribe(name: string): void;
}

/** As much of an `Echo` of Laravel as is used, for its broadcasters `pusher` and `reverb`. */
export interface EchoLike {
  /** Where it keeps its Pusher client. */
  readonly connector: { readonly pusher: PusherLike };
}

/**
 * The Pusher client in what the page gave.
 * @throws {LinkError} when there is none
 */
export function findPusher(client: unknown): PusherLike {
  const { connector } = (client ?? {}) as Partial<EchoLike>;
  const pusher = (connector ? connector.pusher : client) as PusherLike | undefined;
  const has = (owner: object | undefined, ...methods: string[]): boolean =>
    methods.every((method) => typeof (owner as Record<string, unknown> | undefined)?.[method] === 'function');
  if (
    has(pusher, 'channel', 'subscribe', 'unsubscribe') &&
    has(pusher?.connection, 'bind', 'unbind', 'send_event')
  ) {
    return pusher!;
  }
  throw new LinkError(
    refused(
      connector ? 'the given Echo has no Pusher client' : 'what is given is neither an Echo nor a Pusher',
    ),
  );
}

/** The page's client cannot be used, now or later. */
export function refused(detail: string): LinkClose {
  return { reason: 'refused', retry: 'never', detail };
}
