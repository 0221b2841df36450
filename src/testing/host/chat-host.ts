/** The server half of the protocol; longer than most because every rule of admission and delivery is wired here. */
import { systemClock, type Clock } from '../../platform/clock.js';
import type { ClientCommand, Hello } from '../../protocol/client-command.js';
import { DEFAULT_LIMITS, type Feature, type Limits } from '../../protocol/offer.js';
import type { ServerEvent } from '../../protocol/server-event.js';
import { randomIds, type MakeId } from '../identifiers.js';
import { admit, type Admission, type AdmissionRules } from './admission.js';
import type { ConversationContext } from './conversation-context.js';
import { Conversation } from './conversation.js';
import { learn } from './guest-profile.js';
import { GuestLine, type Reception } from './guest-line.js';
import { Inbox, type IncomingMessage } from './inbox.js';
import type { Peer } from './peer.js';
import type { ConversationRecord, HostSnapshot, JournalEntry } from './record.js';
import { rotate } from './resume-tokens.js';

/** A guest command that somebody may have to answer. */
export interface Arrival {
  /** Where it happened. */
  readonly conversation: Conversation;
  /** What the guest did. */
  readonly command: ClientCommand;
  /** Set for `send`: waits to be stored or refused. */
  readonly message?: IncomingMessage;
}

/** How a `ChatHost` works. */
export interface ChatHostOptions extends Partial<AdmissionRules> {
  /** Default: real time. */
  clock?: Clock;
  /** Default: random. */
  makeId?: MakeId;
  /** What the welcome offers. Default everything but `attachments`. */
  features?: readonly Feature[];
  /** Bounds named in the welcome and kept. */
  limits?: Partial<Limits>;
  /** Silence after which widgets ping, in milliseconds. Default 10000. */
  heartbeatMs?: number;
  /** What becomes of a message to a conversation that is over: the thread goes on, or a nack `closed`. Default `reopen`. */
  afterEnd?: 'reopen' | 'refuse';
  /** How long after the end a rating is waited for before the connections are closed with 1000, in ms. Default 60000. */
  lingerMs?: number;
  /** Hears of a conversation that begins, before its guest is greeted. */
  onBegin?(conversation: Conversation): void;
  /** Hears of every line that was greeted. */
  onGreeting?(conversation: Conversation, hello: Hello, resumed: boolean): void;
  /** Hears of every command that somebody may have to answer. */
  onArrival?(arrival: Arrival): void;
  /** Hears everything that is told in a conversation, once, whoever is connected. */
  onEvent?(conversation: Conversation, event: ServerEvent): void;
  /** Hears of every connection of a conversation that comes or goes. */
  onPresence?(conversation: Conversation): void;
  /** Called with every durable change before anybody hears of it. */
  journal?(entry: JournalEntry): void;
}

/** What is said before a planned close. */
export interface ShutDownOptions {
  /** Words for developers. Default `restart`. */
  reason?: string;
  /** Close code. Default 1012. */
  code?: number;
  /** Widgets come back after this time, in milliseconds. */
  retryAfterMs?: number;
  /** Plus a random part of this time, in milliseconds. */
  spreadMs?: number;
}

const FEATURES: readonly Feature[] = [
  'typing',
  'receipts',
  'reactions',
  'rating',
  'escalation',
  'stop',
  'identify',
];

/**
 * The server half of docs/protocol.md, independent of any wire: conversations, admission, resume, delivery. Who answers
 * the guest is decided by whoever listens to `onArrival`.
 */
export class ChatHost implements Reception {
  /** Time and chance of this server. */
  readonly clock: Clock;
  /** What the welcome offers. */
  readonly features: readonly Feature[];
  /** Bounds named in the welcome. */
  readonly limits: Limits;
  /** Silence after which widgets ping, in milliseconds; undefined leaves it to them. */
  readonly heartbeatMs: number | undefined;
  readonly #options: ChatHostOptions;
  readonly #makeId: MakeId;
  readonly #conversations = new Map<string, Conversation>();
  readonly #inboxes = new WeakMap<Conversation, Inbox>();
  readonly #lines = new Set<GuestLine>();
  readonly #timers = new Set<unknown>();
  #stopped = false;

  /** @param options all of them have defaults */
  constructor(options: ChatHostOptions = {}) {
    this.#options = options;
    this.clock = options.clock ?? systemClock;
    this.#makeId = options.makeId ?? randomIds;
    this.features = options.features ?? FEATURES;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.heartbeatMs = options.heartbeatMs;
  }

  /** All conversations, in the order they began. */
  get conversations(): readonly Conversation[] {
    return [...this.#conversations.values()];
  }

  /** Takes a new connection. Hand its commands to the line that is returned, and tell it the end. */
  accept(peer: Peer): GuestLine {
    const line = new GuestLine(this, peer);
    this.#lines.add(line);
    return line;
  }

  /** Decides about a hello. */
  admit(hello: Hello): Exclude<Admission, { create: true }> | { created: Conversation } {
    const rules: AdmissionRules = {
      authenticate: this.#options.authenticate,
      unknown: this.#options.unknown ?? 'new',
    };
    const admission = admit(hello, this.#conversations.values(), rules);
    if ('refuse' in admission) return admission;
    const { subject } = admission;
    const conversation = 'resume' in admission ? admission.resume : this.#create(hello.guestId);
    const tokens = rotate(conversation.record.tokens, hello.resumeToken, () => this.#makeId('token'));
    const told = learn(conversation.record, hello);
    conversation.change({ tokens, ...told, ...(subject !== undefined && { subject }) });
    if ('resume' in admission) return admission;
    this.#options.onBegin?.(conversation);
    return { created: conversation };
  }

  /** Where the messages of a conversation come in. */
  inbox(conversation: Conversation): Inbox {
    let inbox = this.#inboxes.get(conversation);
    if (!inbox) {
      const { afterEnd = 'reopen' } = this.#options;
      const now = (): number => this.clock.now();
      inbox = new Inbox(conversation, { maxTextLength: this.limits.maxTextLength, afterEnd, now });
      this.#inboxes.set(conversation, inbox);
    }
    return inbox;
  }

  /** Passes on what somebody may have to answer. */
  arrived(arrival: Arrival): void {
    this.#options.onArrival?.(arrival);
  }

  /** A connection was greeted. */
  greeted(conversation: Conversation, hello: Hello, resumed: boolean): void {
    this.#options.onPresence?.(conversation);
    this.#options.onGreeting?.(conversation, hello, resumed);
  }

  /** A connection is over. */
  left(line: GuestLine): void {
    this.#lines.delete(line);
    if (line.conversation) this.#options.onPresence?.(line.conversation);
  }

  /** Ends a conversation; its connections are closed with 1000 after a while in which a rating is taken. */
  end(conversation: Conversation, by = conversation.guest): void {
    conversation.end(by);
    this.later(this.#options.lingerMs ?? 60_000, () => {
      if (conversation.mode === 'closed') conversation.closePeers(1000, 'the conversation is over');
    });
  }

  /** Resolves after `ms` milliseconds of the server's clock; never after `stop`. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.later(ms, resolve));
  }

  /**
   * Runs `fn` once after `ms` milliseconds of the server's clock, unless the server stops before.
   * @returns a function that drops it
   */
  later(ms: number, fn: () => void): () => void {
    if (this.#stopped) return () => {};
    const handle = this.clock.setTimeout(() => {
      this.#timers.delete(handle);
      fn();
    }, ms);
    this.#timers.add(handle);
    return () => {
      this.#timers.delete(handle);
      this.clock.clearTimeout(handle);
    };
  }

  /** A planned close of all connections: `bye`, then the close code. Conversations stay. */
  shutDown({ reason = 'restart', code = 1012, retryAfterMs, spreadMs }: ShutDownOptions = {}): void {
    for (const { peer } of this.#lines) {
      peer.send({
        type: 'bye',
        reason,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(spreadMs !== undefined && { spreadMs }),
      });
      peer.close(code, reason);
    }
  }

  /** Stops everything that was scheduled; nothing is from now on. */
  stop(): void {
    this.#stopped = true;
    for (const handle of this.#timers) this.clock.clearTimeout(handle);
    this.#timers.clear();
  }

  /** Everything that must be kept to go on after a restart, as plain JSON. */
  snapshot(): HostSnapshot {
    return { conversations: this.conversations.map(({ record, messages }) => ({ ...record, messages })) };
  }

  /** Takes up what an earlier server left. Call it before the first connection. */
  restore({ conversations }: HostSnapshot): void {
    for (const { messages, ...record } of conversations) this.#open(record, messages);
  }

  #create(guestId: string): Conversation {
    return this.#open({
      id: this.#makeId('conversation'),
      guestId,
      epoch: this.#makeId('epoch'),
      tokens: [],
      mode: 'ai',
      participants: [],
      guest: {},
      readUpTo: 0,
      attachments: [],
    });
  }

  #open(
    record: ConversationRecord,
    messages: ConstructorParameters<typeof Conversation>[2] = [],
  ): Conversation {
    const context: ConversationContext = {
      clock: this.clock,
      makeId: this.#makeId,
      journal: (entry) => this.#options.journal?.(entry),
      listen: (event) => this.#options.onEvent?.(conversation, event),
    };
    const conversation = new Conversation(context, record, messages);
    this.#conversations.set(record.id, conversation);
    return conversation;
  }
}
