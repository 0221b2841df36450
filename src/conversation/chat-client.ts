/**
 * The headless chat: the one place that wires the parts of a conversation together. What a part does is its own affair;
 * here stands only who tells whom. It is longer than other files because every public member is documented here.
 */
import type { ConnectionState, ConnectionStatus } from '../connection/status.js';
import { systemClock, Timer, type Clock } from '../platform/clock.js';
import { Lease } from '../platform/lease.js';
import { storageName } from '../platform/storage-name.js';
import { openStorage, type Denial } from '../platform/storage.js';
import { browserTabMeans, soloTabMeans, type TabMeans } from '../platform/tab-means.js';
import { uuid } from '../platform/uuid.js';
import { pageSignals, type WakeSignals } from '../platform/wake-signals.js';
import type { ClientCommand, GuestProfile, Send } from '../protocol/client-command.js';
import { exceedsBytes } from '../protocol/frame.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { ChatClientOptions, SendOptions } from './client-options.js';
import { CommandQueue } from './command-queue.js';
import type { Diagnosis } from './diagnosis.js';
import { echoOf } from './echo.js';
import { createErrands } from './errands.js';
import { Guest, type GuestNote } from './guest.js';
import { createIncoming, takeMessage, type IncomingParts } from './incoming.js';
import type { ChatErrorCode, ChatNotifications } from './notifications.js';
import { Notifier } from './notifier.js';
import { Mirror } from './mirror.js';
import { notificationsBetween } from './notify.js';
import { LineKeeper } from './line-keeper.js';
import { LossWatch } from './loss-watch.js';
import { Outbox, type OutboxEntry } from './outbox.js';
import { reduce, type ChatEvent } from './reduce.js';
import { Resume } from './resume.js';
import { newestSeq } from './select.js';
import { SendError } from './send-error.js';
import { SendPromises } from './send-promises.js';
import { plainCopy } from './sign-in.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from './state.js';
import { createStore } from './store.js';
import { StreamWatch } from './stream-watch.js';
import { findMessage } from './thread.js';
import { pageName, Tabs, type TabAsk, type TabGreeting } from './tabs.js';
import { TranscriptCache, type CachedThread } from './transcript-cache.js';
import { transcriptOf, type TranscriptFormat } from './transcript.js';
import { TypingTeller, TypingWatch } from './typing.js';

/** The last visit is painted before the line is opened, but not waited for longer than this, in milliseconds. */
const PAINT_MS = 1000;

/** Means to share a line with other tabs; undefined where a guest cannot be told from another, or the browser has none. */
function tabMeans({
  persistence = 'local',
  tabs,
  getToken,
  guestId,
}: ChatClientOptions): TabMeans | undefined {
  // A token alone does not say whether two tabs are of one guest.
  if (tabs === false || (getToken && guestId === undefined)) return undefined;
  // What is not kept for other pages is not shared with them either.
  return tabs ?? (persistence === 'local' ? browserTabMeans() : undefined);
}

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
  readonly #errand: (ask: TabAsk) => void;
  readonly #loss: LossWatch;
  readonly #tabs: Tabs;
  readonly #mirror: Mirror;
  readonly #cache: TranscriptCache;
  readonly #warmStorage: () => void;
  readonly #closeStorage: () => void;
  readonly #stopListening: (() => void)[];
  readonly #line: LineKeeper;
  /** What is stored is being taken up. */
  #loading: Promise<void> | undefined;
  /** See `notificationsBetween`. */
  #arrivedAfter = 0;
  #storageDenied = false;
  #destroyed = false;

  constructor(options: ChatClientOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#wake = options.wake ?? pageSignals;
    const clock = this.#clock;
    const { persistence = 'local', namespace, resumeHours = 24, guestId, conversationId } = options;
    const { backend, scope = typeof backend === 'object' ? backend : undefined } = options;
    const name = storageName(namespace);
    const { note, table, cache, warm, close } = openStorage<GuestNote, OutboxEntry, CachedThread>(
      persistence,
      name,
      (denial) => this.#onStorageDenied(denial),
    );
    this.#warmStorage = warm;
    this.#closeStorage = close;
    this.#cache = new TranscriptCache(clock, cache);
    this.#guest = new Guest({
      clock,
      note,
      resumeHours,
      guestId,
      conversationId,
      onDenied: (error) => this.#onStorageDenied({ error, atRisk: true }),
      onChange: () => this.#tellGuest(),
    });
    this.#tabs = new Tabs({
      means: () => tabMeans(options) ?? soloTabMeans,
      // Another login, or a conversation that the page has named, is another guest's affair.
      name: JSON.stringify([name, guestId, conversationId, pageName(scope)]),
      clock,
      wake: this.#wake,
      onLead: () => this.#lead(),
      onDeposed: () => this.#give('deposed'),
      onSuspend: () => this.#suspend(),
      greeting: () => this.#greeting(),
      onFollow: (greeting) => this.#mirror.follow(greeting),
      onNews: (news) => this.#mirror.hear(news),
      onJoined: () => this.#outbox.refresh(),
      perform: (ask) => this.#errand(ask),
    });
    const shares = persistence === 'local' && typeof document !== 'undefined';
    const tabId = this.#tabs.id;
    this.#outbox = new Outbox({
      clock,
      table,
      owner: guestId,
      anyStored: () => this.#guest.remembered || note.read() !== undefined,
      numbering: this.#guest,
      lease:
        tabMeans(options) || !shares ? undefined : new Lease(name, tabId, clock, () => this.#wake.visible),
      confirmedByEvents: () => (this.#line.traits?.ack ?? 'event') === 'event',
      transmit: (send) => this.#transmit(send),
      probe: (owedForMs) => this.#line.probe(owedForMs),
      giveUp: () => this.#line.giveUp(),
      onLoaded: (entries) => this.#onLoaded(entries),
      onHandOver: (key, entry) => this.#tabs.ask({ do: 'send', key, entry }),
      onDelivery: (clientId, state, failure) => {
        this.#dispatch({ type: 'local/delivery', clientId, state, failure });
        if (failure) this.#promises.reject(clientId, new SendError(failure.code, failure.message));
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
    this.#typing = new TypingTeller(clock, (active) => {
      if (this.#tabs.leads || this.#tabs.follows) this.#tell({ type: 'typing', active });
    });
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
      onError: (code, error) => {
        this.#notifier.emit('error', { code, error });
        this.#tabs.tell({ news: 'error', code, message: error.message });
      },
    };
    this.#incoming = createIncoming(this.#parts);
    this.#line = new LineKeeper({
      client: options,
      clock,
      wake: this.#wake,
      guest: this.#guest,
      resume: this.#resume,
      state: () => this.state,
      othersVisible: () => this.#tabs.othersVisible,
      onState: (connection, before) => this.#onConnection(connection, before),
      onEvents: (events) => this.#onEvents(events),
      onError: (code, error) => this.#fail(code, error),
    });
    this.#errand = createErrands({
      ...this.#parts,
      line: this.#line,
      promises: this.#promises,
      command: (command) => this.#command(command),
      onceLoaded: (work) => void (this.#loading ? this.#loading.then(work) : work()),
      onReset: (by) => {
        void this.#forget(false);
        this.#tabs.tell({ news: 'reset', by });
        this.#tellGuest();
      },
    });
    this.#mirror = new Mirror({
      state: () => this.state,
      take: (event, arrivedAfter) => this.#take(event, arrivedAfter),
      guest: this.#guest,
      outbox: this.#outbox,
      promises: this.#promises,
      onReset: (by) => by !== tabId && this.#forget(false),
      onError: (code, error) => this.#notifier.emit('error', { code, error }),
    });
    this.#stopListening = [
      note.onForgotten(() => this.#forget(false)),
      this.#wake.subscribe((signal) => {
        if (signal === 'hidden' || signal === 'suspend') this.#keep();
      }),
    ];
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
      await this.#paint();
      // Destroyed or reset while the storage was answering: this start is another guest's.
      if (this.#destroyed || guestId !== this.#guest.note.guestId) return;
      this.#tabs.join();
      await this.#loading;
      if (this.#destroyed || guestId !== this.#guest.note.guestId) return;
    }
    if (this.#guest.resumable || this.#options.eager) this.connect();
  }

  /** Wants a line. Also Try now and Retry: leaves every waiting state at once. */
  connect(): void {
    if (this.#destroyed) return;
    this.#tabs.join();
    this.#tabs.ask({ do: 'connect' });
  }

  /** Closes the line, as far as this tab needs it; the next use opens it again. Messages that wait stay. */
  disconnect(): void {
    const { leads } = this.#tabs;
    this.#tabs.leave();
    if (leads) this.#line.disconnect();
    else this.#dispatch({ type: 'local/connection', connection: { status: 'idle', reason: 'disconnected' } });
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
    this.#tabs.ask({ do: 'retry', clientId });
    this.#use();
  }

  /** Delete: gives up a message that is not under way. Its `send()` rejects with `cancelled`. */
  remove(clientId: string): void {
    this.#tabs.join();
    this.#tabs.ask({ do: 'remove', clientId });
  }

  /** Asks for a person. */
  escalate(reason?: string): void {
    this.#guest.use();
    this.#tell({
      type: 'escalate',
      ...(reason && { reason: reason.slice(0, this.state.limits.maxTextLength) }),
    });
    this.#use();
  }

  /** Leaves the queue for a person. */
  leaveQueue(): void {
    this.#tell({ type: 'escalate', cancel: true });
  }

  /**
   * Tells what the guest makes of a message; for backends with the feature `reactions`.
   * @param active false takes it back
   */
  react(messageId: string, emoji: string, active = true): void {
    const author = { id: this.state.guestId ?? '', role: 'guest' } as const;
    this.#dispatch({ type: 'reaction', messageId, emoji, author, active });
    this.#tell({ type: 'react', messageId, emoji, active });
  }

  /** Stops a reply that grows; its text stays as it is. */
  stop(messageId: string): void {
    this.#dispatch({ type: 'local/stream-ended', id: messageId, stopped: true });
    this.#tabs.ask({ do: 'stop', messageId });
  }

  /** The guest pressed a key in the composer; what the server is told of it is throttled here. */
  typing(): void {
    this.#warmStorage();
    if (this.state.features.includes('typing')) this.#typing.pressed();
  }

  /** The panel was shown or hidden. Opening it connects, unless the conversation is over. */
  setOpen(open: boolean): void {
    this.#take({ type: 'local/open', open }, Infinity);
    if (!open) return;
    const { status, reason } = this.state.connection;
    if (status === 'paused' || (status === 'idle' && reason !== 'closed')) this.connect();
  }

  /** Everything in the thread was on screen. Counts only while the panel is open and the page visible. */
  markRead(): void {
    const upTo = newestSeq(this.state);
    const { open, renumbering, readUpTo } = this.state;
    if (!open || renumbering || !this.#wake.visible || upTo <= readUpTo) return;
    this.#take({ type: 'local/read', upTo }, Infinity);
    this.#tabs.ask({ do: 'read', upTo });
  }

  /** Asks for messages older than the first. */
  loadOlder(): void {
    const { hasOlder, messages } = this.state;
    const oldest = messages.find(({ seq }) => seq !== undefined)?.seq;
    if (hasOlder && oldest !== undefined) this.#tabs.ask({ do: 'older', seq: oldest });
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
      this.#tabs.ask({ do: 'identify', guest: copy });
    } catch (error) {
      this.#fail('identify', error);
    }
  }

  /**
   * The wire that carries at the moment, such as `websocket`, `pusher`, `reverb` or `polling`; undefined while there is no line. Its
   * channel stands in `state.connection`.
   */
  get provider(): string | undefined {
    return this.state.connection.provider;
  }

  /** Ends the conversation. */
  end(): void {
    this.#tell({ type: 'end' });
  }

  /** Forgets everything of this guest, in all tabs: thread, outbox and what is stored. A new conversation starts at the next use. */
  async reset(): Promise<void> {
    const { id } = this.#tabs;
    const done = this.#forget(true);
    if (this.#tabs.leads) this.#tabs.tell({ news: 'reset', by: id });
    else if (this.#tabs.follows) this.#tabs.ask({ do: 'reset', by: id });
    await done;
  }

  /** The guest has seen that messages are not kept on this device; it is not said again. */
  acceptUnsaved(): void {
    this.#take({ type: 'local/unsaved', unsaved: false }, Infinity);
  }

  /** The conversation as text, JSON (`{conversationId, exportedAt, messages}`) or HTML. */
  transcript(format: TranscriptFormat = 'text'): string {
    return transcriptOf(this.state, format, this.#parts.now());
  }

  /**
   * Says how the line is, what was tried and answered, and what may be wrong. Addresses that failed are asked once more, by a
   * plain request without cookies or tokens; that takes at most some five seconds. Nothing secret is in it.
   * @returns data for `JSON.stringify`; `String()` makes a report of it
   * @throws when its own code cannot be fetched
   */
  async diagnose(): Promise<Diagnosis> {
    const { diagnose } = await import('./diagnosis.js');
    return diagnose({
      state: this.state,
      line: this.#line,
      guest: this.#guest,
      tabs: this.#tabs,
      storageDenied: this.#storageDenied,
      clock: this.#clock,
      wake: this.#wake,
    });
  }

  /** Ends this client: closes the line, stops all timers and listeners. Messages that wait stay stored. */
  destroy(): void {
    this.#destroyed = true;
    for (const stop of this.#stopListening) stop();
    this.#keep();
    this.#tabs.leave();
    this.#line.disconnect('removed');
    this.#rest();
    this.#typing.sent();
    this.#notifier.clear();
    this.#closeStorage();
  }

  /** The guest did something: that opens a line, or hurries one that waits. */
  #use(): void {
    if (this.#destroyed) return;
    this.#tabs.join();
    this.#tabs.ask({ do: 'use' });
  }

  /** The line is this tab's affair from now on. */
  #lead(): void {
    const { connection, epoch } = this.state;
    this.#guest.refresh();
    this.#loading = this.#outbox.lead().finally(() => (this.#loading = undefined));
    this.#resume.adopt({ epoch, after: this.#mirror.cursor });
    if (connection.status === 'idle') return;
    // The tab that had the line is gone, and the line with it.
    const lost: ConnectionState = { status: 'reconnecting', attempt: 1, reason: 'lost' };
    if (connection.status === 'online') this.#dispatch({ type: 'local/connection', connection: lost });
    this.#line.adopt(connection);
  }

  /** The line is no affair of this tab any more. */
  #rest(reason?: string): void {
    this.#line.rest(reason);
    this.#outbox.end();
    this.#resume.lost();
    this.#parts.typing.clear();
    this.#parts.streams.clear();
    this.#loss.clear();
  }

  /** Gives the line away, with what was to be said on it. */
  #give(reason: string): void {
    this.#rest(reason);
    for (const command of this.#commands.take()) this.#tell(command);
  }

  /** The page may be gone in a moment: what it looks like, and what it has had, is for the next. */
  #keep(): void {
    const { after } = this.#resume.cursor;
    if (this.#tabs.leads && after !== undefined) this.#guest.held(after);
    this.#cache.flush();
  }

  #suspend(): void {
    this.#give('suspended');
    const { status, reason } = this.state.connection;
    const stays = status === 'idle' || status === 'failed' || (status === 'paused' && reason === 'replaced');
    if (!stays) {
      this.#dispatch({ type: 'local/connection', connection: { status: 'paused', reason: 'suspended' } });
    }
  }

  #onLoaded(entries: readonly OutboxEntry[]): void {
    this.#dispatch({ type: 'local/queued', messages: entries.map((entry) => echoOf(entry)) });
    if (entries.some(({ failure }) => !failure) && !this.#line.wanted) this.#line.connect();
  }

  /** Shows the last visit, unless it may have been somebody else's: a token names its guest to the server only. */
  async #paint(): Promise<void> {
    const { guestId, getToken } = this.#options;
    if (getToken && guestId === undefined) return;
    const timer = new Timer(this.#clock);
    const late = new Promise<undefined>((resolve) => timer.set(PAINT_MS, () => resolve(undefined)));
    const thread = await Promise.race([this.#cache.read(this.#guest.note.conversationId), late]);
    timer.clear();
    if (thread && !this.#destroyed) this.#take({ type: 'local/cached', thread }, Infinity);
  }

  #greeting(): TabGreeting {
    return { state: this.state, cursor: this.#resume.cursor.after, guest: this.#guest.shared };
  }

  #tellGuest(): void {
    // The guest is made before the tabs are.
    this.#tabs?.tell({ news: 'guest', guest: this.#guest.shared });
  }

  /** Has a command sent by the tab that has the line. */
  #tell(command: ClientCommand): void {
    this.#tabs.ask({ do: 'command', command });
  }

  /** @param stored whether also what is stored; not when another tab has done that already */
  async #forget(stored: boolean): Promise<void> {
    this.#line.disconnect('reset');
    this.#guest.forget(stored);
    this.#resume.forget();
    this.#commands.take();
    this.#tabs.forget();
    this.#cache.clear();
    this.#promises.rejectAll(new SendError('cancelled', 'the conversation was reset'));
    // Other tabs are told in a word of its own: the one that asked may have gone on already.
    this.#take({ type: 'local/reset' }, Infinity);
    this.#take({ type: 'local/guest', ...this.#guest.note }, Infinity);
    if (stored) await this.#outbox.clear();
    else this.#outbox.forget();
  }

  #onConnection(connection: ConnectionState, before: ConnectionStatus): void {
    if (before === 'online' && connection.status !== 'online') {
      this.#loss.lost();
      this.#parts.streams.clear();
      this.#resume.lost();
      this.#outbox.close();
    }
    this.#dispatch({ type: 'local/connection', connection });
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
    const { renumbering, messages } = this.state;
    // What is new behind a thread that was known, if only from the last visit or under other numbers, was missed while away.
    const { heldUpTo = 0 } = this.#guest.note;
    const last = renumbering && page.messages.findLast(({ id }) => findMessage(messages, id) >= 0)?.seq;
    const known = (renumbering ? last : Math.max(newestSeq(this.state), heldUpTo)) || Infinity;
    this.#arrivedAfter = { after: 0, before: Infinity, newest: known }[page.page];
    this.#dispatch(page);
    this.#arrivedAfter = 0;
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
    if (this.state.connection.status === 'online') this.#line.send(command).catch(keep);
    else keep();
  }

  #onStorageDenied({ error, atRisk }: Denial): void {
    if (!this.#storageDenied) this.#fail('storage', error);
    this.#storageDenied = true;
    if (atRisk && this.state.unsaved === undefined)
      this.#take({ type: 'local/unsaved', unsaved: true }, Infinity);
  }

  /** Takes in what has happened, and tells the other tabs. */
  #dispatch(event: ChatEvent): void {
    const arrivedAfter = this.#arrivedAfter;
    this.#take(event, arrivedAfter);
    this.#tabs.tell({ news: 'event', event, arrivedAfter, cursor: this.#resume.cursor.after });
  }

  /** Takes in what has happened here only, or was told by another tab. */
  #take(event: ChatEvent, arrivedAfter: number): void {
    const before = this.state;
    const after = this.#store.dispatch(event);
    for (const { type, detail } of notificationsBetween(before, after, arrivedAfter)) {
      this.#notifier.emit(type, detail as never);
    }
    const changed = after.messages !== before.messages && event.type !== 'delta';
    if (changed && this.#tabs.leads && this.#guest.remembered) this.#cache.changed(after);
  }

  /** Tells the page; what concerns the line, the pages of the other tabs as well. */
  #fail(code: ChatErrorCode, cause: unknown): void {
    const error = cause instanceof Error ? cause : new Error(String(cause));
    this.#notifier.emit('error', { code, error });
    if (/^(?:connection|token|bad-frame)$/.test(code)) {
      this.#tabs.tell({ news: 'error', code, message: error.message });
    }
  }
}
