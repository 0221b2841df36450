import type { CompleteBackend } from '../backends/backend.js';
import { Timer, type Clock } from '../platform/clock.js';
import type { ClientCommand } from '../protocol/client-command.js';
import type { Frame } from '../protocol/frame.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Session } from '../protocol/session.js';
import {
  LinkError,
  type Link,
  type LinkAttempt,
  type LinkClose,
  type LinkReport,
} from '../transports/transport.js';

/** A welcome must follow the hello within this time (docs/protocol.md, "Timing"). */
const GREETING_TIMEOUT_MS = 5000;

/** What a line needs, and whom it tells. */
export interface LineOptions {
  backend: CompleteBackend;
  clock: Clock;
  /** Who is calling; asked anew for each line, since it may fetch a fresh token. */
  session(): Promise<Session>;
  hello(session: Session): ClientCommand;
  /** The line is usable: the server answered the hello, or is of a kind that never does. */
  onGreeted(): void;
  /** Events of one frame. The welcome is the first there is. */
  onEvents(events: readonly ServerEvent[]): void;
  /** Something arrived that could not be read; the line goes on. */
  onFault(error: unknown): void;
  /** Something for status and diagnosis. The wire that carries is told before the greeting. */
  onReport(report: LinkReport): void;
  /** The line is over; called once, and not after `close`. */
  onEnd(close: LinkClose): void;
}

/** One attempt and what comes of it: opened, greeted, carrying, over. A reconnect is a new line. */
export class Line {
  readonly #options: LineOptions;
  readonly #opening = new AbortController();
  readonly #greeting: Timer;
  #session: Session | undefined;
  #link: Link | undefined;
  #greeted = false;
  #over = false;
  /** What has been told of this line already, by kind. */
  readonly #told = new Set<LinkReport['kind']>();
  #begun: number | undefined;
  /** The wire that has opened last. */
  #wire: Pick<LinkAttempt, 'transport' | 'url'> | undefined;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#greeting = new Timer(options.clock);
    void this.#open();
  }

  /** Whether the server has answered the hello. */
  get greeted(): boolean {
    return this.#greeted && !this.#over;
  }

  /**
   * Sends a command; resolves when the wire has taken it.
   * @returns false where the backend has no such command
   * @throws when the line is not open
   */
  async send(command: ClientCommand): Promise<boolean> {
    if (!this.#link || !this.#session || this.#over) throw new Error('the line is not open');
    const frame = this.#options.backend.codec.encode(command, this.#session);
    if (!frame) return false;
    const reply = await this.#link.send(frame);
    if (reply) this.#receive(reply);
    return true;
  }

  /** Asks for a sign of life within `patienceMs`; see `Link.probe`. */
  probe(patienceMs?: number, owedForMs?: number): void {
    this.#link?.probe(patienceMs, owedForMs);
  }

  /** Ends the line from our side, without a word to the owner. */
  close(reason?: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#greeting.clear();
    this.#opening.abort();
    this.#link?.close(reason);
  }

  async #open(): Promise<void> {
    const { backend, clock, session, hello } = this.#options;
    const { name: transport, url } = backend.transport;
    /** A chain of wires has told of each of them itself. */
    const attempted = (close?: LinkClose): void => {
      if (this.#begun === undefined || this.#told.has('attempt')) return;
      this.#attempt({ transport, url }, close);
    };
    try {
      this.#session = await session();
      if (this.#over) return;
      this.#begun = clock.now();
      const link = await backend.transport.open(
        this.#session,
        {
          onFrame: (frame) => this.#receive(frame),
          onFault: (error) => this.#options.onFault(error),
          onClose: (close) => this.#end(close),
          onReport: (report) => this.#report(report),
        },
        this.#opening.signal,
      );
      if (this.#over) return link.close();
      this.#link = link;
      attempted();
      if (!this.#told.has('wire')) this.#report({ kind: 'wire', provider: transport });
      this.#greeting.set(GREETING_TIMEOUT_MS, () =>
        this.#end({ reason: 'late', retry: 'backoff', detail: 'no welcome in time' }),
      );
      await this.send(hello(this.#session));
      if (!backend.codec.traits.greets) this.#greet();
    } catch (error) {
      const close = error instanceof LinkError ? error.close : lost(error);
      if (!this.#link && !this.#over) attempted(close);
      this.#end(close);
    }
  }

  #attempt(
    { transport, url }: Pick<LinkAttempt, 'transport' | 'url'>,
    close?: LinkClose,
    ended?: true,
  ): void {
    const { reason: outcome, code, detail } = close ?? { reason: 'open' as const };
    const ms = this.#options.clock.now() - this.#begun!;
    this.#report({ kind: 'attempt', transport, url, outcome, code, detail, ms, ended });
  }

  #report(report: LinkReport): void {
    this.#told.add(report.kind);
    if (report.kind === 'attempt' && report.outcome === 'open') this.#wire = report;
    if (!this.#over) this.#options.onReport(report);
  }

  #receive(frame: Frame): void {
    if (this.#over) return;
    let events: readonly ServerEvent[];
    try {
      events = this.#options.backend.codec.decode(frame, this.#options.onFault);
    } catch (error) {
      this.#options.onFault(error);
      return;
    }
    if (!events.length) this.#report({ kind: 'ignored', event: frame.event });
    if (events.some((event) => event.type === 'welcome')) {
      this.#greet();
    } else if (!this.#greeted) {
      // Before the welcome only a refusal has a meaning.
      events = events.filter(({ type }) => type === 'error' || type === 'bye');
    }
    if (events.length) this.#options.onEvents(events);
  }

  #greet(): void {
    if (this.#greeted || this.#over) return;
    this.#greeted = true;
    this.#greeting.clear();
    this.#options.onGreeted();
  }

  #end(close: LinkClose): void {
    if (this.#over) return;
    if (this.#link && this.#wire) this.#attempt(this.#wire, close, true);
    this.close();
    this.#options.onEnd(close);
  }
}

function lost(error: unknown): LinkClose {
  return { reason: 'lost', retry: 'backoff', detail: error instanceof Error ? error.message : String(error) };
}
