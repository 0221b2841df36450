import type { Send } from '../../protocol/client-command.js';
import type { Attachment, Message } from '../../protocol/message.js';
import type { NackCode } from '../../protocol/server-event.js';
import type { Conversation } from './conversation.js';
import type { Peer } from './peer.js';
import type { SendOrder } from './send-order.js';

/** Where a message came from. */
export interface Sender {
  readonly peer: Peer;
  readonly order: SendOrder;
}

/** What a nack says beside its code. */
export interface NackOptions {
  /** Words for developers. */
  message?: string;
  /** Milliseconds; with it the refusal is temporary. */
  retryAfterMs?: number;
}

/** A guest message that waits to be stored or refused. */
export class IncomingMessage {
  readonly #inbox: Inbox;
  #state: 'waiting' | 'stored' | 'refused' = 'waiting';

  constructor(
    inbox: Inbox,
    /** The message as it was sent. */
    readonly send: Send,
    /** The connection it came over last. */
    public sender: Sender,
  ) {
    this.#inbox = inbox;
  }

  /** `waiting`, until it is `stored` or `refused`. */
  get state(): 'waiting' | 'stored' | 'refused' {
    return this.#state;
  }

  /** Stores it and tells the sender. Doing it twice does it once. */
  ack(): void {
    if (this.#state === 'stored') return;
    this.#demandWaiting('acknowledged');
    this.#state = 'stored';
    this.#inbox.store(this);
  }

  /** Refuses it. */
  nack(code: NackCode | (string & {}), options: NackOptions = {}): void {
    this.#demandWaiting('refused');
    this.#state = 'refused';
    this.#inbox.refuse(this, code, options);
  }

  #demandWaiting(done: string): void {
    if (this.#state === 'waiting') return;
    throw new Error(`the message "${this.send.text}" cannot be ${done}: it was ${this.#state} before`);
  }
}

/** What an inbox needs of the server. */
export interface InboxOptions {
  /** Longest text, in UTF-16 units. */
  maxTextLength: number;
  /** What becomes of a message to a conversation that is over. */
  afterEnd: 'reopen' | 'refuse';
  /** Monotonic time in milliseconds. */
  now(): number;
}

/** Guest messages on their way into a conversation: each is stored exactly once, and none overtakes another. */
export class Inbox {
  readonly #conversation: Conversation;
  readonly #options: InboxOptions;
  /** By the guest's own id, in order of arrival. */
  readonly #waiting = new Map<string, IncomingMessage>();

  constructor(conversation: Conversation, options: InboxOptions) {
    this.#conversation = conversation;
    this.#options = options;
  }

  /**
   * Takes a message from a connection.
   * @returns undefined when nobody has to decide about it: it is a repetition, or refused by rule
   */
  receive(send: Send, sender: Sender): IncomingMessage | undefined {
    const { clientId } = send;
    const stored = this.#conversation.messageOf(clientId);
    if (stored) {
      tell(sender, stored);
      return undefined;
    }
    const known = this.#waiting.get(clientId);
    if (known) {
      known.sender = sender;
      return undefined;
    }
    const refusal = this.#refusal(send, sender);
    if (refusal) {
      sender.peer.send({ type: 'nack', clientId, message: '', ...refusal });
      return undefined;
    }
    if (this.#conversation.mode === 'closed') this.#conversation.reopen();
    const message = new IncomingMessage(this, send, sender);
    this.#waiting.set(clientId, message);
    return message;
  }

  /** Stores a message that was accepted, and acknowledges it to its sender. */
  store({ send, sender }: IncomingMessage): void {
    this.#waiting.delete(send.clientId);
    const { clientId, text, replyTo, action } = send;
    const attachments = this.#files(send);
    const stored = this.#conversation.store(
      {
        role: 'guest',
        author: this.#conversation.guest,
        text,
        clientId,
        ...(attachments.length > 0 && { attachments }),
        ...(replyTo !== undefined && { replyTo }),
        ...(action && { meta: { action } }),
      },
      sender.peer,
    );
    tell(sender, stored);
  }

  /** Refuses a message, and for a moment also what came behind it over the same connection. */
  refuse({ send, sender }: IncomingMessage, code: string, { message = '', retryAfterMs }: NackOptions): void {
    const { clientId } = send;
    const behind = this.#behind(clientId, sender);
    this.#waiting.delete(clientId);
    sender.peer.send({
      type: 'nack',
      clientId,
      code,
      message,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
    if (retryAfterMs === undefined || code === 'behind') return;
    sender.order.refused(clientId, retryAfterMs, this.#options.now());
    for (const other of behind) {
      const wait = sender.order.blocks(other.send.clientId, this.#options.now());
      other.nack('behind', { retryAfterMs: wait ?? retryAfterMs });
    }
  }

  /** What waits of the same connection and came after a message. */
  #behind(clientId: string, { peer }: Sender): IncomingMessage[] {
    const waiting = [...this.#waiting.values()];
    const index = waiting.findIndex(({ send }) => send.clientId === clientId);
    return waiting.slice(index + 1).filter(({ sender }) => sender.peer === peer);
  }

  #refusal(
    send: Send,
    { order }: Sender,
  ): { code: NackCode; message?: string; retryAfterMs?: number } | undefined {
    const { maxTextLength, afterEnd, now } = this.#options;
    const retryAfterMs = order.blocks(send.clientId, now());
    if (retryAfterMs !== undefined) return { code: 'behind', retryAfterMs };
    if (send.text.length > maxTextLength) {
      return { code: 'too-long', message: `at most ${maxTextLength} characters` };
    }
    if (this.#conversation.mode === 'closed' && afterEnd === 'refuse') return { code: 'closed' };
    const wanted = send.attachments?.length ?? 0;
    if (this.#files(send).length < wanted) return { code: 'invalid', message: 'an attachment is not known' };
    if (send.text === '' && wanted === 0) return { code: 'invalid', message: 'the message is empty' };
    return undefined;
  }

  #files({ attachments = [] }: Send): Attachment[] {
    const known = this.#conversation.record.attachments;
    return attachments.flatMap(({ id }) => known.find((file) => file.id === id) ?? []);
  }
}

function tell({ peer }: Sender, { clientId = '', id, seq, sentAt }: Message): void {
  peer.send({ type: 'ack', clientId, id, seq, sentAt });
}
