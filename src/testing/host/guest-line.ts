import type { ClientCommand, ClientCommandOf, Hello, Send } from '../../protocol/client-command.js';
import type { ProtocolError } from '../../protocol/read.js';
import { DEFAULT_HEARTBEAT_MS, type Feature, type Limits } from '../../protocol/offer.js';
import type { Admission } from './admission.js';
import type { Conversation } from './conversation.js';
import { learn } from './guest-profile.js';
import { NEWEST_PAGE } from './history.js';
import type { Inbox, IncomingMessage, Sender } from './inbox.js';
import type { Peer } from './peer.js';
import { SendOrder } from './send-order.js';

/** A connection without a hello for this long is closed with 4408, in milliseconds. */
const HELLO_TIMEOUT_MS = 5000;

/** What a connection needs of the server. */
export interface Reception {
  readonly features: readonly Feature[];
  readonly limits: Limits;
  readonly heartbeatMs: number | undefined;
  admit(hello: Hello): Exclude<Admission, { create: true }> | { created: Conversation };
  inbox(conversation: Conversation): Inbox;
  arrived(arrival: { conversation: Conversation; command: ClientCommand; message?: IncomingMessage }): void;
  end(conversation: Conversation): void;
  greeted(conversation: Conversation, hello: Hello, resumed: boolean): void;
  left(line: GuestLine): void;
  later(ms: number, fn: () => void): () => void;
}

/** One connection of a guest: greeted by a hello, then commands until it ends. */
export class GuestLine implements Sender {
  /** Keeps its messages in order. */
  readonly order = new SendOrder();
  readonly #reception: Reception;
  readonly #stopWaiting: () => void;
  #conversation: Conversation | undefined;

  /** Made by `ChatHost.accept`. */
  constructor(
    reception: Reception,
    /** The way back. */
    readonly peer: Peer,
  ) {
    this.#reception = reception;
    this.#stopWaiting = reception.later(HELLO_TIMEOUT_MS, () => peer.close(4408, 'no hello in time'));
  }

  /** The conversation, once the hello was answered. */
  get conversation(): Conversation | undefined {
    return this.#conversation;
  }

  /** A command arrived. */
  receive(command: ClientCommand): void {
    const conversation = this.#conversation;
    if (command.type === 'hello') {
      if (conversation) this.#complain('a hello comes once');
      else this.#greet(command);
    } else if (conversation) {
      this.#obey(command, conversation);
    } else {
      this.#complain('the first frame is a hello');
    }
  }

  /**
   * Something arrived that is no command. The connection goes on.
   * @param clientId set when it was a message: it is refused instead of being lost without a word
   */
  fault(error: ProtocolError, clientId?: string): void {
    if (!this.#conversation && error.path === 'protocol') {
      this.peer.close(4400, 'this server speaks protocol 1');
    } else if (this.#conversation && clientId) {
      this.peer.send({ type: 'nack', clientId, code: 'invalid', message: error.message });
    } else {
      this.#complain(error.message);
    }
  }

  /** The connection is over. */
  closed(): void {
    this.#stopWaiting();
    this.#conversation?.detach(this.peer);
    this.#reception.left(this);
  }

  #complain(message: string): void {
    this.peer.send({ type: 'error', code: 'bad-frame', message });
  }

  #greet(hello: Hello): void {
    const admission = this.#reception.admit(hello);
    this.#stopWaiting();
    if ('refuse' in admission) {
      this.peer.close(admission.refuse, admission.reason);
      return;
    }
    const resumed = 'resume' in admission;
    const conversation = resumed ? admission.resume : admission.created;
    this.#conversation = conversation;
    this.#welcome(conversation, resumed);
    const { epoch } = conversation.record;
    const holdsPart = resumed && hello.epoch === epoch && hello.after !== undefined;
    const page = holdsPart
      ? conversation.page({ after: hello.after, limit: Infinity })
      : conversation.page({ limit: NEWEST_PAGE });
    this.peer.send({ type: 'history', ...page });
    conversation.attach(this.peer);
    this.#reception.greeted(conversation, hello, resumed);
  }

  #welcome({ record, messages, participants }: Conversation, resumed: boolean): void {
    const { features, limits, heartbeatMs = DEFAULT_HEARTBEAT_MS } = this.#reception;
    const { id: conversationId, guestId, tokens, epoch, mode } = record;
    this.peer.send({
      type: 'welcome',
      conversationId,
      guestId,
      resumeToken: tokens.at(-1) ?? '',
      resumed,
      epoch,
      lastSeq: messages.length,
      mode,
      participants,
      features,
      limits,
      heartbeatMs,
    });
  }

  #obey(command: Exclude<ClientCommand, { type: 'hello' }>, conversation: Conversation): void {
    switch (command.type) {
      case 'ping':
        return this.peer.send({ type: 'pong', t: command.t });
      case 'history':
        return this.#answerHistory(command, conversation);
      case 'send':
        return this.#take(command, conversation);
      case 'typing':
        conversation.guestTypes(command.active);
        break;
      case 'read':
        this.#read(command.upTo, conversation);
        break;
      case 'stop':
        conversation.streams.find(({ id }) => id === command.messageId)?.stop();
        break;
      case 'react':
        conversation.react(command.messageId, command.emoji, conversation.guest, command.active);
        break;
      case 'rate':
        conversation.change({ rating: { score: command.score, comment: command.comment } });
        break;
      case 'identify':
        conversation.change(learn(conversation.record, command));
        break;
      case 'end':
        this.#reception.end(conversation);
        break;
      case 'escalate':
        break;
    }
    this.#reception.arrived({ conversation, command });
  }

  #answerHistory({ before, after, limit }: ClientCommandOf<'history'>, conversation: Conversation): void {
    this.peer.send({ type: 'history', ...conversation.page({ before, after, limit }) });
    if (after !== undefined) conversation.repeatStreams(this.peer);
  }

  #take(command: { type: 'send' } & Send, conversation: Conversation): void {
    const { type: _type, ...send } = command;
    const message = this.#reception.inbox(conversation).receive(send, this);
    if (message) this.#reception.arrived({ conversation, command, message });
  }

  #read(upTo: number, conversation: Conversation): void {
    const known = Math.min(upTo, conversation.messages.length);
    if (known <= conversation.record.readUpTo) return;
    conversation.change({ readUpTo: known });
    conversation.receipt('read', conversation.guest, known, this.peer);
  }
}
