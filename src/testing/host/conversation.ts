import type { Attachment, Author, Message, SystemEvent } from '../../protocol/message.js';
import type { Answering, ServerEvent } from '../../protocol/server-event.js';
import type { ConversationContext } from './conversation-context.js';
import { selectPage, type HistoryPage, type PageRequest } from './history.js';
import type { MessageDraft } from './message-draft.js';
import { modeEvent } from './mode-event.js';
import type { Peer } from './peer.js';
import type { ConversationRecord } from './record.js';
import { ReplyStream } from './reply-stream.js';
import { systemLine } from './system-lines.js';
import { TypingSignals } from './typing-signals.js';

/** One conversation on the server: numbered messages, who answers, and the connections that hear of it. */
export class Conversation {
  readonly #context: ConversationContext;
  readonly #peers = new Set<Peer>();
  readonly #typing = new TypingSignals();
  readonly #streams = new Map<string, ReplyStream>();
  #guestTyping = false;
  #record: ConversationRecord;
  #messages: Message[];

  /** Made by the server; tests find them in `server.conversations`. */
  constructor(context: ConversationContext, record: ConversationRecord, messages: readonly Message[] = []) {
    this.#context = context;
    this.#record = record;
    this.#messages = [...messages];
  }

  /** Id of the conversation. */
  get id(): string {
    return this.#record.id;
  }

  /** All the server knows beside the messages; never changes in place. */
  get record(): ConversationRecord {
    return this.#record;
  }

  /** All messages, ascending and without a gap from `seq` 1. */
  get messages(): readonly Message[] {
    return this.#messages;
  }

  /** Who answers the guest at the moment. */
  get mode(): Answering {
    return this.#record.mode;
  }

  /** The people of the team who are in it. */
  get participants(): readonly Author[] {
    return this.#record.participants;
  }

  /** Whether the guest is typing. */
  get guestTyping(): boolean {
    return this.#guestTyping;
  }

  /** How many connections of the guest are open and greeted. */
  get connections(): number {
    return this.#peers.size;
  }

  /** Replies that are growing. */
  get streams(): readonly ReplyStream[] {
    return [...this.#streams.values()];
  }

  /** The guest as the author of messages and signals. */
  get guest(): Author {
    const { guestId, guest } = this.#record;
    return { id: guestId, role: 'guest', ...(guest.name && { name: guest.name }) };
  }

  /** The stored message of one of the guest's own ids. */
  messageOf(clientId: string): Message | undefined {
    return this.#messages.find((message) => message.clientId === clientId);
  }

  /** Part of the messages. */
  page(request: PageRequest): HistoryPage {
    return selectPage(this.#messages, request);
  }

  /** From now on a connection hears everything; what is going on already is told at once. */
  attach(peer: Peer): void {
    this.#peers.add(peer);
    if (this.mode === 'queued') peer.send(modeEvent(this.#record));
    for (const [kind, told] of Object.entries(this.#record.receipts ?? {})) {
      peer.send({ type: 'receipt', kind: kind as 'delivered' | 'read', ...told });
    }
    this.#typing.repeatTo(peer);
    this.repeatStreams(peer);
  }

  /** A connection is over. */
  detach(peer: Peer): void {
    this.#peers.delete(peer);
    if (this.#peers.size === 0) this.guestTypes(false);
  }

  /** Ends every connection with a close code. */
  closePeers(code: number, reason: string): void {
    for (const peer of this.#peers) peer.close(code, reason);
  }

  /** Repeats the replies that are growing, each from its start. */
  repeatStreams(peer: Peer): void {
    for (const stream of this.#streams.values()) stream.repeatTo(peer);
  }

  /** Tells all connections but one. */
  broadcast(event: ServerEvent, except?: Peer): void {
    this.#context.listen(event);
    for (const peer of this.#peers) if (peer !== except) peer.send(event);
  }

  /** Numbers and keeps a message, and tells all connections but the one that has it already. */
  store(draft: MessageDraft, except?: Peer): Message {
    const { clock, makeId, journal } = this.#context;
    const message: Message = {
      ...draft,
      id: draft.id ?? makeId('message'),
      seq: this.#messages.length + 1,
      sentAt: draft.sentAt ?? new Date(clock.date()).toISOString(),
    };
    journal({ conversationId: this.id, message });
    this.#messages.push(message);
    this.#streams.delete(message.id);
    if (draft.role === 'guest') this.guestTypes(false);
    else if (draft.author) this.type(draft.author, false);
    this.broadcast({ type: 'message', message }, except);
    return message;
  }

  /** Stores the line in the thread that says what happened. `author` is whom it is about. */
  report(event: SystemEvent, author?: Author): Message {
    return this.store({
      role: 'system',
      event,
      text: systemLine(event, author?.name),
      ...(author && { author }),
    });
  }

  /** Somebody of the other side starts or stops typing; `label` names a step. */
  type(author: Author, active: boolean, label?: string): void {
    const signal = this.#typing.change(author, active, label);
    if (signal) this.broadcast(signal);
  }

  /** The guest starts or stops typing. Their own connections are not told. */
  guestTypes(active: boolean): void {
    if (active === this.#guestTyping) return;
    this.#guestTyping = active;
    this.#context.listen({ type: 'typing', author: this.guest, active });
  }

  /** Starts a reply that grows. */
  stream(author: Author): ReplyStream {
    this.type(author, false);
    const stream = new ReplyStream(this, this.#context.makeId('message'), author);
    this.#streams.set(stream.id, stream);
    return stream;
  }

  /** Changes who answers, or the place in the queue. */
  setMode(mode: Answering, queue: { position?: number; waitSeconds?: number } = {}): void {
    const { position, waitSeconds } = mode === 'queued' ? queue : {};
    this.change({ mode, position, waitSeconds });
    this.broadcast(modeEvent(this.#record));
  }

  /** A person of the team comes in: the line in the thread, the header, who answers. */
  join(author: Author): void {
    if (this.participants.some(({ id }) => id === author.id)) return;
    this.change({ participants: [...this.participants, author] });
    this.report('staff-joined', author);
    this.broadcast({ type: 'joined', author });
    if (this.mode !== 'staff') this.setMode('staff');
  }

  /** A person leaves. When it was the last, the AI answers again: told first, as the team is never there without anybody. */
  leave(author: Author): void {
    if (!this.participants.some(({ id }) => id === author.id)) return;
    this.change({ participants: this.participants.filter(({ id }) => id !== author.id) });
    this.type(author, false);
    this.report('staff-left', author);
    if (this.participants.length === 0 && this.mode === 'staff') this.setMode('ai');
    this.broadcast({ type: 'left', author });
  }

  /** The conversation is over: growing replies end as they are, people leave, nobody answers. */
  end(by: Author): void {
    if (this.mode === 'closed') return;
    for (const stream of this.#streams.values()) stream.end();
    const { participants } = this;
    this.change({ participants: [] });
    this.report('conversation-ended', by);
    this.setMode('closed');
    for (const author of participants) this.broadcast({ type: 'left', author });
  }

  /** The guest writes after the end: the same thread goes on. */
  reopen(): void {
    if (this.mode !== 'closed') return;
    this.report('conversation-started');
    this.setMode('ai');
  }

  /** Tells how far messages have come to somebody. */
  receipt(kind: 'delivered' | 'read', by: Author, upTo = this.#messages.length, except?: Peer): void {
    const { receipts } = this.#record;
    const further = upTo > (receipts?.[kind]?.upTo ?? 0);
    if (by.role !== 'guest' && further) this.change({ receipts: { ...receipts, [kind]: { upTo, by } } });
    this.broadcast({ type: 'receipt', upTo, kind, by }, except);
  }

  /**
   * Adds or withdraws a reaction.
   * @returns false when there is no such message
   */
  react(messageId: string, emoji: string, author: Author, active: boolean): boolean {
    if (!this.#messages.some(({ id }) => id === messageId)) return false;
    this.broadcast({ type: 'reaction', messageId, emoji, author, active });
    return true;
  }

  /** Keeps an uploaded file, so that a message may name it. */
  attachFile(file: Omit<Attachment, 'id'>): Attachment {
    const attachment: Attachment = { ...file, id: this.#context.makeId('attachment') };
    this.change({ attachments: [...this.#record.attachments, attachment] });
    return attachment;
  }

  /** The server lost the messages: the numbering starts again under a new epoch. Connections learn it when they come back. */
  loseHistory(): void {
    for (const stream of this.#streams.values()) stream.abandon();
    this.#streams.clear();
    this.#messages = [];
    this.change({ epoch: this.#context.makeId('epoch'), readUpTo: 0, receipts: undefined });
  }

  /** Changes the record, durably. Nobody is told. */
  change(changes: Partial<Omit<ConversationRecord, 'id'>>): void {
    this.#record = { ...this.#record, ...changes };
    this.#context.journal({ conversation: this.#record });
  }
}
