/** The mock server as tests hold it; longer than most because everything that it offers is in one class, described. */
import type { CompleteBackend } from '../backends/backend.js';
import { nativeBackend } from '../backends/native/index.js';
import { SUBPROTOCOL } from '../backends/native/wire.js';
import { systemClock, type Clock } from '../platform/clock.js';
import type { ClientCommand } from '../protocol/client-command.js';
import { memorySocket } from './bindings/memory-socket.js';
import { listenOnMockSocket, type MockSocketServer } from './bindings/mock-socket.js';
import { TextLine, type TextSocket } from './bindings/text-line.js';
import type { ServerEnd } from './cable.js';
import { ChatHost, type Arrival, type ChatHostOptions, type ShutDownOptions } from './host/chat-host.js';
import type { Conversation } from './host/conversation.js';
import { countingIds, randomIds } from './identifiers.js';
import { ManualClock } from './manual-clock.js';
import { Network } from './network.js';
import { Cast, type Playable } from './script/cast.js';
import type { Spoilable } from './script/stage.js';
import { seeded } from './seed.js';
import { TrafficLog, type LogEntry } from './traffic-log.js';
import { TurnQueue, type Unmatched } from './turn-queue.js';
import { AI, Turn, staffAuthor, type StaffProfile } from './turn.js';
import { Voice } from './voice.js';

/** How a `MockChatServer` is set up. */
export interface MockChatServerOptions extends Pick<
  ChatHostOptions,
  'features' | 'limits' | 'heartbeatMs' | 'makeId' | 'authenticate' | 'unknown' | 'afterEnd' | 'lingerMs'
> {
  /** Stories the server tells by itself, as data or in code; the first that takes something is the only one. */
  scenarios?: readonly Playable[];
  /** Time of the server and of its network. Hand the same `ManualClock` to the client. Default: real time. */
  clock?: Clock;
  /**
   * What is done about a message or an escalation that neither a scenario nor `nextTurn()` takes within a second: a
   * warning in the console (`warn`), a rejected `stop()` (`fail`), or nothing (`ignore`), and unanswered it stays. `echo`
   * says it back at once. Default `warn`.
   */
  unmatched?: Unmatched;
  /**
   * Chance of the scenarios: what they leave open, such as pauses from one time to another, is the same for the same seed.
   * With a seed ids count, too. Default: real chance, and random ids.
   */
  seed?: number;
  /** Told of each line of `log` as it is written. */
  onLog?: (entry: LogEntry) => void;
}

/**
 * A chat server in the page, for tests, demos and development. It speaks the protocol of docs/protocol.md with the very
 * types the widget uses; drive it by scenarios, or step by step by turns.
 *
 * ```ts
 * const server = new MockChatServer();
 * const widget = await fixture(html`<chat-widget .backend=${server.backend()}></chat-widget>`);
 * widget.send('Hello');
 * const turn = await server.nextTurn();
 * turn.ack().type().stream('Hel', 'lo');
 * ```
 */
export class MockChatServer {
  /** Time of the server. */
  readonly clock: Clock;
  /** What can go wrong between widgets and the server. */
  readonly network: Network;
  /** The engine, for what this class does not offer, such as `snapshot()` and `restore()`. */
  readonly host: ChatHost;
  readonly #cast: Cast;
  readonly #networks: Spoilable[];
  readonly #queue: TurnQueue;
  readonly #log: TrafficLog;
  readonly #listeners = new Set<MockSocketServer>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #doors = new Map<string, (socket: TextSocket, url: string) => ServerEnd>();

  /**
   * @param options all of them have defaults
   * @throws {ScenarioError} for a scenario that cannot be played, naming everything that is wrong with it
   */
  constructor({
    scenarios = [],
    clock = systemClock,
    unmatched = 'warn',
    seed,
    onLog,
    makeId = seed === undefined ? randomIds : countingIds(),
    ...options
  }: MockChatServerOptions = {}) {
    this.clock = clock;
    this.host = new ChatHost({
      ...options,
      clock,
      makeId,
      onArrival: (arrival) => this.#take(arrival),
      onBegin: (conversation) => this.#cast.begins(conversation),
      onGreeting: (conversation, hello, resumed) => {
        const command: ClientCommand = { type: 'hello', ...hello };
        this.#cast.greets(new Turn(this.host, { conversation, command }), resumed);
      },
    });
    this.#queue = new TurnQueue(this.host, unmatched);
    this.#log = new TrafficLog(clock, onLog);
    this.network = new Network(clock, this.#log, (socket, url) => {
      const { pathname } = new URL(url);
      const door = [...this.#doors].find(([path]) => pathname.startsWith(path))?.[1];
      return door?.(socket, url) ?? new TextLine(this.host, socket);
    });
    this.#networks = [this.network];
    const chance = seed === undefined ? () => clock.random() : seeded(seed);
    this.#cast = new Cast(scenarios, { host: this.host, chance, networks: this.#networks });
    if (clock instanceof ManualClock) clock.waitsFor(() => this.#quiet());
  }

  /** Every frame both ways, as its sender sent it, and every opening and closing, in order. */
  get log(): readonly LogEntry[] {
    return this.#log.entries;
  }

  /** All conversations, in the order they began. */
  get conversations(): readonly Conversation[] {
    return this.host.conversations;
  }

  /**
   * Adds scenarios behind those that are there; fallbacks such as `aiReply()` are asked last in any case.
   * @throws {ScenarioError} for data that cannot be played, naming everything that is wrong with it
   */
  use(...scenarios: Playable[]): this {
    this.#cast.add(scenarios);
    return this;
  }

  /**
   * Answers what calls a path in another protocol, over the same network and into the same log.
   * @param path beginning of the paths, such as `/socket.io/`
   * @param answer makes the server's end of a connection
   */
  answers(path: string, answer: (socket: TextSocket, url: string) => ServerEnd): this {
    this.#doors.set(path, answer);
    return this;
  }

  /** Lets the step `fault` of scenarios spoil another network, too, such as a `FakeFetch`. */
  spoils(network: Spoilable): this {
    this.#networks.push(network);
    return this;
  }

  /** A backend for a widget or a `ChatClient` in the same page: no socket, but the real frames, text and all. */
  backend(): CompleteBackend {
    const { clock } = this;
    const WebSocket = memorySocket(this.network, selectProtocol);
    return { ...nativeBackend({ url: 'wss://mock.invalid/chat', WebSocket, clock }), name: 'mock' };
  }

  /**
   * Listens on an address of mock-socket; hand the `WebSocket` of the result to the widget.
   * @param url any address, such as `wss://chat.test`
   * @throws when somebody listens on it already
   */
  listen(url: string): MockSocketServer {
    const listener = listenOnMockSocket(url, {
      dial: (end, address) => this.network.dial(end, address),
      selectProtocol,
      onBusy: (until) => {
        this.#underWay.add(until);
        void until.then(() => this.#underWay.delete(until));
      },
    });
    this.#listeners.add(listener);
    return listener;
  }

  /**
   * The next guest message, to be answered step by step: one that no scenario took, or the next to come, which then no
   * scenario gets. It is not acknowledged before an answer or `turn.ack()`.
   * @throws {UnmatchedError} when the server is stopped first
   */
  nextTurn(): Promise<Turn> {
    return this.nextCommand('send');
  }

  /**
   * The next command of a type, such as `escalate`, `rate` or `read`; else like `nextTurn()`.
   * @throws {UnmatchedError} when the server is stopped first
   */
  nextCommand(type: Exclude<ClientCommand['type'], 'hello' | 'history' | 'ping'>): Promise<Turn> {
    return this.#queue.next(type);
  }

  /** A person of the team, to speak unasked. @param conversation default: the one that began last */
  staff(profile: StaffProfile, conversation: Conversation = this.#newest()): Voice {
    return new Voice(this.host, conversation, staffAuthor(profile));
  }

  /** The AI, to speak unasked. @param conversation default: the one that began last */
  ai(conversation: Conversation = this.#newest()): Voice {
    return new Voice(this.host, conversation, AI);
  }

  /** A planned restart: `bye`, then a close code to all connections. Conversations stay, and widgets may come back. */
  shutDown(options?: ShutDownOptions): this {
    this.host.shutDown(options);
    return this;
  }

  /**
   * Ends it: cuts all lines, refuses new ones, drops every timer, frees the addresses.
   * @throws {UnmatchedError} with `unmatched: 'fail'`, naming what nobody answered
   */
  async stop(): Promise<void> {
    this.network.recover().refuse().drop();
    for (const listener of this.#listeners) listener.stop();
    this.#listeners.clear();
    this.host.stop();
    this.#queue.stop();
  }

  #take(arrival: Arrival): void {
    const turn = new Turn(this.host, arrival);
    this.#cast.hears(turn);
    if (this.#queue.offer(turn)) return;
    const scenario = this.#cast.taker(turn);
    // What a scenario throws is nobody's to catch: it ends as an unhandled rejection, which test runners report.
    if (scenario) void (async () => scenario.play(turn))();
    else this.#queue.hold(turn);
  }

  /** When everything has arrived that is under way on mock-socket; undefined when nothing is. */
  #quiet(): Promise<void> | undefined {
    const underWay = [...this.#underWay];
    return underWay.length > 0 ? Promise.all(underWay).then(() => undefined) : undefined;
  }

  #newest(): Conversation {
    const newest = this.conversations.at(-1);
    if (!newest) throw new Error('there is no conversation yet: a widget has to connect first');
    return newest;
  }
}

function selectProtocol(offered: readonly string[]): string {
  return offered.includes(SUBPROTOCOL) ? SUBPROTOCOL : '';
}
