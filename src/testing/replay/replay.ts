import type { CompleteBackend } from '../../backends/backend.js';
import { nativeBackend } from '../../backends/native/index.js';
import { SUBPROTOCOL } from '../../backends/native/wire.js';
import { systemClock, type Clock } from '../../platform/clock.js';
import type { ClientEnd, ClientGrip } from '../bindings/client-end.js';
import { memorySocket } from '../bindings/memory-socket.js';
import { Network } from '../network.js';
import { TrafficLog, type LogEntry } from '../traffic-log.js';
import { deedsOf, perform, type Deed, type Doer } from './deeds.js';
import { ReplayLine, type ReplayState } from './replay-line.js';

/** How a recording is replayed. */
export interface ReplayOptions {
  /** Hand the same `ManualClock` to the client. Default: real time. */
  clock?: Clock;
}

/** The server's side of a recording, made by `replay(log)`. */
export class Replay {
  /** What the guest did by themselves, in order. */
  readonly deeds: readonly Deed[];
  readonly #connections: readonly (readonly LogEntry[])[];
  readonly #state: ReplayState;
  readonly #log: TrafficLog;
  readonly #network: Network;
  readonly #lines: ReplayLine[] = [];
  #dialed = 0;

  /** Made by `replay(log)`. */
  constructor(log: readonly LogEntry[], { clock = systemClock }: ReplayOptions) {
    const numbers = [...new Set(log.map(({ connection }) => connection))];
    this.#connections = numbers.map((number) => log.filter(({ connection }) => connection === number));
    this.#state = { clock, ids: new Map(), problems: [] };
    this.deeds = deedsOf(log);
    this.#log = new TrafficLog(clock);
    this.#network = new Network(clock, this.#log, (socket) => {
      const line = new ReplayLine(this.#state, socket, this.#connections[this.#dialed - 1] ?? []);
      this.#lines.push(line);
      return line;
    });
  }

  /** What went over the network in the replay. */
  get log(): readonly LogEntry[] {
    return this.#log.entries;
  }

  /** What is not as it was recorded so far, a sentence each; empty while everything is. */
  get problems(): readonly string[] {
    const unsaid = this.#lines.flatMap(({ left }) => left).filter(isServerFrame);
    return [
      ...this.#state.problems,
      ...(unsaid.length > 0
        ? [`${unsaid.length} frames of the server were not said, first ${unsaid[0]!.text}`]
        : []),
    ];
  }

  /** A backend in the same page that plays the server's side. */
  backend(): CompleteBackend {
    const dial = (end: ClientEnd, url: string): ClientGrip => this.#dial(end, url);
    const WebSocket = memorySocket({ dial }, (offered) => (offered.includes(SUBPROTOCOL) ? SUBPROTOCOL : ''));
    const { clock } = this.#state;
    return { ...nativeBackend({ url: 'wss://replay.invalid/chat', WebSocket, clock }), name: 'mock' };
  }

  /** Does with a widget, or a `ChatClient`, what the guest did, at the same times. Times pass as the clock says. */
  play(doer: Doer): void {
    doer.connect?.();
    for (const deed of this.deeds) this.#state.clock.setTimeout(() => perform(deed, doer), deed.afterMs);
  }

  /** Ends it: cuts the lines, and refuses new ones. */
  async stop(): Promise<void> {
    this.#network.recover().refuse().drop();
  }

  #dial(end: ClientEnd, url: string): ClientGrip {
    const recorded = this.#connections[this.#dialed++];
    if (!recorded) this.#state.problems.push(`a connection was tried that the recording does not have`);
    const what = recorded?.[0]?.what;
    if (!recorded || what === 'refused') this.#network.refuse(1);
    // It hung until the recording ended, or until somebody gave up.
    if (what === 'hung') return { send: () => {}, close: () => {} };
    return this.#network.dial(end, url);
  }
}

function isServerFrame(entry: LogEntry): entry is LogEntry & { what: 'frame' } {
  return entry.what === 'frame' && entry.from === 'server' && !entry.lost && entry.frame.event !== 'pong';
}

/**
 * Makes a server that plays the server's side of a recorded log: the same frames after the same guest frames, as long after
 * them, the same refusals, cuts and close codes. So what happened once can happen in every test.
 *
 * ```ts
 * const server = replay(JSON.parse(log), { clock });
 * const client = new ChatClient({ backend: server.backend(), namespace: 'test', clock });
 * await client.start();
 * server.play(client);
 * await clock.advance(60_000);
 * ```
 *
 * @param log `server.log` of a `MockChatServer`, as it is or from JSON, of guests who speak docs/protocol.md
 */
export function replay(log: readonly LogEntry[], options: ReplayOptions = {}): Replay {
  return new Replay(log, options);
}
