import type { ClientCommand, Send } from '../../protocol/client-command.js';
import type { ServerEvent, ServerEventOf } from '../../protocol/server-event.js';
import type { ChatHost } from '../host/chat-host.js';
import type { Conversation } from '../host/conversation.js';
import type { GuestLine } from '../host/guest-line.js';

/** What became of a message. */
export type Verdict = ServerEventOf<'ack'> | ServerEventOf<'nack'>;

/** A guest who comes by requests, one at a time: their line to the host stays open in between. */
export class RequestGuest {
  readonly guestId: string;
  readonly #host: ChatHost;
  readonly #tell: (event: ServerEvent) => void;
  readonly #owed = new Map<string, (verdict: Verdict) => void>();
  #line: GuestLine | undefined;
  #welcome: ServerEventOf<'welcome'> | undefined;

  /** @param tell takes everything that is no answer to a request */
  constructor(host: ChatHost, guestId: string, tell: (event: ServerEvent) => void) {
    this.#host = host;
    this.guestId = guestId;
    this.#tell = tell;
    this.enter();
  }

  /** What the last hello was answered with. */
  get welcome(): ServerEventOf<'welcome'> {
    if (!this.#welcome) throw new Error(`the host has not let in ${this.guestId}`);
    return this.#welcome;
  }

  /** The conversation of the guest. */
  get conversation(): Conversation {
    this.enter();
    return this.#line!.conversation!;
  }

  /** Says hello, if the host has ended the line since the last request. */
  enter(): void {
    if (this.#line) return;
    const line = this.#host.accept({
      send: (event) => this.#hear(event),
      close: () => {
        line.closed();
        if (this.#line === line) this.#line = undefined;
      },
    });
    this.#line = line;
    const known = this.#welcome && {
      conversationId: this.#welcome.conversationId,
      resumeToken: this.#welcome.resumeToken,
    };
    line.receive({ type: 'hello', protocol: 1, guestId: this.guestId, ...known });
  }

  /** Sends a message. @returns when it is stored or refused */
  write(send: Send): Promise<Verdict> {
    return new Promise((resolve) => {
      this.#owed.set(send.clientId, resolve);
      this.obey({ type: 'send', ...send });
    });
  }

  /** Does anything else. */
  obey(command: ClientCommand): void {
    this.enter();
    this.#line?.receive(command);
  }

  #hear(event: ServerEvent): void {
    if (event.type === 'welcome') this.#welcome = event;
    else if (event.type === 'ack' || event.type === 'nack') {
      this.#owed.get(event.clientId)?.(event);
      this.#owed.delete(event.clientId);
    } else if (event.type !== 'history') this.#tell(event);
  }
}
