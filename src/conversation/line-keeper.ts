import { BackendError, isComplete, type Backend, type CompleteBackend } from '../backends/backend.js';
import { Connection } from '../connection/connection.js';
import type { ConnectionState, ConnectionStatus } from '../connection/status.js';
import type { Clock } from '../platform/clock.js';
import type { WakeSignal, WakeSignals } from '../platform/wake-signals.js';
import type { ClientCommand } from '../protocol/client-command.js';
import type { Codec, CodecTraits } from '../protocol/codec.js';
import type { LooseEvent } from '../protocol/loose-event.js';
import { ProtocolError } from '../protocol/read.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Session } from '../protocol/session.js';
import type { ChatClientOptions } from './client-options.js';
import type { Guest } from './guest.js';
import type { ChatErrorCode } from './notifications.js';
import type { Resume } from './resume.js';
import { helloFrom, tokenFrom } from './sign-in.js';
import { Journal } from './journal.js';
import type { ChatState } from './state.js';

/** What a line keeper needs of the conversation, and whom it tells. */
export interface LineKeeperOptions {
  client: ChatClientOptions;
  clock: Clock;
  wake: WakeSignals;
  guest: Guest;
  resume: Resume;
  state(): ChatState;
  /** Whether somebody looks at another tab that this line serves. */
  othersVisible(): boolean;
  /** The line has changed. @param before where it stood */
  onState(connection: ConnectionState, before: ConnectionStatus): void;
  onEvents(events: readonly ServerEvent[]): void;
  onError(code: ChatErrorCode, cause: unknown): void;
}

/** The connection of a conversation: made when it is first wanted, told who the guest is, complained about once. */
export class LineKeeper {
  /** What has happened on the lines so far. */
  readonly journal = new Journal();
  /** The page's last token, which no diagnosis shows. */
  token: string | undefined;
  readonly #options: LineKeeperOptions;
  #making: Promise<Connection | undefined> | undefined;
  #connection: Connection | undefined;
  #complained = false;
  /** Set where the backend promises less than the protocol. */
  #takeUp: typeof import('./completion.js').takeUp | undefined;
  #codec: Codec<LooseEvent> | undefined;
  /** Whether a line is wanted: what is under way when that changes must not open one. */
  #wanted = false;

  constructor(options: LineKeeperOptions) {
    this.#options = options;
  }

  /** Whether a line is wanted. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** What the backend can and cannot promise; undefined before there is one. */
  get traits(): CodecTraits | undefined {
    return this.#codec?.traits;
  }

  /** Names of frames that the backend knows, where it can say; see `Codec.names`. */
  get names(): readonly string[] | undefined {
    return this.#codec?.names;
  }

  /** Wants a line now. Leaves every waiting state at once. */
  connect(): void {
    this.#wanted = true;
    this.#withConnection((connection) => connection.connect());
  }

  /** The guest did something: that opens a line, or hurries one that waits. */
  use(): void {
    if (this.#connection && this.#wanted) this.#connection.nudge();
    else this.connect();
  }

  /** Goes on from where the line of another tab stood. */
  adopt(state: ConnectionState): void {
    this.#wanted = true;
    this.#withConnection((connection) => connection.adopt(state));
  }

  /** Wants no line any more. */
  disconnect(reason?: string): void {
    this.#wanted = false;
    this.#connection?.disconnect(reason);
  }

  /** Lets go of the line without a word; see `Connection.rest`. */
  rest(reason?: string): void {
    this.#wanted = false;
    this.#connection?.rest(reason);
  }

  /** Follows a signal of a tab that the line serves. */
  heed(signal: WakeSignal): void {
    this.#connection?.heed(signal);
  }

  /** Asks for a sign of life; see `Link.probe`. */
  probe(owedForMs: number): void {
    this.#connection?.probe(owedForMs);
  }

  /** Ends a line that does not do what lines are for; another one is opened. */
  giveUp(): void {
    this.#connection?.giveUp();
  }

  /** Sends a command; see `Connection.send`. */
  async send(command: ClientCommand): Promise<boolean> {
    if (!this.#connection) throw new Error('there is no line');
    return this.#connection.send(command);
  }

  /** Does something with the connection, unless it is not wanted any more when it is there. */
  #withConnection(work: (connection: Connection) => void): void {
    this.#making ??= this.#make().then((connection) => {
      // Retry makes the backend anew.
      if (!connection) this.#making = undefined;
      return connection;
    });
    void this.#making.then((connection) => {
      if (this.#wanted && connection) work(connection);
    });
  }

  async #make(): Promise<Connection | undefined> {
    const { client, clock, wake, guest, resume, state, othersVisible, onEvents } = this.#options;
    const { backend: source, idlePause = 300 } = client;
    try {
      const backend = await this.#complete(typeof source === 'function' ? await source() : source);
      return (this.#connection = new Connection({
        backend,
        clock,
        wake,
        othersVisible,
        idlePauseMs: idlePause * 1000,
        mayPause: () => !/queued|staff/.test(state().answering),
        session: () => this.#session(),
        renewable: () => client.getToken !== undefined,
        hello: (session) => helloFrom(session, client, guest.profile),
        onState: (connection) => this.#onState(connection),
        onEvents: (events) => {
          this.journal.hear(events, clock.date());
          onEvents(events);
        },
        onReport: (report) => this.journal.report(report, clock.date()),
        onFault: (error) => this.#fail(error instanceof ProtocolError ? 'bad-frame' : 'internal', error),
        onGone: () => {
          guest.leave();
          resume.forget();
        },
      }));
    } catch (error) {
      const code = error instanceof BackendError ? error.code : 'internal';
      this.#options.onState({ status: 'failed', reason: code }, state().connection.status);
      this.#fail(code, error);
      return undefined;
    }
  }

  /** What a backend does not do by itself is fetched only where it is needed. */
  async #complete(backend: Backend): Promise<CompleteBackend> {
    this.#codec = backend.codec;
    if (isComplete(backend)) return backend;
    const { complete, takeUp } = await import('./completion.js');
    this.#takeUp = takeUp;
    return complete(backend, this.#options.clock);
  }

  async #session(): Promise<Session> {
    const { client, clock, guest, resume } = this.#options;
    const { guestId, conversationId, resumeToken } = guest.note;
    const token = await tokenFrom(client.getToken, clock, (error) => this.#fail('token', error));
    this.token = token;
    // A device that cannot be described is like any other.
    const deviceHint = await client.deviceHint?.().catch(() => undefined);
    const known = this.#takeUp?.(this.#options.state(), resume);
    const { epoch, after } = resume.cursor;
    const who = { guestId, conversationId, resumeToken, token, ...(deviceHint && { deviceHint }) };
    return { ...who, epoch, cursor: after, ...(known && { known }) };
  }

  #fail(code: ChatErrorCode, error: unknown): void {
    this.journal.fault(error);
    this.#options.onError(code, error);
  }

  #onState(connection: ConnectionState): void {
    const before = this.#options.state().connection.status;
    this.#options.onState(connection, before);
    this.#complain(before, connection);
  }

  /** Tells of an attempt that failed, once until the line is back; that a line was lost is told by the status alone. */
  #complain(before: ConnectionStatus, { status, retryAt, reason }: ConnectionState): void {
    if (status === 'online') this.#complained = false;
    const failed = status === 'failed' || (retryAt !== undefined && before !== 'online');
    if (!failed || this.#complained) return;
    this.#complained = status !== 'failed';
    this.#options.onError('connection', new Error(`connection failed: ${reason}`));
  }
}
