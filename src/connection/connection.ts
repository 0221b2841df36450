/** This file is longer than others because one state machine is best read in one piece; its decisions stand in retry-policy.ts. */
import type { CompleteBackend } from '../backends/backend.js';
import { Timer, type Clock } from '../platform/clock.js';
import type { WakeSignal, WakeSignals } from '../platform/wake-signals.js';
import type { ClientCommand } from '../protocol/client-command.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Session } from '../protocol/session.js';
import type { LinkClose, LinkReport } from '../transports/transport.js';
import { Line } from './line.js';
import { RetryPolicy } from './retry-policy.js';
import { mayFollow, type ConnectionState, type ConnectionStatus } from './status.js';

/** After a wake signal a line that claims to live has this long to prove it (docs/protocol.md, "Timing"). */
const WAKE_PATIENCE_MS = 3000;

/** A wait that another tab was asked for counts here for at most this long: its end was told on the wall clock, which jumps. */
const MAX_INHERITED_MS = 60_000;

/** What a connection is made of, and whom it tells. */
export interface ConnectionOptions {
  backend: CompleteBackend;
  clock: Clock;
  wake: WakeSignals;
  /** Hidden for this many milliseconds, the line is paused; 0 for never. */
  idlePauseMs: number;
  /** Whether the line may be paused now: not while somebody waits for a person. */
  mayPause(): boolean;
  /** Whether somebody looks at another page that this line serves. */
  othersVisible?(): boolean;
  /** Who is calling; asked anew for each attempt. Rejects when no token could be had. */
  session(): Promise<Session>;
  /** Whether a refused token can be replaced by a fresh one. */
  renewable(): boolean;
  hello(session: Session): ClientCommand;
  onState(state: ConnectionState): void;
  onEvents(events: readonly ServerEvent[]): void;
  /** Something for diagnosis. */
  onReport?(report: LinkReport): void;
  onFault(error: unknown): void;
  /** The conversation does not exist any more; the next hello must ask for a new one. */
  onGone(): void;
}

/**
 * Keeps one line to the backend alive: opens it when it is wanted, notices its end, comes back with full jitter, and
 * follows network and attention. Knows no messages.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #policy: RetryPolicy;
  readonly #retry: Timer;
  readonly #idle: Timer;
  #state: ConnectionState = { status: 'idle' };
  #line: Line | undefined;
  #wire: Pick<ConnectionState, 'provider' | 'channel'> = {};
  #stopListening: (() => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#policy = new RetryPolicy(options.clock);
    this.#retry = new Timer(options.clock);
    this.#idle = new Timer(options.clock);
  }

  /** Where the line stands. */
  get state(): ConnectionState {
    return this.#state;
  }

  /** Wants a line. Also the guest's Try now and Retry: leaves every waiting state at once. */
  connect(): void {
    this.#listen();
    if (this.#line) return;
    this.#policy.reset();
    this.#try();
  }

  /** Wants no line any more. */
  disconnect(reason = 'disconnected'): void {
    this.rest(reason);
    this.#policy.reset();
    this.#set({ status: 'idle', reason });
  }

  /**
   * Goes on from where the connection of another tab stood: a line it had is opened again, and what it had come to
   * holds here, too.
   */
  adopt(state: ConnectionState): void {
    const { clock, wake } = this.#options;
    const { status, reason, retryAt } = state;
    this.#listen();
    this.#drop();
    this.#state = state;
    if (status === 'online' || status === 'reconnecting') this.#policy.lost();
    // What the server asked of all tabs, it asked of this one.
    if (retryAt && (reason === 'restart' || reason === 'busy')) {
      this.#policy.ask(Math.min(Math.max(0, retryAt - clock.date()), MAX_INHERITED_MS));
      this.#hurry();
    } else if (status === 'paused' ? wake.visible && reason !== 'replaced' : !/idle|failed/.test(status)) {
      this.#try(status === 'online' ? 'lost' : reason);
    }
  }

  /** Lets go of the line without a word, since another tab has one or the page stands still. */
  rest(reason?: string): void {
    this.#stopListening?.();
    this.#stopListening = undefined;
    this.#idle.clear();
    this.#drop(reason);
  }

  /** The guest did something that needs the line: tries sooner, as far as the server allows. */
  nudge(): void {
    const { status, reason } = this.#state;
    if (status === 'idle' || (status === 'paused' && reason === 'replaced')) this.connect();
    else this.#hurry();
  }

  /**
   * Sends a command over the greeted line; resolves when the wire has taken it.
   * @returns false where the backend has no such command
   * @throws when there is no greeted line
   */
  async send(command: ClientCommand): Promise<boolean> {
    if (!this.#line?.greeted) throw new Error('there is no line');
    return this.#line.send(command);
  }

  /** Asks the line for a sign of life, because it owes an answer. @param owedForMs see `Link.probe` */
  probe(owedForMs?: number): void {
    this.#line?.probe(undefined, owedForMs);
  }

  /** Treats the line as lost: it lives, but is of no use. */
  giveUp(): void {
    if (this.#line) this.#onEnd({ reason: 'lost', retry: 'backoff', detail: 'of no use' });
  }

  #listen(): void {
    this.#stopListening ??= this.#options.wake.subscribe((signal) => this.heed(signal));
  }

  /** Tries now; the status says `connecting` until the first attempt has failed. */
  #try(reason = this.#state.reason): void {
    const { wake } = this.#options;
    this.#retry.clear();
    if (!wake.online) {
      this.#set({ status: 'offline', reason: 'offline' });
      return;
    }
    this.#policy.started();
    const attempt = this.#policy.failures;
    this.#set(attempt ? { status: 'reconnecting', attempt, reason } : { status: 'connecting' });
    this.#line = this.#open();
  }

  #open(): Line {
    const { backend, clock, session, hello, onFault } = this.#options;
    // A line that is over says nothing more, so only the current one is ever heard here.
    return new Line({
      backend,
      clock,
      session,
      hello,
      onFault,
      onGreeted: () => {
        this.#policy.greeted();
        this.#set({ status: 'online', ...this.#wire });
        this.#watchIdle();
      },
      onReport: (report) => this.#onReport(report),
      onEvents: (events) => this.#onEvents(events),
      onEnd: (close) => this.#onEnd(close),
    });
  }

  #onReport(report: LinkReport): void {
    if (report.kind === 'wire') {
      const { provider, channel } = report;
      this.#wire = { provider, ...(channel && { channel }) };
      // A line may change its wire on the way.
      if (this.#state.status === 'online' && this.#line?.greeted) {
        this.#set({ status: 'online', ...this.#wire });
      }
    }
    this.#options.onReport?.(report);
  }

  #onEvents(events: readonly ServerEvent[]): void {
    const line = this.#line;
    for (const event of events) {
      if (event.type === 'bye') this.#policy.bye(event.retryAfterMs, event.spreadMs);
      else if (event.type === 'error' && event.retryAfterMs !== undefined)
        this.#policy.ask(event.retryAfterMs);
    }
    this.#options.onEvents(events);
    const fatal = events.find((event) => event.type === 'error' && event.fatal);
    if (fatal && line === this.#line) {
      this.#drop();
      this.#onEnd({ reason: 'refused', retry: 'never' });
    }
  }

  #onEnd(close: LinkClose): void {
    const { wake, renewable, onGone, othersVisible } = this.#options;
    this.#drop();
    if (close.reason === 'gone') onGone();
    const visible = wake.visible || othersVisible?.() === true;
    const decision = this.#policy.after(close, { visible, renewable: renewable() });
    if (decision.status === 'reconnecting') this.#wait(decision.delayMs, decision.reason);
    else this.#set(decision);
  }

  #wait(delayMs: number, reason: string | undefined): void {
    const { clock, wake } = this.#options;
    if (!wake.online) {
      this.#set({ status: 'offline', reason: 'offline' });
      return;
    }
    const attempt = this.#policy.failures;
    this.#set({ status: 'reconnecting', attempt, retryAt: clock.date() + delayMs, reason });
    this.#retry.set(delayMs, () => this.#try());
  }

  /** At once instead of the backoff, but never earlier than the server asked, and at most once a second. */
  #hurry(): void {
    if (this.#line) return;
    const { status, reason } = this.#state;
    if (status !== 'reconnecting' && status !== 'offline' && status !== 'paused') return;
    const delayMs = this.#policy.eagerDelay();
    if (delayMs) this.#wait(delayMs, reason);
    else this.#try();
  }

  /** Follows what the browser tells of network and attention, in this tab or in one that it has the line for. */
  heed(signal: WakeSignal): void {
    const { status, reason } = this.#state;
    switch (signal) {
      case 'offline':
        if (status === 'failed' || status === 'idle' || status === 'paused') return;
        this.#drop('offline');
        return this.#set({ status: 'offline', reason: 'offline' });
      case 'hidden':
        return this.#watchIdle();
      case 'suspend':
        // An open socket would keep the page out of the back/forward cache, or die unnoticed in a frozen tab.
        if (this.#line || status === 'reconnecting') this.#pause('suspended');
        return;
      case 'visible':
        this.#watchIdle();
        break;
      case 'online':
        if (status === 'paused') return;
        break;
      case 'pressed':
        // The guest has come back to the tab that another one replaced.
        if (reason === 'replaced') this.#hurry();
        return;
      case 'resume':
        if (status === 'paused' && reason !== 'suspended') return;
    }
    this.#line?.probe(WAKE_PATIENCE_MS);
    this.#hurry();
  }

  #watchIdle(): void {
    const { wake, idlePauseMs, mayPause, othersVisible } = this.#options;
    this.#idle.clear();
    if (wake.visible || !idlePauseMs) return;
    this.#idle.set(idlePauseMs, () => {
      if (!mayPause() || othersVisible?.()) return this.#watchIdle();
      if (this.#line || this.#retry.pending) this.#pause('idle');
    });
  }

  #pause(reason: string): void {
    this.#drop(reason);
    this.#set({ status: 'paused', reason });
  }

  /** Lets go of the line and everything that is scheduled. */
  #drop(reason?: string): void {
    this.#retry.clear();
    this.#line?.close(reason);
    this.#line = undefined;
  }

  #set(state: ConnectionState): void {
    const from: ConnectionStatus = this.#state.status;
    if (!mayFollow(from, state.status)) {
      this.#options.onFault(new Error(`connection: ${from} cannot become ${state.status}`));
      return;
    }
    this.#state = state;
    this.#options.onState(state);
  }
}
