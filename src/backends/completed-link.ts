/** This file is longer than others because the life of one line, from hello to close, is best read in one piece. */
import { Timer, type Clock } from '../platform/clock.js';
import type { ClientCommand, ClientCommandOf, Send } from '../protocol/client-command.js';
import type { Codec, CodecCommand } from '../protocol/codec.js';
import type { Frame } from '../protocol/frame.js';
import type { LooseEvent, LooseMessage } from '../protocol/loose-event.js';
import type { Author, Message } from '../protocol/message.js';
import { DEFAULT_HEARTBEAT_MS, DEFAULT_LIMITS, type Feature } from '../protocol/offer.js';
import { ProtocolError } from '../protocol/read.js';
import type { ServerEvent, Welcome } from '../protocol/server-event.js';
import type { Session } from '../protocol/session.js';
import { RefusedError, type Link, type LinkClose, type LinkEvents } from '../transports/transport.js';
import { Ledger, type Handed } from './ledger.js';

/** An answer to a history request is not waited for longer, in milliseconds. */
const PAGE_TIMEOUT_MS = 10_000;
/** Most messages that are asked for at the beginning of a line. */
const PAGE_LIMIT = 200;

/** The command that stands for each feature: what cannot be said is not offered. */
const FEATURES: readonly (readonly [Feature, CodecCommand])[] = [
  ['typing', { type: 'typing', active: true }],
  ['receipts', { type: 'read', upTo: 1 }],
  ['reactions', { type: 'react', messageId: '1', emoji: '👍', active: true }],
  ['rating', { type: 'rate', score: 5 }],
  ['escalation', { type: 'escalate' }],
  ['stop', { type: 'stop', messageId: '1' }],
  ['identify', { type: 'identify', guest: {} }],
];

/** What a completed line is made of. */
export interface CompletedLinkOptions {
  codec: Codec<LooseEvent>;
  session: Session;
  events: LinkEvents;
  clock: Clock;
  /** Guest messages whose fate is not known, over all lines of this page. */
  unsettled: Map<string, Handed>;
}

type Page = Extract<LooseEvent, { type: 'history' }>;

/** A line of a backend that promises less, kept to the whole protocol. */
export class CompletedLink implements Link {
  /** What the wire below sees of the session. */
  session: Session;
  readonly #options: CompletedLinkOptions;
  readonly #ledger: Ledger;
  readonly #patience: Timer;
  #link: Link | undefined;
  #over = false;
  /** What the backend has told of the conversation. */
  #offer: Partial<Welcome> | undefined;
  /** People who are there, the one that came last at the end: some backends do not say which of them speaks. */
  #staff: readonly Author[];
  #greeted: (() => void) | undefined;
  /** What came before the history has numbered what is older. */
  #held: LooseEvent[] | undefined = [];
  #page: ((page: Page | undefined) => void) | undefined;
  /** Pages are asked for one after the other. */
  #asking: Promise<unknown> = Promise.resolve();
  #sending: Handed | undefined;
  /** Guest messages of earlier lines that the history may show. */
  #lost: readonly Handed[] = [];

  constructor(options: CompletedLinkOptions) {
    const { clock, session } = options;
    this.#options = options;
    // A conversation without a secret has an empty one, which nothing below has to know.
    this.session = { ...session, resumeToken: session.resumeToken || undefined };
    this.#patience = new Timer(clock);
    this.#ledger = new Ledger(() => new Date(clock.date()).toISOString());
    this.#ledger.begin(session);
    this.#staff = (session.known?.participants ?? []).filter(({ role }) => role === 'staff');
  }

  /** What the wire below tells. */
  readonly lineEvents: LinkEvents = {
    onFrame: (frame) => this.#receive(frame),
    onFault: (error) => this.#options.events.onFault(error),
    onClose: (close) => this.#end(close),
    onReport: (report) => this.#options.events.onReport?.(report),
  };

  /** The wire below is open. */
  carry(link: Link): void {
    this.#link = link;
  }

  async send({ data }: Frame): Promise<void> {
    const command = data as ClientCommand;
    switch (command.type) {
      case 'hello':
        return this.#begin(command);
      case 'send':
        return this.#hand(command);
      case 'history':
        return this.#more(command);
      default:
        await this.#say(command);
    }
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#link?.probe(patienceMs, owedForMs);
  }

  close(reason?: string): void {
    this.#over = true;
    this.#patience.clear();
    this.#page?.(undefined);
    this.#link?.close(reason);
  }

  /** Greets, and brings what was missed. */
  async #begin(hello: ClientCommandOf<'hello'>): Promise<void> {
    const { codec } = this.#options;
    const greeting = codec.traits.greets
      ? new Promise<void>((resolve) => {
          this.#greeted = resolve;
          if (this.#offer) resolve();
        })
      : undefined;
    await this.#say(hello);
    await greeting;
    if (this.#over) return;
    const { conversationId } = this.#offer ?? {};
    if (conversationId !== undefined && conversationId !== this.session.conversationId) {
      // Another conversation than the widget had in mind: what it holds has no number here.
      if (this.session.conversationId !== undefined) this.#ledger.restart();
      this.session = { ...this.session, conversationId };
    }
    this.#welcome();
    this.#lost = [...this.#options.unsettled.values()];
    // The history may show that they have arrived.
    for (const handed of this.#lost) this.#ledger.reserve(handed);
    await this.#catchUp();
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const event of held) this.#take(event);
  }

  #welcome(): void {
    const { codec } = this.#options;
    const { guestId, conversationId = guestId, resumeToken = '', known } = this.session;
    const { continues, epoch, last } = this.#ledger;
    const features = FEATURES.filter(([, command]) => codec.encode(command, this.session));
    this.#tell({
      type: 'welcome',
      mode: known?.mode ?? 'ai',
      participants: known?.participants ?? [],
      features: features.map(([feature]) => feature),
      limits: DEFAULT_LIMITS,
      heartbeatMs: DEFAULT_HEARTBEAT_MS,
      guestId,
      conversationId,
      resumeToken,
      resumed: continues || this.session.conversationId !== undefined,
      ...this.#offer,
      epoch,
      lastSeq: last,
    });
  }

  async #catchUp(): Promise<void> {
    const { continues, last } = this.#ledger;
    const cursor = this.#options.session.cursor ?? last;
    try {
      const page = await this.#ask(continues ? { afterId: this.#newestId(cursor) } : {});
      if (this.#over) return;
      if (!continues) this.#bring(this.#opening(page));
      else await this.#follow(page, cursor);
    } catch (error) {
      if (this.#over) return;
      // Going on would hide what was missed; the next line asks again.
      this.close('no history');
      this.#options.events.onClose({ reason: 'lost', retry: 'backoff', detail: wordsOf(error) });
    }
  }

  /**
   * Where the history is asked to go on. An id is a mark only where the backend says so (`cursor`): messages that are confirmed, or
   * answered, beside the line come before older ones that are still on their way. Elsewhere the last page is asked for as a whole.
   */
  #newestId(upTo: number): string | undefined {
    return this.#options.codec.traits.resume === 'cursor' ? this.#ledger.newestId(upTo) : undefined;
  }

  #opening(page: Page | undefined): ServerEvent {
    const hasMore = page?.hasMore ?? false;
    return { type: 'history', messages: this.#ledger.open(page?.messages ?? [], hasMore), hasMore };
  }

  /** Tells what follows a number; where the backend's order contradicts ours, everything is told anew. */
  async #follow(page: Page | undefined, after: number): Promise<void> {
    const byCursor = this.#options.codec.traits.resume === 'cursor';
    const messages = page?.messages ?? [];
    const torn = !byCursor && page?.hasMore && !this.#ledger.overlaps(messages);
    const followed = torn ? undefined : this.#ledger.follow(messages, after);
    if (followed) {
      this.#bring({ type: 'history', messages: followed, hasMore: byCursor && page?.hasMore === true });
      return;
    }
    const whole = byCursor ? await this.#ask({}) : page;
    if (this.#over) return;
    this.#ledger.restart();
    if (this.#sending) this.#ledger.reserve(this.#sending);
    const opening = this.#opening(whole);
    this.#welcome();
    this.#bring(opening);
  }

  /** Tells a history. Whatever it has not shown is sent again as soon as it is told, and takes its place behind it. */
  #bring(history: ServerEvent): void {
    for (const { clientId } of this.#lost.toReversed()) this.#ledger.release(clientId);
    this.#lost = [];
    this.#tell(history);
  }

  /** A page was asked for in the middle of the line. */
  async #more({ before, after = 0 }: ClientCommandOf<'history'>): Promise<void> {
    if (before !== undefined) {
      const page = await this.#ask({ beforeId: this.#ledger.oldestId });
      const messages = this.#ledger.precede(page?.messages ?? []);
      // A backend that cannot page backwards sends what is known.
      const hasMore = messages.length > 0 && page?.hasMore === true;
      if (!this.#over) this.#tell({ type: 'history', messages, hasMore });
      return;
    }
    const page = await this.#ask({ afterId: this.#newestId(after) });
    if (!this.#over) await this.#follow(page, after);
  }

  /** Asks for a page. @returns undefined where the backend has no history */
  async #ask(from: { afterId?: string; beforeId?: string }): Promise<Page | undefined> {
    const asked = this.#asking.then(() => this.#request(from));
    this.#asking = asked.catch(() => undefined);
    return asked;
  }

  async #request(from: { afterId?: string; beforeId?: string }): Promise<Page | undefined> {
    const { codec } = this.#options;
    const command: CodecCommand = { type: 'history', limit: PAGE_LIMIT, ...from };
    if (codec.traits.resume === 'none' || this.#over || !codec.encode(command, this.session))
      return undefined;
    const page = new Promise<Page | undefined>((resolve) => (this.#page = resolve));
    this.#patience.set(PAGE_TIMEOUT_MS, () => this.#page?.(undefined));
    try {
      const answered = await this.#say(command);
      // A reply that brings no page is the end of it; without a reply the page comes by itself.
      if (answered) this.#page?.(undefined);
      return await page;
    } finally {
      this.#patience.clear();
      this.#page = undefined;
    }
  }

  /** Hands a guest message over, and sees to its confirmation. */
  async #hand(send: { type: 'send' } & Send): Promise<void> {
    const { codec, unsettled } = this.#options;
    const { clientId, text } = send;
    if (unsettled.has(clientId) && codec.traits.resend === 'ask') {
      // It may have arrived; only the guest can say whether it is wanted twice.
      unsettled.delete(clientId);
      this.#tell(unconfirmed(clientId));
      return;
    }
    const handed = { clientId, text };
    this.#sending = handed;
    unsettled.set(clientId, handed);
    this.#ledger.reserve(handed);
    try {
      await this.#say(send);
      if (codec.traits.ack !== 'event') this.#settle(handed);
    } catch (error) {
      this.#ledger.release(clientId);
      if (!(error instanceof RefusedError)) throw error;
      unsettled.delete(clientId);
      const { code, message, retryAfterMs } = error;
      this.#tell({
        type: 'nack',
        clientId,
        code,
        message,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      });
    } finally {
      if (this.#sending === handed) this.#sending = undefined;
    }
  }

  /** The wire has confirmed a message without a word of its own. */
  #settle(handed: Handed): void {
    if (!this.#options.unsettled.delete(handed.clientId) || this.#over) return;
    this.#tell({ type: 'ack', ...this.#ledger.confirm(handed, undefined, undefined) });
  }

  /** Says something in the backend's own words. @returns whether the wire replied */
  async #say(command: CodecCommand): Promise<boolean> {
    const frame = this.#options.codec.encode(command, this.session);
    if (!frame) return false;
    if (!this.#link) throw new Error('the line is not open');
    const reply = await this.#link.send(frame);
    if (reply) this.#receive(reply);
    return reply !== undefined;
  }

  #receive(frame: Frame): void {
    if (this.#over) return;
    const { codec, events } = this.#options;
    let decoded: readonly LooseEvent[];
    try {
      decoded = codec.decode(frame, (error) => events.onFault(error));
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      events.onFault(error);
      return;
    }
    if (!decoded.length && !frame.event.endsWith(':answer'))
      events.onReport?.({ kind: 'ignored', event: frame.event });
    for (const event of decoded) this.#route(event);
  }

  #route(event: LooseEvent): void {
    switch (event.type) {
      case 'welcome': {
        const { type: _type, ...offer } = event;
        this.#offer = { ...this.#offer, ...offer };
        this.#greeted?.();
        return;
      }
      case 'ack':
        return this.#confirm(event);
      case 'nack':
        return this.#refuse(event);
      case 'error':
      case 'bye':
        return this.#tell(event);
      default:
        if (event.type === 'history' && this.#page) this.#page(event);
        else if (this.#held) this.#held.push(event);
        else this.#take(event);
    }
  }

  #take(event: LooseEvent): void {
    switch (event.type) {
      case 'message':
        return this.#show(this.#ledger.number(this.#signed(event.message)));
      case 'history': {
        const messages = event.messages.map((message) => this.#signed(message));
        for (const message of this.#ledger.take(messages)) this.#show(message);
        return;
      }
      case 'typing':
        return this.#tell({ ...event, author: this.#known(event.author) });
      case 'joined':
      case 'left': {
        const { author } = event;
        const others = this.#staff.filter(({ id }) => id !== author.id);
        this.#staff = event.type === 'joined' && author.role === 'staff' ? [...others, author] : others;
        return this.#tell(event);
      }
      default:
        return this.#tell(event as ServerEvent);
    }
  }

  /** What a person says without a name is said by the one who is there. */
  #signed(message: LooseMessage): LooseMessage {
    const author = this.#staff.at(-1);
    return message.role === 'staff' && !message.author && author ? { ...message, author } : message;
  }

  /** Whispers name a person differently, or not at all. */
  #known(author: Author): Author {
    const known = this.#staff.find(({ id, name }) => id === author.id || (name && name === author.name));
    if (known || author.role !== 'staff') return known ?? author;
    return author.id === author.role ? (this.#staff.at(-1) ?? author) : author;
  }

  #show(message: Message): void {
    if (message.clientId) this.#options.unsettled.delete(message.clientId);
    this.#tell({ type: 'message', message });
  }

  #confirm({ clientId, id, sentAt }: Extract<LooseEvent, { type: 'ack' }>): void {
    const { unsettled } = this.#options;
    const handed = clientId === undefined ? this.#sending : unsettled.get(clientId);
    if (!handed) return;
    unsettled.delete(handed.clientId);
    this.#tell({ type: 'ack', ...this.#ledger.confirm(handed, id, sentAt) });
  }

  #refuse({ clientId = this.#sending?.clientId, ...nack }: Extract<LooseEvent, { type: 'nack' }>): void {
    if (clientId === undefined) return;
    this.#options.unsettled.delete(clientId);
    this.#ledger.release(clientId);
    this.#tell({ ...nack, clientId });
  }

  #end(close: LinkClose): void {
    if (this.#over) return;
    const { codec, events, unsettled } = this.#options;
    const lost = this.#sending;
    if (lost && codec.traits.resend === 'ask' && unsettled.delete(lost.clientId)) {
      this.#tell(unconfirmed(lost.clientId));
    }
    this.close();
    events.onClose(close);
  }

  #tell(event: ServerEvent): void {
    if (!this.#over) this.#options.events.onFrame({ event: event.type, data: [event] });
  }
}

function unconfirmed(clientId: string): ServerEvent {
  return { type: 'nack', clientId, code: 'unconfirmed', message: 'it is not known whether it has arrived' };
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
