import { systemClock, type Clock } from '../../platform/clock.js';
import type { TextSocket } from '../bindings/text-line.js';
import type { ServerEnd } from '../cable.js';
import { objectionTo, type Objection, type PusherCall } from './pusher-call.js';
import { MANNERS, type Manners, type PusherPersonality } from './personality.js';
import { PusherConnection } from './pusher-connection.js';
import { PusherRoom, type PusherMember } from './pusher-room.js';
import { sign, signedText } from './signature.js';

/** How a `PusherHost` is set up. */
export interface PusherHostOptions {
  /** The server to imitate, with its habits on the wire. Default `pusher`. */
  personality?: PusherPersonality;
  /** Key of the app. Default `app-key`. */
  key?: string;
  /** Secret of the app. Default `app-secret`. */
  secret?: string;
  /** Silence after which a client shall ping, in seconds. Default 120 for Pusher, else 30. */
  activityTimeoutS?: number;
  /** Whether client events are taken, or how many a second of one connection. Default true. */
  clientEvents?: boolean | { perSecond: number };
  /** Host names of the pages that may connect. Default all. */
  allowedOrigins?: readonly string[];
  /** How many connections there is room for. Default any number. */
  capacity?: number;
  /** Largest frame that is taken, in UTF-8 bytes. Default 10000, for Soketi 100000. */
  maxFrameBytes?: number;
  /** Default: the real clock. */
  clock?: Clock;
}

/** What a backend answers to a channel's authorisation. */
export interface PusherSignature {
  /** `KEY:SIGNATURE`. */
  auth: string;
  /** The member of a presence channel, as it was signed. */
  channel_data?: string;
}

/** A channel, as `PusherHost.channels` tells it. */
export interface PusherChannelInfo {
  /** Name on the wire. */
  readonly name: string;
  /** Ids of the connections that have subscribed it. */
  readonly socketIds: readonly string[];
  /** Members of a presence channel. */
  readonly members: readonly PusherMember[];
}

/**
 * A server of the Pusher Channels protocol, version 7, without a wire: texts go in and come out. It has the habits of
 * hosted Pusher, Laravel Reverb or Soketi, signs channels as a backend does, and broadcasts what a test tells it to.
 */
export class PusherHost {
  /** Key of the app. */
  readonly key: string;
  readonly #options: PusherHostOptions;
  readonly #secret: string;
  readonly #clock: Clock;
  readonly #connections = new Set<PusherConnection>();
  readonly #rooms = new Map<string, PusherRoom>();
  readonly #saidAt = new WeakMap<PusherConnection, number[]>();
  readonly #work = new Set<Promise<unknown>>();
  #calls = 0;
  #refusal = { code: 0, count: 0 };

  /** @param options all of them have defaults */
  constructor(options: PusherHostOptions = {}) {
    this.key = options.key ?? 'app-key';
    this.#options = options;
    this.#secret = options.secret ?? 'app-secret';
    this.#clock = options.clock ?? systemClock;
  }

  /** Ids of all connections, in the order they came. */
  get socketIds(): readonly string[] {
    return [...this.#connections].map(({ socketId }) => socketId);
  }

  /** The channels that somebody has subscribed. */
  get channels(): readonly PusherChannelInfo[] {
    return [...this.#rooms.values()]
      .filter(({ connections }) => connections.length > 0)
      .map(({ name, connections, members }) => ({
        name,
        socketIds: connections.map(({ socketId }) => socketId),
        members,
      }));
  }

  /** Resolves when everything is answered that has arrived; undefined when it is. */
  quiet(): Promise<void> | undefined {
    return this.#work.size > 0 ? Promise.all(this.#work).then(() => undefined) : undefined;
  }

  /** A client connects. @returns the server's end, to hand it what arrives */
  accept(socket: TextSocket, call: PusherCall = {}): ServerEnd {
    const manners = this.#manners;
    const connection = new PusherConnection(socket, {
      socketId: `${++this.#calls}.${1000 + this.#calls}`,
      manners,
      maxFrameBytes: this.#options.maxFrameBytes ?? manners.maxFrameBytes,
      room: (name, make) => this.#room(name, make),
      verify: (...proof) => this.#verify(...proof),
      clientEventFault: (from) => this.#clientEventFault(from),
      onWork: (work) => this.#track(work),
      onClosed: (over) => this.#connections.delete(over),
    });
    const objection = this.#objection(call);
    if (objection) connection.fault(objection.code, objection.message, true);
    else {
      this.#connections.add(connection);
      connection.establish(this.#options.activityTimeoutS ?? manners.activityTimeoutS);
    }
    return connection;
  }

  /**
   * Signs a channel for a connection, as the backend does that knows the secret.
   * @param member who it is, for a presence channel; a text is signed as it is
   */
  async sign(socketId: string, channel: string, member?: PusherMember | string): Promise<PusherSignature> {
    const channelData = typeof member === 'object' ? JSON.stringify(member) : member;
    const signature = await this.#track(sign(this.#secret, signedText(socketId, channel, channelData)));
    return {
      auth: `${this.key}:${signature}`,
      ...(channelData !== undefined && { channel_data: channelData }),
    };
  }

  /**
   * Says an event on a channel, as the backend does.
   * @param data written as JSON within JSON; a text is written as it is
   * @param options `except` names the connection that is left out, as Laravel's `toOthers()` does
   */
  broadcast(channel: string, event: string, data: unknown, { except }: { except?: string } = {}): this {
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    for (const connection of this.#room(channel, false)?.connections ?? []) {
      if (connection.socketId !== except) connection.tell({ event, channel, data: text });
    }
    return this;
  }

  /** Refuses the next `count` connections with a code. Default all, until `refuse(0, 0)`. */
  refuse(code: number, count = Infinity): this {
    this.#refusal = { code, count };
    return this;
  }

  /** Complains to all connections, which stay open. */
  complain(code: number, message = ''): this {
    return this.#each((connection) => connection.fault(code, message));
  }

  /** Ends all connections with a code. */
  close(code: number, reason = ''): this {
    return this.#each((connection) => connection.close(code, reason));
  }

  /** Cuts all connections without a word (1006). */
  drop(): this {
    return this.close(1006);
  }

  /** Asks all connections that have subscribed something for a sign of life, as Reverb does every minute. */
  ping(): this {
    return this.#each((connection) => {
      if (connection.rooms.size === 0) return;
      connection.pinged = true;
      connection.tell({ event: 'pusher:ping', data: this.#manners.pongData });
    });
  }

  /** Ends all connections that have said nothing since the last `ping()`. */
  prune(): this {
    return this.#each((connection) => {
      if (connection.pinged) connection.fault(4201, 'Pong reply not received in time', true);
    });
  }

  get #manners(): Manners {
    return MANNERS[this.#options.personality ?? 'pusher'];
  }

  /** Why a call is not taken, if so. */
  #objection(call: PusherCall): Objection | undefined {
    const { allowedOrigins, capacity = Infinity } = this.#options;
    if (this.#refusal.count > 0) {
      this.#refusal.count--;
      return { code: this.#refusal.code, message: 'Refused' };
    }
    const objection = objectionTo(call, { key: this.key, manners: this.#manners, allowedOrigins });
    if (objection) return objection;
    if (this.#connections.size < capacity) return undefined;
    return { code: this.#manners.fullCode, message: 'Over capacity' };
  }

  #room(name: string, make: boolean): PusherRoom | undefined {
    const known = this.#rooms.get(name);
    if (known || !make) return known;
    const room = new PusherRoom(name);
    this.#rooms.set(name, room);
    return room;
  }

  async #verify(socketId: string, channel: string, auth: unknown, channelData: unknown): Promise<boolean> {
    const presence = channel.startsWith('presence-');
    if (presence && typeof channelData !== 'string') return false;
    const text = signedText(socketId, channel, presence ? String(channelData) : undefined);
    return auth === `${this.key}:${await sign(this.#secret, text)}`;
  }

  #clientEventFault(from: PusherConnection): string | undefined {
    const { clientEvents = true } = this.#options;
    if (clientEvents === false) return 'The app does not have client messaging enabled';
    if (clientEvents === true) return undefined;
    const now = this.#clock.now();
    const said = (this.#saidAt.get(from) ?? []).filter((at) => now - at < 1000);
    this.#saidAt.set(from, said);
    if (said.length >= clientEvents.perSecond) return 'Rate limit exceeded';
    said.push(now);
    return undefined;
  }

  #track<T>(work: Promise<T>): Promise<T> {
    const settled: Promise<unknown> = work.then(
      () => this.#work.delete(settled),
      () => this.#work.delete(settled),
    );
    this.#work.add(settled);
    return work;
  }

  #each(act: (connection: PusherConnection) => void): this {
    for (const connection of [...this.#connections]) act(connection);
    return this;
  }
}
