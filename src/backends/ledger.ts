/** This file is longer than others because what is known of a message decides its number: how it is recognised belongs to that. */
import { uuid } from '../platform/uuid.js';
import type { LooseMessage } from '../protocol/loose-event.js';
import type { Message, Role } from '../protocol/message.js';
import type { KnownMessage, Session } from '../protocol/session.js';
import { LOCAL, isBackendId } from './known-id.js';

/** First number where older messages exist: room for those that are fetched later, since numbers are positive. */
const FAR_FROM_START = 1_000_000;

/** What is written down of one message. */
interface Entry {
  id: string;
  seq: number;
  readonly clientId?: string;
  /** Who said what, where the backend has not named it (yet); it is recognised by this. */
  readonly text?: string;
  readonly role?: Role;
  /** Handed over, not confirmed: its place is kept, but history may give it another. */
  reserved?: boolean;
}

/** What a guest message is known by before the backend has named it. */
export interface Handed {
  readonly clientId: string;
  readonly text: string;
}

/**
 * Numbers for the messages of a backend that gives none: in the order of its history, then in the order they come. A
 * number once told stands; where the history contradicts one, everything is numbered anew under another epoch.
 */
export class Ledger {
  readonly #now: () => string;
  #epoch = uuid();
  #entries: Entry[] = [];
  #last = 0;
  #first = 1;
  #begun = false;

  /** @param now wall clock as ISO 8601, for messages without a time */
  constructor(now: () => string) {
    this.#now = now;
  }

  /** Names the numbering. */
  get epoch(): string {
    return this.#epoch;
  }

  /** Highest number given. */
  get last(): number {
    return this.#last;
  }

  /** Whether it goes on from a numbering that the widget has. */
  get continues(): boolean {
    return this.#begun;
  }

  /** Id by which the backend knows the newest message up to a number. */
  newestId(upTo = Infinity): string | undefined {
    return this.#entries.findLast((entry) => entry.seq <= upTo && isNamed(entry))?.id;
  }

  /** Id by which the backend knows the oldest message. */
  get oldestId(): string | undefined {
    return this.#entries.find(isNamed)?.id;
  }

  /** A new line: goes on from what the widget holds. Numbers it has not taken in are given anew. */
  begin({ epoch, cursor = 0, known }: Session): void {
    if (epoch === undefined || cursor === 0 || !known?.messages.length) return this.restart();
    this.#epoch = epoch;
    this.#begun = true;
    const held = known.messages.filter(({ seq }) => seq <= cursor);
    this.#entries = held.map((message: KnownMessage) => ({ ...message }));
    this.#last = cursor;
    this.#first = this.#entries[0]?.seq ?? cursor;
  }

  /** Forgets every number: the next ones belong to another epoch. */
  restart(): void {
    this.#epoch = uuid();
    this.#begun = false;
    this.#entries = [];
    this.#last = 0;
    this.#first = 1;
  }

  /** Keeps a place for a guest message that is being handed over, so that the answer to it stands below. */
  reserve({ clientId, text }: Handed): void {
    if (this.#byClient(clientId)) return;
    this.#add({ id: clientId, seq: ++this.#last, clientId, text, role: 'guest', reserved: true });
  }

  /** The message was not taken: its place is free, if nothing has come behind it. */
  release(clientId: string): void {
    const entry = this.#byClient(clientId);
    if (!entry?.reserved) return;
    this.#entries.splice(this.#entries.indexOf(entry), 1);
    if (entry.seq === this.#last) this.#last--;
  }

  /** A guest message is confirmed. @returns what an ack has to tell of it */
  confirm(
    { clientId, text }: Handed,
    id: string | undefined,
    sentAt: string | undefined,
  ): { clientId: string; id: string; seq: number; sentAt: string } {
    this.reserve({ clientId, text });
    const entry = this.#byClient(clientId)!;
    entry.reserved = false;
    if (id) entry.id = id;
    return { clientId, id: entry.id, seq: entry.seq, sentAt: sentAt ?? this.#now() };
  }

  /** Numbers a message that came by itself. A repeated one keeps its number. */
  number(message: LooseMessage): Message {
    const entry = this.#find(message);
    return entry ? this.#adopt(entry, message) : this.#append(message);
  }

  /**
   * Numbers a page that begins the conversation here.
   * @param hasOlder whether there are messages before it
   */
  open(page: readonly LooseMessage[], hasOlder: boolean): Message[] {
    if (this.#entries.every(({ reserved }) => reserved)) {
      // Whatever is under way comes behind what the backend has already.
      const reserved = this.#entries;
      this.#entries = [];
      this.#last = hasOlder ? FAR_FROM_START : 0;
      this.#first = this.#last + 1;
      const messages = page.map((message) => this.#append(withClient(message, reserved)));
      for (const { clientId = '', text = '' } of reserved) this.reserve({ clientId, text });
      return messages;
    }
    return this.take(page);
  }

  /** Numbers a page that came by itself. @returns what is new of it, or may be told again as it has a name */
  take(page: readonly LooseMessage[]): Message[] {
    const find = this.#reader();
    return page.flatMap((message) => {
      const entry = find(message);
      if (!entry) return this.#append(message);
      return entry.reserved || entry.id === message.id ? this.#adopt(entry, message) : [];
    });
  }

  /**
   * Numbers a page that follows what is known, or overlaps it.
   * @param after number up to which the widget has everything
   * @returns what comes after that number; undefined when the page contradicts the numbers given so far
   */
  follow(page: readonly LooseMessage[], after: number): Message[] | undefined {
    const messages: Message[] = [];
    const find = this.#reader();
    let previous = -Infinity;
    let grown = false;
    for (const message of page) {
      const entry = find(message);
      if (entry?.reserved) {
        this.release(entry.clientId!);
      } else if (entry) {
        if (grown || entry.seq < previous) return undefined;
        previous = entry.seq;
        const known = this.#adopt(entry, message);
        if (known.seq > after) messages.push(known);
        continue;
      }
      grown = true;
      messages.push(this.#append(entry ? { ...message, clientId: entry.clientId } : message));
    }
    return messages;
  }

  /** Numbers a page of what came before everything known, downwards. */
  precede(page: readonly LooseMessage[]): Message[] {
    const find = this.#reader();
    const older = page.filter((message) => !find(message));
    const messages = older.map((message, index) =>
      this.#complete(message, this.#first - older.length + index),
    );
    this.#entries.unshift(...messages.map(entryOf));
    this.#first -= older.length;
    return messages.filter(({ seq }) => seq > 0);
  }

  /** Whether a page has anything that is known. */
  overlaps(page: readonly LooseMessage[]): boolean {
    const find = this.#reader();
    return page.some((message) => find(message));
  }

  #append(message: LooseMessage): Message {
    const complete = this.#complete(message, ++this.#last);
    this.#add(entryOf(complete));
    return complete;
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
  }

  #adopt(entry: Entry, message: LooseMessage): Message {
    if (message.id) entry.id = message.id;
    const { clientId } = entry;
    entry.reserved = false;
    return this.#complete({ ...message, id: entry.id, ...(clientId && { clientId }) }, entry.seq);
  }

  #complete(message: LooseMessage, seq: number): Message {
    const { id = `${LOCAL}${uuid()}`, sentAt = this.#now() } = message;
    return { ...message, id, seq, sentAt };
  }

  #byClient(clientId: string): Entry | undefined {
    return this.#entries.findLast((entry) => entry.clientId === clientId);
  }

  /**
   * Reads a page: there, also what others said is recognised by its text where the backend had not named it. Each message
   * only once and in order, since the same may have been said twice.
   */
  #reader(): (message: LooseMessage) => Entry | undefined {
    const seen = new Set<Entry>();
    let last = -Infinity;
    return (message) => {
      const found =
        this.#named(message) ??
        this.#unnamed(message, (entry) => !seen.has(entry) && entry.seq > last) ??
        this.#unnamed(message, (entry) => !seen.has(entry));
      if (found) seen.add(found);
      last = found?.seq ?? last;
      return found;
    };
  }

  #find(message: LooseMessage): Entry | undefined {
    // What others say may well be said twice; what the guest has said comes back.
    return this.#named(message) ?? (message.role === 'guest' ? this.#unnamed(message) : undefined);
  }

  #named({ id, clientId }: LooseMessage): Entry | undefined {
    return this.#entries.findLast(
      (entry) => (id && entry.id === id) || (clientId && entry.clientId === clientId),
    );
  }

  /** A backend that does not give back the client's id: the first message of this text that it has not named yet. */
  #unnamed(
    { clientId, role, text }: LooseMessage,
    fits: (entry: Entry) => boolean = () => true,
  ): Entry | undefined {
    if (clientId) return undefined;
    return this.#entries.find(
      (entry) => entry.role === role && entry.text === text && !isNamed(entry) && fits(entry),
    );
  }
}

/** Whether the backend knows it by this id. */
function isNamed({ id, clientId, reserved }: Entry): boolean {
  return !reserved && isBackendId(id, clientId);
}

function entryOf({ id, seq, clientId, text, role }: Message): Entry {
  return { id, seq, ...(clientId && { clientId }), ...(!isBackendId(id, clientId) && { text, role }) };
}

/** A message of the guest's own, recognised among those that are under way. */
function withClient(message: LooseMessage, reserved: readonly Entry[]): LooseMessage {
  if (message.role !== 'guest' || message.clientId) return message;
  const entry = reserved.find(({ text }) => text === message.text);
  return entry?.clientId ? { ...message, clientId: entry.clientId } : message;
}
