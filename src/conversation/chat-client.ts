/**
 * The headless chat: the one place that wires the parts of a conversation together. What a part does is its own affair;
 * here stands only who tells whom. It is longer than other files because every public member is documented here.
 */
import { BackendError } from '../backends/backend.js';
import { Connection } from '../connection/connection.js';
import type { ConnectionState, ConnectionStatus } from '../connection/status.js';
import { systemClock, type Clock } from '../platform/clock.js';
import { storageName } from '../platform/note.js';
import { openStorage } from '../platform/storage.js';
import { uuid } from '../platform/uuid.js';
import { pageSignals, type WakeSignals } from '../platform/wake-signals.js';
import type { ClientCommand, GuestProfile, Send } from '../protocol/client-command.js';
import { exceedsBytes } from '../protocol/frame.js';
import { ProtocolError } from '../protocol/read.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Session } from '../protocol/session.js';
import type { ChatClientOptions, SendOptions } from './client-options.js';
import { CommandQueue } from './command-queue.js';
import { echoOf } from './echo.js';
import { Guest, type GuestNote } from './guest.js';
import { createIncoming, takeMessage, type IncomingParts } from './incoming.js';
import type { ChatErrorCode, ChatNotifications } from './notifications.js';
import { Notifier } from './notifier.js';
import { notificationsBetween, type Arrival } from './notify.js';
import { LossWatch } from './loss-watch.js';
import { Outbox, type OutboxEntry } from './outbox.js';
import { reduce, type ChatEvent } from './reduce.js';
import { Resume } from './resume.js';
import { newestSeq } from './select.js';
import { SendError } from './send-error.js';
import { SendPromises } from './send-promises.js';
import { helloFrom, plainCopy, tokenFrom } from './sign-in.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from './state.js';
import { createStore } from './store.js';
import { StreamWatch } from './stream-watch.js';
import { transcriptOf, type TranscriptFormat } from './transcript.js';
import { TypingTeller, TypingWatch } from './typing.js';

/** A conversation without an interface; runs in browsers and in Node. */
export class ChatClient {
  readonly #options: ChatClientOptions;
  readonly #clock: Clock;
  readonly #wake: WakeSignals;
  readonly #store = createStore<ChatState, ChatEvent>(INITIAL_STATE, reduce, (error) =>
    this.#fail('internal', error),
  );
  readonly #notifier = new Notifier();
  readonly #guest: Guest;
  readonly #outbox: Outbox;
  readonly #resume: Resume;
  readonly #commands = new CommandQueue();
  readonly #promises = new SendPromises();
  readonly #typing: TypingTeller;
  readonly #parts: IncomingParts;
  readonly #incoming: (event: ServerEvent) => void;
  readonly #loss: LossWatch;
  readonly #warmStorage: () => void;
  #connection: Promise<Connection | undefined> | undefined;
  #line: Connection | undefined;
  #arrival: Arrival = 'live';
  #storageDenied = false;
  #complained = false;
  /** Whether a line is wanted: what is under way when that changes must not open one. */
  #wanted = false;
  #destroyed = false;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#wake = options.wake ?? pageSignals;
    const clock = this.#clock;
    const { persistence = 'local', namespace, resumeHours = 24, guestId, conversationId } = options;
    const onDenied = (error: Error): void => this.#onStorageDenied(error);
    const { note, table, warm } = openStorage<GuestNote, OutboxEntry>(
      persistence,
      storageName(namespace),
      onDenied,
    );
    this.#warmStorage = warm;
    this.#guest = new Guest({ clock, note, resumeHours, guestId, conversationId, onDenied });
    this.#outbox = new Outbox({
      clock,
      table,
      owner: guestId,
      transmit: (send) => this.#transmit(send),
      probe: () => this.#line?.probe(),
      onDelivery: (id, state, failure) => {
        this.#dispatch({ type: 'local/delivery', clientId: id, state, failure });
        if (failure) this.#promises.reject(id, new SendError(failure.code, failure.message));
      },
      onSettled: (arrived) => this.#loss.settled(Number(arrived), this.#outbox.waiting),
    });
    this.#resume = new Resume({
      clock,
      ask: (command) => this.#command(command),
      onMessage: (message) => takeMessage(this.#parts, message),
      onPage: (page) => this.#onPage(page),
      onResumed: () => this.#onResumed(),
    });
    this.#typing = new TypingTeller(clock, (active) => this.#command({ type: 'typing', active }));
    this.#loss = new LossWatch(clock, (count) => this.#dispatch({ type: 'local/restored', count }));
    this.#parts = {
      state: () => this.state,
      dispatch: (event) => this.#dispatch(event),
      guest: this.#guest,
      outbox: this.#outbox,
      resume: this.#resume,
      typing: new TypingWatch(clock, (authorId) => this.#dispatch({ type: 'local/typing-ended', authorId })),
      streams: new StreamWatch(clock, (id) => this.#dispatch({ type: 'local/stream-ended', id })),
      now: () => new Date(clock.date()).toISOString(),
      onArrived: (id) => this.#onArrived(id),
      onError: (code, error) => this.#notifier.emit('error', { code, error }),
    };
    this.#incoming = createIncoming(this.#parts);
    this.#dispatch({ type: 'local/guest', ...this.#guest.note });
  }

  /** The current snapshot; never changes in place. */
  get state(): ChatState {
    return this.#store.get();
  }

  /**
   * Calls `fn` after every change of the state.
   * @returns a function that ends the subscription
   */
  subscribe(fn: (state: ChatState, previous: ChatState) => void): () => void {
    return this.#store.subscribe(fn);
  }

  /**
   * Calls `fn` when something happens: a message, an error …
   * @returns a function that ends it
   */
  on<K extends keyof ChatNotifications>(type: K, fn: (detail: ChatNotifications[K]) => void): () => void {
    return this.#notifier.on(type, fn);
  }

  /** Takes up what the last visit left. Connects only if a conversation can be resumed, messages wait, or `eager` is set. */
  async start(): Promise<void> {
    const { guestId } = this.#guest.note;
    if (this.#guest.remembered) {
      try {
        const entries = await this.#outbox.load();
        this.#dispatch({ type: 'local/queued', messages: entries.map((entry) => echoOf(entry)) });
      } catch (error) {
        this.#fail('storage', error);
      }
      // Destroyed or reset while the storage was answering: this start is another guest's.
      if (this.#destroyed || guestId !== this.#guest.note.guestId) return;
    }
    if (this.#guest.resumable || this.#outbox.waiting || this.#options.eager) this.connect();
  }

  /** Wants a line. Also Try now and Retry: leaves every waiting state at once. */
  connect(): void {
    this.#wanted = !this.#destroyed;
    void this.#connect().then((connection) => this.#wanted && connection?.connect());
  }

  /** Closes the line; the next use opens it again. Messages that wait stay. */
  disconnect(): void {
    this.#wanted = false;
    this.#line?.disconnect();
  }

  /**
   * Sends a message: it is on screen and stored at once, and goes out as soon as there is a line.
   * @returns the message, when the server has acknowledged it; stays pending while it waits
   * @throws {SendError} when it is empty, too long, refused or cancelled
   */
  async send(text: string, options: SendOptions = {}): Promise<ChatMessage> {
    if (!text.trim()) throw new SendError('empty', 'there is no text to send');
    const entry: OutboxEntry = {
      clientId: uuid(),
      text,
      ...options,
      owner: this.#options.guestId,
      writtenAt: this.#clock.date(),
    };
    this.#demandRoom(entry);
    const message = echoOf(entry);
    const fate = this.#promises.open(entry.clientId);
    this.#typing.sent();
    this.#guest.use();
    this.#dispatch({ type: 'local/queued', messages: [message] });
    this.#notifier.emit('message', { message, direction: 'out' });
    void this.#outbox.add(entry);
    this.#use();
    return fate;
  }

  /** Try again: sends a failed message once more, under the same id. */
  retry(clientId: string): void {
    void this.#outbox.retry(clientId);
    this.#use();
  }

  /** Delete: gives up a message that is not under way. Its `send()` rejects with `cancelled`. */
  remove(clientId: string): void {
    if (!this.#outbox.remove(clientId)) return;
    this.#promises.reject(clientId, new SendError('cancelled', 'the message was deleted'));
    this.#dispatch({ type: 'local/removed', clientId });
  }

  /** Asks for a person. */
  escalate(reason?: string): void {
    this.#guest.use();
    this.#command({
      type: 'escalate',
      ...(reason && { reason: reason.slice(0, this.state.limits.maxTextLength) }),
    });
    this.#use();
  }

  /** Leaves the queue for a person. */
  leaveQueue(): void {
    this.#command({ type: 'escalate', cancel: true });
  }

  /** Stops a reply that grows; its text stays as it is. */
  stop(messageId: string): void {
    this.#parts.streams.ended(messageId);
    this.#dispatch({ type: 'local/stream-ended', id: messageId, stopped: true });
    this.#command({ type: 'stop', messageId });
  }

  /** The guest pressed a key in the composer; what the server is told of it is throttled here. */
  typing(): void {
    this.#warmStorage();
    if (this.state.features.includes('typing')) this.#typing.pressed();
  }

  /** The panel was shown or hidden. Opening it connects, unless the conversation is over. */
  setOpen(open: boolean): void {
    this.#dispatch({ type: 'local/open', open });
    if (!open) return;
    const { status, reason } = this.state.connection;
    if (status === 'paused' || (status === 'idle' && reason !== 'closed')) this.connect();
  }

  /** Everything in the thread was on screen. Counts only while the panel is open and the page visible. */
  markRead(): void {
    const upTo = newestSeq(this.state);
    const { open, renumbering, readUpTo } = this.state;
    if (!open || renumbering || !this.#wake.visible || upTo <= readUpTo) return;
    this.#dispatch({ type: 'local/read', upTo });
    this.#guest.read(upTo);
    this.#command({ type: 'read', upTo });
  }

  /** Asks for messages older than the first. */
  loadOlder(): void {
    const { hasOlder, messages } = this.state;
    const oldest = messages.find(({ seq }) => seq !== undefined)?.seq;
    if (hasOlder && oldest !== undefined) this.#resume.older(oldest);
  }

  /**
   * Tells who the guest is; kept for every later connection of this page. What is no JSON, or takes more than half a
   * frame, is refused with the error `identify`.
   */
  identify(guest: GuestProfile): void {
    try {
      const copy = plainCopy(guest, this.state.limits.maxFrameBytes);
      this.#guest.describe(copy);
      this.#guest.use();
      this.#command({ type: 'identify', guest: copy });
    } catch (error) {
      this.#fail('identify', error);
    }
  }

  /** Ends the conversation. */
  end(): void {
    this.#command({ type: 'end' });
  }

  /** Forgets everything of this guest: thread, outbox and what is stored. A new conversation starts at the next use. */
  async reset(): Promise<void> {
    this.#wanted = false;
    this.#line?.disconnect('reset');
    this.#guest.forget();
    this.#resume.forget();
    this.#commands.take();
    this.#promises.rejectAll(new SendError('cancelled', 'the conversation was reset'));
    this.#dispatch({ type: 'local/reset' });
    this.#dispatch({ type: 'local/guest', ...this.#guest.note });
    await this.#outbox.clear();
  }

  /** The conversation as text, JSON (`{conversationId, exportedAt, messages}`) or HTML. */
  transcript(format: TranscriptFormat = 'text'): string {
    return transcriptOf(this.state, format, this.#parts.now());
  }

  /** Ends this client: closes the line, stops all timers and listeners. Messages that wait stay stored. */
  destroy(): void {
    this.#destroyed = true;
    this.#wanted = false;
    this.#line?.disconnect('removed');
    this.#outbox.close();
    this.#resume.lost();
    this.#typing.sent();
    this.#parts.typing.clear();
    this.#parts.streams.clear();
    this.#loss.clear();
    this.#notifier.clear();
  }

  /** The guest did something: that opens a line, or hurries one that waits. */
  #use(): void {
    if (this.#line && this.#wanted) this.#line.nudge();
    else this.connect();
  }

  #connect(): Promise<Connection | undefined> {
    return (this.#connection ??= this.#makeConnection().then((connection) => {
      // Retry makes the backend anew.
      if (!connection) this.#connection = undefined;
      return connection;
    }));
  }

  async #makeConnection(): Promise<Connection | undefined> {
    const { backend: source, idlePause = 300 } = this.#options;
    try {
      const backend = typeof source === 'function' ? await source() : source;
      if (this.#destroyed) return undefined;
      return (this.#line = new Connection({
        backend,
        clock: this.#clock,
        wake: this.#wake,
        idlePauseMs: idlePause * 1000,
        mayPause: () => !/queued|staff/.test(this.state.answering),
        session: () => this.#session(),
        renewable: () => this.#options.getToken !== undefined,
        hello: (session) => helloFrom(session, this.#options, this.#guest.profile),
        onState: (connection) => this.#onConnection(connection),
        onEvents: (events) => this.#onEvents(events),
        onFault: (error) => this.#fail(error instanceof ProtocolError ? 'bad-frame' : 'internal', error),
        onGone: () => {
          this.#guest.leave();
          this.#resume.forget();
        },
      }));
    } catch (error) {
      const code = error instanceof BackendError ? error.code : 'internal';
      this.#dispatch({ type: 'local/connection', connection: { status: 'failed', reason: code } });
      this.#fail(code, error);
      return undefined;
    }
  }

  async #session(): Promise<Session> {
    const { guestId, conversationId, resumeToken } = this.#guest.note;
    const token = await tokenFrom(this.#options.getToken, this.#clock, (error) => this.#fail('token', error));
    const { epoch, after } = this.#resume.cursor;
    return { guestId, conversationId, resumeToken, token, epoch, cursor: after };
  }

  #onConnection(connection: ChatState['connection']): void {
    const before = this.state.connection.status;
    if (before === 'online' && connection.status !== 'online') {
      this.#loss.lost();
      this.#parts.streams.clear();
      this.#resume.lost();
      this.#outbox.close();
    }
    this.#dispatch({ type: 'local/connection', connection });
    this.#complain(before, connection);
  }

  /** Tells of an attempt that failed, once until the line is back; that a line was lost is told by the status alone. */
  #complain(before: ConnectionStatus, { status, retryAt, reason }: ConnectionState): void {
    if (status === 'online') this.#complained = false;
    const failed = status === 'failed' || (retryAt !== undefined && before !== 'online');
    if (!failed || this.#complained) return;
    this.#complained = status !== 'failed';
    this.#fail('connection', new Error(`connection failed: ${reason}`));
  }

  #onEvents(events: readonly ServerEvent[]): void {
    for (const event of events) {
      try {
        this.#incoming(event);
        if (this.state.renumbering) this.#commands.forgetRead();
        if (event.type === 'welcome') for (const command of this.#commands.take()) this.#command(command);
      } catch (error) {
        // A fault of ours must neither break the line nor the page.
        this.#fail('internal', error);
      }
    }
  }

  #onPage(page: Extract<ChatEvent, { type: 'local/page' }>): void {
    this.#arrival = page.page === 'after' ? 'live' : 'old';
    this.#dispatch(page);
    this.#arrival = 'live';
    const { readUpTo } = this.state;
    if (readUpTo !== (this.#guest.note.readUpTo ?? 0)) this.#guest.read(readUpTo);
    for (const { id, clientId } of page.messages) {
      this.#parts.streams.ended(id);
      if (!clientId) continue;
      this.#onArrived(clientId);
      this.#outbox.settle(clientId);
    }
  }

  #onResumed(): void {
    const waited = this.#outbox.waiting;
    this.#outbox.open();
    this.#loss.back(waited);
  }

  #onArrived(clientId: string): void {
    const message = this.state.messages.findLast((known) => known.clientId === clientId);
    if (message) this.#promises.resolve(clientId, message);
  }

  async #transmit(send: Send): Promise<void> {
    if (!this.#line) throw new Error('there is no line');
    // The welcome may have brought other limits than those it was written under.
    this.#demandRoom(send);
    if (!(await this.#line.send({ type: 'send', ...send }))) {
      throw new SendError('unsupported', 'this backend takes no messages');
    }
  }

  /** @throws {SendError} when a message is larger than the server takes */
  #demandRoom(send: Send): void {
    const { maxTextLength, maxFrameBytes } = this.state.limits;
    // An entry has more fields than its frame, so it may be measured as it is.
    if (
      send.text.length > maxTextLength ||
      exceedsBytes(JSON.stringify({ type: 'send', ...send }), maxFrameBytes)
    ) {
      throw new SendError('too-long', `a message has at most ${maxTextLength} characters`);
    }
  }

  /** Sends a command other than a message now, or keeps it for the next welcome. */
  #command(command: ClientCommand): void {
    const keep = (): void => {
      if (command.type !== 'history') this.#commands.add(command);
    };
    if (this.state.connection.status === 'online' && this.#line) this.#line.send(command).catch(keep);
    else keep();
  }

  #onStorageDenied(error: Error): void {
    if (this.#storageDenied) return;
    this.#storageDenied = true;
    this.#fail('storage', error);
  }

  #dispatch(event: ChatEvent): void {
    const before = this.state;
    const after = this.#store.dispatch(event);
    for (const { type, detail } of notificationsBetween(before, after, this.#arrival)) {
      this.#notifier.emit(type, detail as never);
    }
  }

  #fail(code: ChatErrorCode, cause: unknown): void {
    this.#notifier.emit('error', { code, error: cause instanceof Error ? cause : new Error(String(cause)) });
  }
}
