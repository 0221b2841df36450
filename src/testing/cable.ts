import type { Clock } from '../platform/clock.js';
import type { ClientEnd, ClientGrip } from './bindings/client-end.js';
import type { TextSocket } from './bindings/text-line.js';
import { Pipe } from './pipe.js';
import type { LogEvent, TrafficLog } from './traffic-log.js';

/** What is wrong with the network at the moment. */
export interface Faults {
  delayMs: number;
  duplicate: boolean;
  /** Frames of the server sent within this many milliseconds arrive in reverse order; undefined: in order. */
  reorderMs: number | undefined;
  blackhole: boolean;
  /** How many of the server's next frames arrive damaged. */
  corrupt: number;
}

/** The server's end of a cable. */
export interface ServerEnd {
  /** A text arrived. */
  receive(text: string): void;
  /** The connection is over, whoever ended it. */
  closed(): void;
}

/** What a cable is made of. */
export interface CableOptions {
  readonly connection: number;
  readonly clock: Clock;
  readonly log: TrafficLog;
  readonly faults: Faults;
  /** Makes the server's end, when the connection opens. */
  answer(socket: TextSocket): ServerEnd;
  /** The cable is over for both ends. */
  onOver(cable: Cable): void;
}

/** One connection through the network, with everything the network does to it. */
export class Cable implements ClientGrip {
  readonly #options: CableOptions;
  readonly #client: ClientEnd;
  readonly #up: Pipe;
  readonly #down: Pipe;
  #state: 'dialing' | 'open' | 'over' = 'dialing';
  #server: ServerEnd | undefined;
  #serverGone = false;
  #held: (() => void)[] = [];

  constructor(client: ClientEnd, options: CableOptions) {
    const { clock, faults } = options;
    this.#options = options;
    this.#client = client;
    this.#up = new Pipe(clock, () => faults.delayMs);
    this.#down = new Pipe(clock, () => faults.delayMs);
  }

  /** Connects both ends. */
  open(): void {
    this.#down.push(() => {
      if (this.#state !== 'dialing') return;
      this.#state = 'open';
      this.#note({ what: 'opened' });
      this.#server = this.#options.answer({
        send: (text) => this.#tell(text),
        close: (code, reason) => this.#closeFromServer(code, reason),
      });
      this.#client.opened();
    });
  }

  /** Nobody answers the call. */
  refuse(): void {
    this.#state = 'over';
    this.#note({ what: 'refused' });
    this.#down.push(() => this.#client.closed(1006, ''));
    this.#options.onOver(this);
  }

  /** The call stays unanswered until the network recovers, or the widget gives up. */
  hang(): void {
    this.#note({ what: 'hung' });
  }

  /** Whether it carries anything. */
  get isOpen(): boolean {
    return this.#state === 'open';
  }

  /** The black hole is gone: what waited is answered, and an end that hears of the other's end at last, ends too. */
  recover(): void {
    if (this.#state === 'dialing') this.open();
    else if (this.#state === 'over') this.#hangUp();
    else if (this.#serverGone) this.cut();
  }

  /** The line is cut: what was under way is lost, and both ends notice at once. */
  cut(): void {
    if (this.#state === 'over') return;
    this.#finish('network', 1006, '');
    this.#up.cut();
    this.#down.cut();
    this.#held = [];
    queueMicrotask(() => {
      this.#server?.closed();
      this.#client.closed(1006, '');
    });
  }

  /** From the widget. */
  send(text: string): void {
    if (this.#state !== 'open') return;
    const { connection, log, faults } = this.#options;
    log.frame(connection, 'guest', text, faults.blackhole);
    if (!faults.blackhole) this.#up.push(() => this.#server?.receive(text));
  }

  /** From the widget. While everything is swallowed, the server does not even learn of this. */
  close(code: number, reason: string): void {
    if (this.#state === 'over') return;
    this.#finish('guest', code, reason);
    this.#down.cut();
    if (!this.#options.faults.blackhole) this.#hangUp();
  }

  /** The server closes it, as for `network.close(code)`. */
  closeFromServer(code: number, reason: string): void {
    if (this.#state !== 'open') return;
    this.#server?.closed();
    this.#closeFromServer(code, reason);
  }

  #closeFromServer(code: number, reason: string): void {
    if (this.#state === 'over') return;
    this.#flush();
    this.#serverGone = true;
    // In a black hole the widget hears nothing and keeps a line that is dead.
    if (this.#options.faults.blackhole) return;
    this.#finish('server', code, reason);
    this.#down.push(() => this.#client.closed(code, reason));
    this.#options.onOver(this);
  }

  #hangUp(): void {
    this.#up.push(() => this.#server?.closed());
    this.#options.onOver(this);
  }

  #tell(text: string): void {
    if (this.#state !== 'open') return;
    const { connection, log, faults } = this.#options;
    const damaged = !faults.blackhole && faults.corrupt > 0;
    log.frame(connection, 'server', text, faults.blackhole || damaged);
    if (faults.blackhole) return;
    if (damaged) faults.corrupt--;
    // Half of a JSON object is never JSON.
    const arriving = damaged ? text.slice(0, Math.floor(text.length / 2)) : text;
    const deliver = (): void => this.#client.received(arriving);
    const deliveries = faults.duplicate ? [deliver, deliver] : [deliver];
    if (faults.reorderMs === undefined) for (const each of deliveries) this.#down.push(each);
    else this.#hold(deliveries, faults.reorderMs);
  }

  #hold(deliveries: (() => void)[], windowMs: number): void {
    const first = this.#held.length === 0;
    this.#held.push(...deliveries);
    if (!first) return;
    if (windowMs > 0) this.#options.clock.setTimeout(() => this.#flush(), windowMs);
    else queueMicrotask(() => this.#flush());
  }

  #flush(): void {
    for (const deliver of this.#held.toReversed()) this.#down.push(deliver);
    this.#held = [];
  }

  #finish(by: 'guest' | 'server' | 'network', code: number, reason: string): void {
    this.#state = 'over';
    this.#note({ what: 'closed', by, code, reason });
    if (by === 'network') this.#options.onOver(this);
  }

  #note(event: LogEvent): void {
    this.#options.log.note(this.#options.connection, event);
  }
}
