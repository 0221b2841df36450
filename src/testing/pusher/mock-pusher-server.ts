import { systemClock, type Clock } from '../../platform/clock.js';
import { isPresence } from '../../transports/pusher-frame.js';
import { memorySocket } from '../bindings/memory-socket.js';
import { listenOnMockSocket, type MockSocketServer } from '../bindings/mock-socket.js';
import { ManualClock } from '../manual-clock.js';
import { Network } from '../network.js';
import { TrafficLog, type LogEntry } from '../traffic-log.js';
import { PusherHost, type PusherHostOptions, type PusherSignature } from './pusher-host.js';
import type { PusherMember } from './pusher-room.js';

/** A channel to be signed, as a transport asks for it. */
export interface PusherSignRequest {
  /** Id of the connection. */
  readonly socketId: string;
  /** Name on the wire. */
  readonly channel: string;
}

/**
 * A Pusher, Reverb or Soketi in the page, for tests and development of backends that speak through one.
 *
 * ```ts
 * const server = new MockPusherServer({ personality: 'reverb' });
 * const { url, WebSocket } = server;
 * pusherTransport({ url, WebSocket, channels, authorize: server.authorizer() });
 * server.host.broadcast('private-conversation.7', 'message.sent', { message });
 * ```
 */
export class MockPusherServer {
  /** The engine: channels, signatures, broadcasts, refusals. */
  readonly host: PusherHost;
  /** Time of the server and of its network. */
  readonly clock: Clock;
  /** What can go wrong between clients and the server. */
  readonly network: Network;
  /** Address for clients in the same page. */
  readonly url: string;
  /** Class to hand to clients in the same page: no socket, but the real frames. */
  readonly WebSocket: typeof WebSocket;
  readonly #log: TrafficLog;
  readonly #listeners = new Set<MockSocketServer>();
  readonly #underWay = new Set<Promise<void>>();

  /** @param options those of the host; hand the same `ManualClock` to the client */
  constructor(options: PusherHostOptions = {}) {
    this.clock = options.clock ?? systemClock;
    this.host = new PusherHost(options);
    this.#log = new TrafficLog(this.clock);
    this.network = new Network(this.clock, this.#log, (socket, url) => this.host.accept(socket, { url }));
    this.url = this.#path('ws://pusher.invalid');
    this.WebSocket = memorySocket(this.network, () => '');
    if (this.clock instanceof ManualClock) this.clock.waitsFor(() => this.#quiet());
  }

  /** Every frame both ways, as its sender sent it, and every opening and closing, in order. */
  get log(): readonly LogEntry[] {
    return this.#log.entries;
  }

  /**
   * Signs channels as a backend does; hand it to a transport as its `authorize`.
   * @param member who the guest is on presence channels. Default `guest-1`
   */
  authorizer(
    member: PusherMember = { user_id: 'guest-1' },
  ): (request: PusherSignRequest) => Promise<PusherSignature> {
    return ({ socketId, channel }) =>
      this.host.sign(socketId, channel, isPresence(channel) ? member : undefined);
  }

  /**
   * Listens on an address of mock-socket; hand `url` and `WebSocket` of the result to the client.
   * @param origin such as `wss://pusher.test`, without a path
   * @throws when somebody listens on it already
   */
  listen(origin: string): MockSocketServer {
    const url = this.#path(origin);
    const listener = listenOnMockSocket(url.replace(/\?.*/, ''), {
      dial: (end, address) => this.network.dial(end, address),
      selectProtocol: () => '',
      onBusy: (until) => {
        this.#underWay.add(until);
        void until.then(() => this.#underWay.delete(until));
      },
    });
    this.#listeners.add(listener);
    return { url, WebSocket: listener.WebSocket, stop: () => listener.stop() };
  }

  /** Ends it: cuts all lines, refuses new ones, frees the addresses. */
  async stop(): Promise<void> {
    this.network.recover().refuse().drop();
    for (const listener of this.#listeners) listener.stop();
    this.#listeners.clear();
  }

  #path(origin: string): string {
    return `${origin}/app/${encodeURIComponent(this.host.key)}?protocol=7`;
  }

  /** When everything has arrived and is answered; undefined when it is. */
  #quiet(): Promise<void> | undefined {
    const busy = [...this.#underWay, this.host.quiet()].filter((wait) => wait !== undefined);
    return busy.length > 0 ? Promise.all(busy).then(() => undefined) : undefined;
  }
}
