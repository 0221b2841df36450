/** This file is longer than others because what one socket tells, from the first attempt to its end, is best read together. */
import { Timer, systemClock, type Clock } from '../platform/clock.js';
import type { Frame } from '../protocol/frame.js';
import type { Session } from '../protocol/session.js';
import { Heartbeat, PATIENCE_MS } from './heartbeat.js';
import { makeSocket, type SocketIo, type SocketIoEmitter, type SocketIoSocket } from './socket-io-client.js';
import { readConnectError, readDisconnect, readRefusal, type SocketIoRefusal } from './socket-io-closes.js';
import {
  LinkError,
  RefusedError,
  type Link,
  type LinkClose,
  type LinkEvents,
  type Transport,
} from './transport.js';

/** The line must open within this time (docs/protocol.md, "Timing"). */
const OPEN_TIMEOUT_MS = 10_000;
/** An answer to an event is not waited for longer, in milliseconds. */
const ANSWER_TIMEOUT_MS = 10_000;
/** An event that may be repeated goes out again this long after nobody answered, in milliseconds. */
const RETRY_AFTER_MS = 1000;
/** Silence between two pings of a server with the usual settings, in milliseconds. */
const USUAL_PING_MS = 25_000;
/** The server's ping may be late by this, in milliseconds, before it is asked for a sign of life. */
const PING_SLACK_MS = 2000;
/** A namespace that no server has, so that each says so: the only question every server answers. */
const KNOCK = '/chat-widget-knock';

/** How an event is sent. */
export interface SocketIoManner {
  /**
   * Whether the server calls back. `Link.send` then resolves with the answer as a frame named like the event and `:answer`;
   * otherwise it resolves when the event is handed over.
   * @default false
   */
  ack?: boolean;
  /** How long an answer is waited for, in milliseconds. @default 10000 */
  timeoutMs?: number;
  /**
   * Whether an event without an answer may be sent again. Otherwise it is refused with the code `unconfirmed`, since nobody
   * knows whether it arrived.
   * @default false
   */
  repeatable?: boolean;
  /** Whether it may be lost rather than wait. @default false */
  volatile?: boolean;
  /** Whether data that is a list are several arguments. @default false */
  spread?: boolean;
}

/** How a Socket.IO line is set up. */
export interface SocketIoTransportOptions {
  /** Address, `http:` or `https:`. As with the official client, its path names the namespace, not a path of the server. */
  url: string;
  /** `io` of `socket.io-client` 4. Default: fetched, see `loadSocketIo`. */
  io?: SocketIo | undefined;
  /** Path of the server. @default '/socket.io/' */
  path?: string | undefined;
  /** Wires to try, in this order. With two, every other failed attempt turns them round. Default: WebSocket, polling. */
  transports?: readonly ('websocket' | 'polling')[] | undefined;
  /** Whether cookies go to another origin. @default false */
  withCredentials?: boolean | undefined;
  /** What the connection says of itself. Default: `{token}`, where the page has given one. */
  auth?(session: Session): Readonly<Record<string, unknown>>;
  /** How events are sent, by name. Default: handed over, and nothing more. */
  manners?: Readonly<Record<string, SocketIoManner>>;
  /** An event that the server acknowledges at once, to ask for a sign of life. Default: a question every server answers. */
  probeEvent?: string | undefined;
  /** Meaning of a refusal by the server's middleware; undefined for the usual one. */
  readRefusal?: ((refusal: SocketIoRefusal) => LinkClose | undefined) | undefined;
  /** Default: the real clock. */
  clock?: Clock | undefined;
}

/** A socket between two lines, kept because only it can ask the server for what it missed. */
interface Kept {
  readonly guestId: string;
  readonly socket: SocketIoSocket;
}

/**
 * A wire over the official client of Socket.IO 4, whose own reconnection is off. A line that was lost keeps its socket for the
 * next one, so that a server with connection state recovery can give back what was missed. That is never relied upon; a
 * frame `connect` with `{recovered, id}` tells of it.
 */
export function socketIoTransport(options: SocketIoTransportOptions): Transport {
  const {
    transports = ['websocket', 'polling'],
    url,
    path = '/socket.io/',
    withCredentials = false,
  } = options;
  const base = new URL(path.replace(/\/*$/, '/'), url).href;
  let turned = false;
  let kept: Kept | undefined;

  const take = (io: SocketIo, { guestId }: Session): SocketIoSocket => {
    // Another guest must not be given what this one missed.
    const known = kept?.guestId === guestId ? kept.socket : undefined;
    kept = undefined;
    const socket =
      known ??
      makeSocket(io, url, {
        path,
        withCredentials,
        autoConnect: false,
        forceNew: true,
        reconnection: false,
        // Ours counts, from the first byte of the client on.
        timeout: false,
        // Since 4.8; older clients never come to the second by themselves.
        tryAllTransports: true,
      });
    socket.io.opts.transports = turned ? transports.toReversed() : transports;
    return socket;
  };

  return {
    name: 'socket.io',
    url: options.url,
    open(session, events, signal) {
      const { clock = systemClock } = options;
      return new Promise((resolve, reject) => {
        const timeout = new Timer(clock);
        let link: SocketIoLink | undefined;
        let over = false;
        const settle = (finish: () => void): void => {
          if (over) return;
          over = true;
          timeout.clear();
          signal.removeEventListener('abort', onAbort);
          finish();
        };
        const giveUp = (error: unknown): void =>
          settle(() => {
            link?.close();
            reject(error);
          });
        const fail = (close: LinkClose): void => {
          if (over) return;
          // Whoever swallows WebSocket without a word is passed by where polling comes first.
          if (close.reason === 'lost' || close.reason === 'late') turned = !turned && transports.length > 1;
          if (link) kept = { guestId: session.guestId, socket: link.socket };
          giveUp(new LinkError(close));
        };
        const onAbort = (): void => giveUp(signal.reason);
        if (signal.aborted) return onAbort();
        signal.addEventListener('abort', onAbort);
        timeout.set(OPEN_TIMEOUT_MS, () =>
          fail({ reason: 'late', retry: 'backoff', detail: 'the line did not open in time' }),
        );
        const begin = (io: SocketIo): void => {
          if (over) return;
          const socket = take(io, session);
          socket.auth = options.auth?.(session) ?? { ...(session.token && { token: session.token }) };
          const opened = (): void => settle(() => resolve(link!));
          const ended = (close: LinkClose): void => {
            if (!over) return fail(close);
            kept = { guestId: session.guestId, socket };
            events.onClose(close);
          };
          link = new SocketIoLink(socket, options, clock, events, opened, ended);
          link.connect();
        };
        const client = options.io
          ? Promise.resolve(options.io)
          : import('./socket-io-package.js').then(({ loadSocketIo }) => loadSocketIo(base));
        client.then(begin).catch((error: unknown) => {
          const detail = `no Socket.IO client: ${error instanceof Error ? error.message : String(error)}`;
          fail({ reason: 'lost', retry: 'backoff', detail });
        });
      });
    },
  };
}

class SocketIoLink implements Link {
  readonly socket: SocketIoSocket;
  readonly #options: SocketIoTransportOptions;
  readonly #clock: Clock;
  readonly #events: LinkEvents;
  readonly #opened: () => void;
  readonly #ended: (close: LinkClose) => void;
  readonly #verdict: Timer;
  /** Asks whether somebody is there, on the same wire. */
  readonly #knock: SocketIoSocket | undefined;
  /** Answers that are owed to us. */
  readonly #owed = new Set<(error: Error) => void>();
  readonly #quiet: (() => void)[] = [];
  #heartbeat: Heartbeat | undefined;
  #pingMs = USUAL_PING_MS;
  #lastSign: number;
  #recovers = false;
  #warned = false;
  #over = false;

  constructor(
    socket: SocketIoSocket,
    options: SocketIoTransportOptions,
    clock: Clock,
    events: LinkEvents,
    opened: () => void,
    ended: (close: LinkClose) => void,
  ) {
    this.socket = socket;
    this.#options = options;
    this.#clock = clock;
    this.#events = events;
    this.#opened = opened;
    this.#ended = ended;
    this.#verdict = new Timer(clock);
    this.#lastSign = clock.now();
    if (options.probeEvent === undefined) this.#knock = socket.io.socket(KNOCK);
  }

  connect(): void {
    const { socket } = this;
    socket.onAny((event, ...args) => this.#receive(event, args));
    socket.on('connect', () => this.#open());
    socket.on('connect_error', (error: unknown) => this.#end(this.#readFailure(error)));
    socket.on('disconnect', (reason: string) => this.#end(readDisconnect(reason, this.#warned)));
    this.#listen(socket.io, 'packet', (packet: unknown) => this.#watch(packet));
    socket.connect();
    // The wire below is made by the attempt itself.
    this.#listen(socket.io.engine, 'handshake', ({ pingInterval }: { pingInterval?: unknown }) => {
      if (typeof pingInterval === 'number') this.#pingMs = pingInterval;
    });
    this.#listen(socket.io.engine, 'packet', () => this.#seen());
  }

  async send({ event, data }: Frame): Promise<Frame | void> {
    const manner = this.#options.manners?.[event] ?? {};
    const args =
      data === undefined ? [] : manner.spread && Array.isArray(data) ? (data as unknown[]) : [data];
    if (manner.ack) return this.#ask(event, args, manner);
    this.#emit(manner.volatile ? this.socket.volatile : this.socket, event, args);
  }

  /**
   * The server's ping is the only one in this protocol, so a server is asked something else, and held to it only if it has
   * answered that once. Any other is given up when its ping is overdue by the patience.
   */
  probe(patienceMs = PATIENCE_MS, owedForMs?: number): void {
    if (this.#over) return;
    if (this.#heartbeat) return this.#heartbeat.probe(patienceMs, owedForMs);
    this.#verdict.set(patienceMs, () => {
      if (this.#clock.now() - this.#lastSign > this.#pingMs + patienceMs) this.#die();
    });
  }

  close(): void {
    if (this.#over) return;
    this.#over = true;
    this.#heartbeat?.stop();
    this.#verdict.clear();
    for (const quiet of this.#quiet.splice(0)) quiet();
    const { socket } = this;
    socket.off();
    socket.offAny();
    // What could not be sent is known as such; it must not go out by itself on the next line.
    socket.sendBuffer.length = 0;
    // While this one is active, the wire below would stay.
    this.#knock?.off();
    this.#knock?.disconnect();
    socket.disconnect();
    for (const reject of this.#owed) reject(new Error('the line is over'));
    this.#owed.clear();
  }

  #listen(emitter: SocketIoEmitter, event: string, listener: (...args: never[]) => void): void {
    emitter.on(event, listener);
    this.#quiet.push(() => emitter.off(event, listener));
  }

  #open(): void {
    const { id, recovered } = this.socket;
    this.#opened();
    this.#knock?.on('connect', () => this.#answered());
    this.#knock?.on('connect_error', () => this.#answered());
    this.#askForLife();
    this.#events.onFrame({ event: 'connect', data: { recovered: recovered === true, id } });
  }

  #askForLife(): void {
    const { probeEvent } = this.#options;
    // On a wire that is known to be dead, there is nobody to ask.
    if (!this.socket.connected) return;
    if (probeEvent !== undefined) this.socket.volatile.emit(probeEvent, () => this.#answered());
    else if (!this.#knock?.active) this.#knock?.connect();
  }

  /** The server answers questions: from now on it is held to that. */
  #answered(): void {
    // A server that takes any namespace for one of its own has let us in; we want nothing there.
    if (this.#knock?.connected) this.#knock.disconnect();
    this.#heartbeat ??= new Heartbeat({
      clock: this.#clock,
      intervalMs: this.#pingMs + PING_SLACK_MS,
      ping: () => this.#askForLife(),
      onDead: () => this.#die(),
    });
  }

  #seen(): void {
    this.#lastSign = this.#clock.now();
    this.#heartbeat?.seen();
  }

  #die(): void {
    this.#end({ reason: 'lost', retry: 'backoff', detail: 'no sign of life' });
  }

  /** Looks for the sign that the server recovers connections: it gives the socket a second, secret id. */
  #watch(packet: unknown): void {
    const { type, data } = packet as { type?: unknown; data?: { pid?: unknown } };
    if (type === 0 && data?.pid !== undefined) this.#recovers = true;
  }

  #receive(event: string, args: unknown[]): void {
    if (event === 'unauthorized') this.#warned = true;
    const last = args.at(-1);
    if (typeof last === 'function') {
      args.pop();
      (last as () => void)();
    } else if (this.#recovers && args.length > 1 && typeof last === 'string') {
      // Where connections are recovered, broadcasts end with a cursor, and the client leaves it there.
      args.pop();
    }
    this.#events.onFrame({ event, data: packed(args) });
  }

  #ask(event: string, args: unknown[], { timeoutMs = ANSWER_TIMEOUT_MS, repeatable }: SocketIoManner) {
    return new Promise<Frame>((resolve, reject) => {
      const patience = new Timer(this.#clock);
      const settle = (finish: () => void): void => {
        patience.clear();
        this.#owed.delete(giveUp);
        finish();
      };
      const giveUp = (error: Error): void => settle(() => reject(error));
      this.#owed.add(giveUp);
      patience.set(timeoutMs, () =>
        giveUp(
          repeatable
            ? new RefusedError('internal', 'no answer in time', RETRY_AFTER_MS)
            : new RefusedError('unconfirmed', 'it is not known whether it has arrived'),
        ),
      );
      const answer = (...answers: unknown[]): void =>
        settle(() => resolve({ event: `${event}:answer`, data: packed(answers) }));
      try {
        this.#emit(this.socket, event, [...args, answer]);
      } catch (error) {
        giveUp(error as Error);
      }
    });
  }

  #emit(socket: SocketIoSocket, event: string, args: unknown[]): void {
    if (this.#over || !this.socket.connected) throw new Error('the line is not open');
    socket.emit(event, ...args);
    // The client keeps back what it cannot send, when it has just noticed that the server's ping is overdue.
    if (this.socket.sendBuffer.length > 0) {
      this.socket.sendBuffer.length = 0;
      throw new Error('the line is lost');
    }
  }

  #readFailure(error: unknown): LinkClose {
    // What the server itself says leaves the socket inactive; failures of the wire do not.
    if (this.socket.active) return readConnectError(error);
    const { message, data } = error as SocketIoRefusal;
    const refusal = { message: String(message), data };
    return this.#options.readRefusal?.(refusal) ?? readRefusal(refusal);
  }

  #end(close: LinkClose): void {
    if (this.#over) return;
    this.close();
    this.#ended(close);
  }
}

/** One value stands for itself, as almost all events have it. */
function packed(args: readonly unknown[]): unknown {
  return args.length <= 1 ? args[0] : args;
}
