import type { Author } from '../src/protocol/message.js';
import { readFrame } from '../src/protocol/frame.js';
import { ProtocolError } from '../src/protocol/read.js';
import type { ServerEvent } from '../src/protocol/server-event.js';
import type { Conversation } from '../src/testing/host/conversation.js';
import { readDeskCommand, type DeskCommand, type DeskEvent, type DeskGuest } from './desk-protocol.js';

/** Newest messages shown of a conversation. */
const THREAD_LENGTH = 200;

/** The socket of a tab. */
export interface DeskSocket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

/** What a tab needs of the desk. */
export interface Desk {
  seat(name: string, avatarUrl: string | undefined, key: string | undefined): Author | undefined;
  find(id: string): Conversation | undefined;
  guests(): DeskGuest[];
  join(conversation: Conversation, person: Author): void;
  saw(conversation: Conversation): void;
  end(conversation: Conversation, person: Author): void;
  refresh(conversation: Conversation): void;
  closed(tab: DeskTab): void;
}

/** One tab of the desk's page. */
export class DeskTab {
  readonly #desk: Desk;
  readonly #socket: DeskSocket;
  #person: Author | undefined;
  #shown: Conversation | undefined;

  constructor(desk: Desk, socket: DeskSocket) {
    this.#desk = desk;
    this.#socket = socket;
  }

  /** Who sits here, once they said so. */
  get person(): Author | undefined {
    return this.#person;
  }

  /** Whether a conversation is on screen here. */
  shows(conversation: Conversation): boolean {
    return this.#shown === conversation;
  }

  /** Tells the tab. */
  tell(event: DeskEvent): void {
    this.#socket.send(JSON.stringify(event));
  }

  /** Something was told in a conversation. */
  hear(conversation: Conversation, event: ServerEvent): void {
    if (!this.shows(conversation)) return;
    this.tell({ type: 'event', id: conversation.id, event });
    if (event.type === 'message' && event.message.role === 'guest') this.#markRead(conversation);
  }

  /** A text arrived. */
  receive(text: unknown): void {
    try {
      const { event, data } = readFrame(text);
      const command = readDeskCommand(event, data);
      if (command) this.#obey(command);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.tell({ type: 'error', message: error.message });
    }
  }

  /** The socket is closed. */
  closed(): void {
    if (this.#person && this.#shown) this.#shown.type(this.#person, false);
    this.#person = undefined;
    this.#desk.closed(this);
  }

  #obey(command: DeskCommand): void {
    if (command.type === 'hello') {
      this.#sitDown(command);
      return;
    }
    const conversation = this.#desk.find(command.id);
    if (!this.#person) this.tell({ type: 'error', message: 'the first frame is a hello' });
    else if (!conversation) this.tell({ type: 'error', message: 'there is no such guest' });
    else this.#act(command, conversation, this.#person);
  }

  #sitDown({ name, avatarUrl, key }: Extract<DeskCommand, { type: 'hello' }>): void {
    this.#person = this.#desk.seat(name, avatarUrl, key);
    if (this.#person) this.tell({ type: 'desk', you: this.#person, guests: this.#desk.guests() });
    else this.#socket.close(4403, 'the key is not the right one');
  }

  #act(command: Exclude<DeskCommand, { type: 'hello' }>, conversation: Conversation, person: Author): void {
    switch (command.type) {
      case 'open':
        this.#shown = conversation;
        this.tell({ type: 'thread', id: conversation.id, ...conversation.page({ limit: THREAD_LENGTH }) });
        this.#desk.saw(conversation);
        this.#markRead(conversation);
        return this.#desk.refresh(conversation);
      case 'join':
        this.#desk.join(conversation, person);
        return this.#markRead(conversation);
      case 'leave':
        return conversation.leave(person);
      case 'typing':
        return conversation.type(person, command.active);
      case 'say':
        this.#desk.join(conversation, person);
        if (conversation.mode === 'closed') {
          return this.tell({ type: 'error', message: 'the conversation is over' });
        }
        conversation.store({ role: 'staff', author: person, text: command.text });
        return;
      case 'close':
        return this.#desk.end(conversation, person);
    }
  }

  /** Only who is in the conversation reads in the guest's eyes; a colleague who looks on does not. */
  #markRead(conversation: Conversation): void {
    const { participants } = conversation;
    if (this.#person && this.shows(conversation) && participants.some(({ id }) => id === this.#person?.id)) {
      conversation.receipt('read', this.#person);
    }
  }
}
