import { Timer, systemClock, type Clock } from '../platform/clock.js';
import type { Frame } from '../protocol/frame.js';
import type { Session } from '../protocol/session.js';
import { attempt } from './attempt.js';
import { ClientEvents } from './client-events.js';
import { Heartbeat } from './heartbeat.js';
import {
  findPusher,
  refused,
  type EchoLike,
  type Listener,
  type PusherChannelLike,
  type PusherLike,
} from './page-pusher.js';
import { readRefusal } from './pusher-channels.js';
import { concernsMessage, late, readPusherCode } from './pusher-codes.js';
import { MEMBER_ADDED, MEMBER_REMOVED, SUBSCRIBED, isPresence } from './pusher-frame.js';
import type { PusherLink, PusherTransport } from './pusher.js';
import type { LinkClose, LinkEvents } from './transport.js';

/** How a page's own client is used. */
export interface PusherClientOptions {
  /** The page's `Echo` or `Pusher`. It authorises channels its own way, reconnects by itself, and is never disconnected. */
  client: PusherLike | EchoLike;
  /** Name for status and diagnosis. Default `pusher`. */
  name?: string;
  /** The channels of a guest, by their names on the wire, such as `private-conversation.7`. */
  channels(session: Session): readonly string[];
  /** Default: the real clock. */
  clock?: Clock;
}

/** pusher-js's own name of the answer to a subscription. */
const SUCCEEDED = 'pusher:subscription_succeeded';
/** The page's client must be connected within this time, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;
/** A channel must be authorised and subscribed within this time, in milliseconds. */
const SUBSCRIBE_TIMEOUT_MS = 10_000;
/** Silence before a ping, in milliseconds: pusher-js itself asks after two minutes. */
const ACTIVITY_TIMEOUT_MS = 30_000;

/**
 * A wire over the `Echo` or `Pusher` that a page has already, so that both share one connection. Channels that the page
 * has subscribed itself stay subscribed when the line ends.
 */
export function pusherClientTransport(options: PusherClientOptions): PusherTransport {
  const { name = 'pusher', clock = systemClock } = options;
  /** Channels that the page had not subscribed. One that is still under way when it is given up stays known for a while. */
  const ours = new Set<string>();
  return {
    name,
    open: (session, events, signal) =>
      attempt(signal, (settle) => {
        const pusher = findPusher(options.client);
        return new PusherClientLink({
          pusher,
          channels: options.channels(session),
          ours,
          clock,
          events,
          settle,
        });
      }),
  };
}

/** What one line needs, and whom it tells. */
interface ClientLinkOptions {
  pusher: PusherLike;
  channels: readonly string[];
  ours: Set<string>;
  clock: Clock;
  events: LinkEvents;
  settle(close?: LinkClose): void;
}

class PusherClientLink implements PusherLink {
  socketId = '';
  readonly #options: ClientLinkOptions;
  readonly #timer: Timer;
  readonly #whispers: ClientEvents;
  readonly #channels = new Map<string, { channel: PusherChannelLike; listener: Listener }>();
  readonly #pending: Set<string>;
  #heartbeat: Heartbeat | undefined;
  #state: 'connecting' | 'subscribing' | 'open' | 'over' = 'connecting';
  /** What came before the owner has the link in its hand. */
  #early: Frame[] | undefined = [];
  /** What the server has said against us, for the client ends without a word of it. */
  #complaint: LinkClose | undefined;

  constructor(options: ClientLinkOptions) {
    const { pusher, channels, clock } = options;
    this.#options = options;
    this.#pending = new Set(channels);
    this.#whispers = new ClientEvents(clock, channels);
    this.#timer = new Timer(clock);
    this.#timer.set(CONNECT_TIMEOUT_MS, () => this.#end(late('the connection of the page')));
    pusher.connection.bind('state_change', this.#onState);
    pusher.connection.bind('message', this.#onMessage);
    pusher.connection.bind('error', this.#onError);
    // Not at once: whoever makes the link has to have it when it is open.
    queueMicrotask(this.#onState);
  }

  async send(frame: Frame): Promise<void> {
    if (this.#state !== 'open') throw new Error('not open');
    if (!this.#whispers.admit(frame)) return;
    const { channel } = this.#channels.get(this.#whispers.channel!)!;
    if (!channel.trigger(frame.event, frame.data)) throw new Error('not connected');
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#heartbeat?.probe(patienceMs, owedForMs);
  }

  close(): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#early = undefined;
    this.#timer.clear();
    this.#heartbeat?.stop();
    const { pusher, ours } = this.#options;
    pusher.connection.unbind('state_change', this.#onState);
    pusher.connection.unbind('message', this.#onMessage);
    pusher.connection.unbind('error', this.#onError);
    for (const [name, { channel, listener }] of this.#channels) {
      channel.unbind_global(listener);
      if (!ours.has(name)) continue;
      pusher.unsubscribe(name);
      if (!pusher.channel(name)) ours.delete(name);
    }
  }

  readonly #onState = (): void => {
    const { state } = this.#options.pusher.connection;
    if (this.#state === 'over') return;
    if (state === 'connected') {
      if (this.#state === 'connecting') this.#subscribe();
    } else if (state === 'failed') {
      // pusher-js says so where there is no WebSocket; another wire may do.
      this.#end(this.#state === 'open' ? this.#lost(state) : refused('the client of the page has failed'));
    } else if (this.#state !== 'connecting' || state === 'disconnected') {
      // Whatever it does next: what is said meanwhile is missed, so this line has ended.
      this.#end(this.#lost(state));
    }
  };

  readonly #onMessage = (): void => this.#heartbeat?.seen();

  readonly #onError = (error: unknown): void => {
    const { code: told, message } = readComplaint(error);
    const code = Number(told) || 0;
    if (code === 4301) this.#whispers.stop();
    const concernsUs = code === 4009 ? this.#state !== 'open' : !concernsMessage(code);
    if (concernsUs) this.#complaint = readPusherCode(code, typeof message === 'string' ? message : '');
  };

  #subscribe(): void {
    const { pusher, channels, ours } = this.#options;
    this.#state = 'subscribing';
    this.socketId = pusher.connection.socket_id ?? '';
    this.#timer.set(SUBSCRIBE_TIMEOUT_MS, () =>
      this.#end(this.#complaint ?? late([...this.#pending].join())),
    );
    try {
      for (const name of new Set(channels)) {
        if (!pusher.channel(name)) ours.add(name);
        const channel = pusher.subscribe(name);
        const listener: Listener = (event, data) => this.#hear(name, String(event), data);
        channel.bind_global(listener);
        this.#channels.set(name, { channel, listener });
        if (channel.subscribed) this.#hear(name, SUCCEEDED, channel.members);
      }
    } catch (error) {
      return this.#end(refused(`the client of the page: ${String(error)}`));
    }
    if (channels.length === 0) this.#open();
  }

  /** Brings the names that pusher-js gives back to those of the wire. */
  #hear(name: string, event: string, data: unknown): void {
    const { id, info } = (data ?? {}) as { id?: unknown; info?: unknown };
    const user_id = String(id);
    if (event === SUCCEEDED) {
      if (isPresence(name)) this.#tell({ event: SUBSCRIBED, data: { presence: readMembers(data) } });
      if (this.#pending.delete(name) && this.#pending.size === 0) this.#open();
    } else if (event === 'pusher:subscription_error') this.#end(readRefusal(name, data));
    else if (event === 'pusher:member_added')
      this.#tell({ event: MEMBER_ADDED, data: { user_id, user_info: info } });
    else if (event === 'pusher:member_removed') this.#tell({ event: MEMBER_REMOVED, data: { user_id } });
    else if (!event.startsWith('pusher:')) this.#tell({ event, data });
  }

  #open(): void {
    const { pusher, clock, settle } = this.#options;
    this.#state = 'open';
    this.#timer.clear();
    this.#heartbeat = new Heartbeat({
      clock,
      intervalMs: ACTIVITY_TIMEOUT_MS,
      ping: () => void pusher.connection.send_event('pusher:ping', {}),
      onDead: () => this.#end(this.#lost('no sign of life')),
    });
    settle();
    // Its owner gets the link one microtask later, and what has come until then right after it.
    queueMicrotask(() => {
      const early = this.#early;
      this.#early = undefined;
      early?.forEach((frame) => this.#tell(frame));
    });
  }

  #tell(frame: Frame): void {
    if (this.#early) this.#early.push(frame);
    else if (this.#state === 'open') this.#options.events.onFrame(frame);
  }

  #lost(why: string): LinkClose {
    return this.#complaint ?? readPusherCode(0, `the client of the page: ${why}`);
  }

  /** The line is over, or was never opened. */
  #end(close: LinkClose): void {
    const { events, settle } = this.#options;
    const wasOpen = this.#state === 'open';
    if (this.#state === 'over') return;
    this.close();
    if (wasOpen) events.onClose(close);
    else settle(close);
  }
}

/** pusher-js tells an error frame as it is, and a close code one level deeper. */
function readComplaint(error: unknown): { code?: unknown; message?: unknown } {
  const { data, error: inner } = (error ?? {}) as { data?: object; error?: { data?: object } };
  return data ?? inner?.data ?? {};
}

/** `Members` of pusher-js, as the server told them. */
function readMembers(members: unknown): { count: number; ids: string[]; hash: object } {
  const { members: hash } = (members ?? {}) as { members?: unknown };
  const known = typeof hash === 'object' && hash !== null ? hash : {};
  const ids = Object.keys(known);
  return { count: ids.length, ids, hash: { ...known } };
}
