import { Timer, systemClock, type Clock } from '../platform/clock.js';
import type { Frame } from '../protocol/frame.js';
import { ProtocolError, id, plainObject } from '../protocol/read.js';
import type { Session } from '../protocol/session.js';
import { attempt } from './attempt.js';
import { ClientEvents } from './client-events.js';
import { Heartbeat } from './heartbeat.js';
import { Subscriptions, type AuthorizeChannel } from './pusher-channels.js';
import { concernsMessage, growingWait, late, readPusherCode } from './pusher-codes.js';
import { SUBSCRIBED, isPresence, readPusherFrame, type PusherFrame } from './pusher-frame.js';
import { OPEN, createSocket, silence } from './socket.js';
import type { Link, LinkClose, LinkEvents, Transport } from './transport.js';

export { pusherAddress, type PusherAddress } from './pusher-address.js';

/** The server must greet within this time, in milliseconds: Reverb refuses with one frame, or none, and hangs up never. */
const HANDSHAKE_TIMEOUT_MS = 5000;
/** Silence before a ping, in milliseconds, unless the server wants to be asked sooner. */
const ACTIVITY_TIMEOUT_MS = 30_000;

/** How a line of the Pusher protocol is set up. */
export interface PusherTransportOptions {
  /** Name for status and diagnosis. Default `pusher`. */
  name?: string;
  /** Address of the socket; `pusherAddress()` makes it. */
  url: string;
  /** The channels of a guest, by their names on the wire, such as `private-conversation.7`. */
  channels(session: Session): readonly string[];
  /** Gets signatures for private and presence channels; `channelAuthorizer()` makes one. */
  authorize?: AuthorizeChannel;
  /** Class to use; default the global one, looked up when a line is opened. */
  WebSocket?: typeof WebSocket;
  /** Default: the real clock. */
  clock?: Clock;
  /** Silence before a ping, in milliseconds; a server may ask for less. Default 30000. */
  activityTimeoutMs?: number;
}

/** A line that a Pusher server knows by an id. */
export interface PusherLink extends Link {
  /** Id of the connection. Sent as `X-Socket-ID` with requests, so that `toOthers()` leaves us out. */
  readonly socketId: string;
}

/** A wire of Pusher channels. */
export interface PusherTransport extends Transport {
  /**
   * Opens a new line: connected, and subscribed to all its channels.
   * @throws {LinkError} when it could not be opened; an `AbortError` when `signal` fired
   */
  open(session: Session, events: LinkEvents, signal: AbortSignal): Promise<PusherLink>;
}

/**
 * The Pusher Channels protocol, version 7, as Pusher, Reverb and Soketi speak it. Frames come in as `{event, data}`;
 * only client events go out (`client-…`), since everything else is the backend's to say.
 */
export function pusherTransport(options: PusherTransportOptions): PusherTransport {
  const { name = 'pusher', clock = systemClock } = options;
  const grow = growingWait(clock);
  return {
    name,
    url: options.url,
    open: (session, events, signal) =>
      attempt(signal, (settle) => new PusherLine({ ...options, clock, session, events, grow, settle })),
  };
}

/** What one line needs, and whom it tells. */
interface PusherLineOptions extends PusherTransportOptions {
  clock: Clock;
  session: Session;
  events: LinkEvents;
  /** Widens the wait that a close asks for. */
  grow(close: LinkClose): LinkClose;
  /** The line is open; or it could not be opened, and why. Called once, before everything else but faults. */
  settle(close?: LinkClose): void;
}

class PusherLine implements PusherLink {
  socketId = '';
  readonly #options: PusherLineOptions;
  readonly #socket: WebSocket;
  readonly #handshake: Timer;
  readonly #whispers: ClientEvents;
  readonly #subscriptions: Subscriptions;
  #heartbeat: Heartbeat | undefined;
  #state: 'opening' | 'open' | 'over' = 'opening';
  /** What came before the owner has the link in its hand. */
  #early: Frame[] | undefined = [];

  constructor(options: PusherLineOptions) {
    const { clock } = options;
    const channels = options.channels(options.session);
    this.#options = options;
    this.#whispers = new ClientEvents(clock, channels);
    this.#subscriptions = new Subscriptions({
      ...options,
      channels,
      send: (text) => this.#write(text),
      onReady: () => this.#open(),
      onFailed: (close) => this.#end(close),
    });
    this.#socket = createSocket(options);
    this.#handshake = new Timer(clock);
    this.#handshake.set(HANDSHAKE_TIMEOUT_MS, () => this.#end(late('handshake')));
    this.#socket.onmessage = ({ data }) => this.#receive(data);
    this.#socket.onclose = ({ code, reason }) => this.#end(readPusherCode(code, reason));
    // `error` says nothing that the `close` after it does not; without a listener some clients throw.
    this.#socket.onerror = () => {};
  }

  async send(frame: Frame): Promise<void> {
    if (this.#socket.readyState !== OPEN) throw new Error('not open');
    const text = this.#whispers.admit(frame);
    if (text) this.#write(text);
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#heartbeat?.probe(patienceMs, owedForMs);
  }

  close(reason?: string): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    this.#early = undefined;
    this.#handshake.clear();
    this.#subscriptions.stop();
    this.#heartbeat?.stop();
    silence(this.#socket);
    this.#socket.close(1000, reason);
  }

  #write(text: string): void {
    // A socket that is closing cannot carry it; its close, or the heartbeat, ends such a line.
    if (this.#socket.readyState === OPEN) this.#socket.send(text);
  }

  #receive(text: unknown): void {
    this.#heartbeat?.seen();
    let frame: PusherFrame;
    try {
      frame = readPusherFrame(text);
      if (this.#settles(frame)) return;
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      return this.#options.events.onFault(error);
    }
    this.#tell({ event: frame.event, data: frame.data });
  }

  /** Takes what belongs to the protocol itself. @returns false for what the owner shall see */
  #settles({ event, channel, data }: PusherFrame): boolean {
    if (event === SUBSCRIBED) {
      this.#subscriptions.succeeded(channel);
      return !isPresence(channel);
    }
    if (event === 'pusher:connection_established') this.#establish(data);
    else if (event === 'pusher:ping') this.#write('{"event":"pusher:pong","data":{}}');
    else if (event === 'pusher:error') this.#blame(data);
    else if (event === 'pusher:subscription_error') this.#subscriptions.refused(channel, data);
    else return event === 'pusher:pong';
    return true;
  }

  #establish(data: unknown): void {
    if (this.socketId) return;
    const { socket_id, activity_timeout } = plainObject(data, 'data');
    this.socketId = id(socket_id, 'data.socket_id');
    this.#handshake.clear();
    // At least a second: a server that says less, or nothing that makes sense, is not to be pinged without end.
    const announced = Math.max(Number(activity_timeout) || Infinity, 1) * 1000;
    const { clock, activityTimeoutMs = ACTIVITY_TIMEOUT_MS } = this.#options;
    this.#heartbeat = new Heartbeat({
      clock,
      intervalMs: Math.min(activityTimeoutMs, announced),
      ping: () => this.#write('{"event":"pusher:ping","data":{}}'),
      onDead: () => this.#end(readPusherCode(0, 'no sign of life')),
    });
    this.#subscriptions.begin(this.socketId);
  }

  /** The server complains: about the connection, or about something that was said on it. */
  #blame(data: unknown): void {
    const { code: told, message } = (data ?? {}) as { code?: unknown; message?: unknown };
    const code = Number(told) || 0;
    const words = typeof message === 'string' ? message : '';
    // Reverb does not say which channel it refuses; but before the line is open nothing else was said than "subscribe".
    const refusesUs = !this.socketId || (code === 4009 && this.#state === 'opening');
    if (refusesUs || !concernsMessage(code)) return this.#end(readPusherCode(code, words));
    if (code === 4301) this.#whispers.stop();
    throw new ProtocolError('pusher:error', `no ${code} ${words}`);
  }

  #open(): void {
    this.#state = 'open';
    const { name = 'pusher', events, session, channels } = this.#options;
    events.onReport?.({ kind: 'wire', provider: name, channel: channels(session)[0] });
    this.#options.settle();
    // Its owner gets the link one microtask later, and what has come until then right after it.
    queueMicrotask(() => {
      const early = this.#early;
      this.#early = undefined;
      early?.forEach((frame) => this.#tell(frame));
    });
  }

  #tell(frame: Frame): void {
    if (this.#early) this.#early.push(frame);
    // One that came before it may have made the owner close the line.
    else if (this.#state === 'open') this.#options.events.onFrame(frame);
  }

  /** The line is over, or was never opened. */
  #end(close: LinkClose): void {
    const { events, settle, grow } = this.#options;
    const wasOpen = this.#state === 'open';
    if (this.#state === 'over') return;
    this.close();
    if (wasOpen) events.onClose(grow(close));
    else settle(grow(close));
  }
}
