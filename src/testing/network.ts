import type { Clock } from '../platform/clock.js';
import type { ClientEnd, ClientGrip, Dialer } from './bindings/client-end.js';
import type { TextSocket } from './bindings/text-line.js';
import { Cable, type Faults, type ServerEnd } from './cable.js';
import type { TrafficLog } from './traffic-log.js';

/** Everything in order. */
const SOUND: Faults = { delayMs: 0, duplicate: false, reorderMs: undefined, blackhole: false, corrupt: 0 };

/**
 * The network between widgets and the server, and what can go wrong with it. Faults hold until `recover()`, unless they
 * say otherwise, work the same for every binding, and can be chained: `network.drop().refuse(3)`.
 */
export class Network implements Dialer {
  readonly #clock: Clock;
  readonly #log: TrafficLog;
  readonly #answer: (socket: TextSocket, url: string) => ServerEnd;
  readonly #cables = new Set<Cable>();
  readonly #faults: Faults = { ...SOUND };
  #refusals = 0;
  #dialed = 0;

  /** Made by a mock server. @param answer makes the server's end of a connection */
  constructor(clock: Clock, log: TrafficLog, answer: (socket: TextSocket, url: string) => ServerEnd) {
    this.#clock = clock;
    this.#log = log;
    this.#answer = answer;
  }

  /** How many connections are open. */
  get connections(): number {
    return [...this.#cables].filter((cable) => cable.isOpen).length;
  }

  /** How many connections were tried, refused ones and those that hang included. */
  get attempts(): number {
    return this.#dialed;
  }

  /** Cuts all lines at once, in the middle of whatever they carry: widgets see close code 1006. New ones can be opened. */
  drop(): this {
    return this.#each((cable) => cable.cut());
  }

  /** Refuses the next `count` attempts to connect (1006). Default all of them, until `recover()`. */
  refuse(count = Infinity): this {
    this.#refusals = count;
    return this;
  }

  /** Everything takes `ms` milliseconds longer each way, opening and closing included; the order stays. */
  delay(ms: number): this {
    this.#faults.delayMs = ms;
    return this;
  }

  /** Every frame of the server arrives twice. */
  duplicate(): this {
    this.#faults.duplicate = true;
    return this;
  }

  /**
   * Frames that the server sends within `windowMs` milliseconds arrive in reverse order. Default 0: those that it sends
   * in one go, such as `turn.says('a').says('b')`.
   */
  reorder(windowMs = 0): this {
    this.#faults.reorderMs = windowMs;
    return this;
  }

  /**
   * Swallows everything both ways and tells nobody: open lines stay open and dead, new ones are neither opened nor
   * refused. After `recover()` attempts that still wait are answered; what was swallowed stays lost.
   */
  blackhole(): this {
    this.#faults.blackhole = true;
    return this;
  }

  /** The server closes all lines with a close code. @param code of docs/protocol.md, "Closing codes" */
  close(code: number, reason = ''): this {
    return this.#each((cable) => cable.closeFromServer(code, reason));
  }

  /** The next `count` frames of the server arrive damaged, so that they are no JSON. Default 1. */
  corrupt(count = 1): this {
    this.#faults.corrupt = count;
    return this;
  }

  /** Ends all faults. */
  recover(): this {
    const wasBlackhole = this.#faults.blackhole;
    Object.assign(this.#faults, SOUND);
    this.#refusals = 0;
    if (!wasBlackhole) return this;
    return this.#each((cable) => cable.recover());
  }

  /** A widget connects. @param url the address that it called */
  dial(end: ClientEnd, url: string): ClientGrip & { cut(): void } {
    const cable = new Cable(end, {
      connection: ++this.#dialed,
      clock: this.#clock,
      log: this.#log,
      faults: this.#faults,
      answer: (socket) => this.#answer(socket, url),
      onOver: (over) => this.#cables.delete(over),
    });
    this.#cables.add(cable);
    if (this.#faults.blackhole) cable.hang();
    else if (this.#refusals > 0) {
      this.#refusals--;
      cable.refuse();
    } else cable.open();
    return cable;
  }

  #each(act: (cable: Cable) => void): this {
    for (const cable of [...this.#cables]) act(cable);
    return this;
  }
}
