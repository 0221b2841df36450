import type { Hello, Send } from '../../src/protocol/client-command.js';
import type { ServerEvent, ServerEventOf } from '../../src/protocol/server-event.js';
import type { ChatHost } from '../../src/testing/host/chat-host.js';
import type { GuestLine } from '../../src/testing/host/guest-line.js';
import type { Peer } from '../../src/testing/host/peer.js';

/** A guest's connection in the hands of the test, without any wire. */
export class GuestPeer implements Peer {
  readonly events: ServerEvent[] = [];
  readonly line: GuestLine;
  closedWith: number | undefined;
  #written = 0;

  constructor(host: ChatHost) {
    this.line = host.accept(this);
  }

  send(event: ServerEvent): void {
    // What is kept is what was told: the server may not change it later.
    this.events.push(structuredClone(event));
  }

  close(code: number): void {
    this.closedWith = code;
    this.line.closed();
  }

  /** Says hello. */
  hello(fields: Partial<Hello> = {}): this {
    this.line.receive({ type: 'hello', protocol: 1, guestId: 'guest-1', ...fields });
    return this;
  }

  /** Comes back with what the last welcome gave. */
  resume({ welcome }: GuestPeer, fields: Partial<Hello> = {}): this {
    const { conversationId, guestId, resumeToken, epoch } = welcome;
    return this.hello({ conversationId, guestId, resumeToken, epoch, ...fields });
  }

  /** Writes a message. */
  writes(text: string, fields: Partial<Send> = {}): this {
    const clientId = fields.clientId ?? `client-${++this.#written}`;
    this.line.receive({ type: 'send', clientId, text, ...fields });
    return this;
  }

  /** Everything of one type that was told, in order. */
  all<T extends ServerEvent['type']>(type: T): ServerEventOf<T>[] {
    return this.events.filter((event): event is ServerEventOf<T> => event.type === type);
  }

  /** The last of one type that was told. */
  last<T extends ServerEvent['type']>(type: T): ServerEventOf<T> {
    const event = this.all(type).at(-1);
    if (!event) throw new Error(`no ${type} was told`);
    return event;
  }

  get welcome(): ServerEventOf<'welcome'> {
    return this.last('welcome');
  }

  /** Texts of the messages that were told, history included, in order. */
  get texts(): string[] {
    return this.events.flatMap((event) => {
      if (event.type === 'history') return event.messages.map(({ text }) => text);
      return event.type === 'message' ? [event.message.text] : [];
    });
  }

  /** Types of everything told, in order. */
  get types(): string[] {
    return this.events.map(({ type }) => type);
  }
}
