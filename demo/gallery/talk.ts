import type { ChatMessage } from '../../src/conversation/state.js';
import type { Author, SystemEvent } from '../../src/protocol/message.js';
import { at } from './moment.js';

/** Notes down a conversation: each call says one thing more. Times are of the gallery's day. */
export class Talk {
  /** All that has been said. */
  readonly messages: ChatMessage[] = [];
  /** The day that is spoken on; 0 is today, -1 yesterday. */
  #day = 0;

  /** Goes to another day. */
  on(day: number): this {
    this.#day = day;
    return this;
  }

  /** The guest writes. */
  guest(time: string, text: string, rest: Partial<ChatMessage> = {}): this {
    return this.#note(time, { role: 'guest', text, delivery: 'sent', ...rest });
  }

  /** The guest writes something that has not got to the server. */
  unsent(delivery: 'queued' | 'sending' | 'failed', text: string): this {
    return this.guest('11:02', text, { delivery, seq: undefined });
  }

  /** An assistant or a person says something. */
  says(author: Author, time: string, text: string, rest: Partial<ChatMessage> = {}): this {
    const format = author.role === 'ai' ? 'markdown' : 'plain';
    return this.#note(time, { role: author.role, author, text, format, ...rest });
  }

  /** An assistant is in the middle of an answer. */
  growing(author: Author, text: string): this {
    return this.says(author, '11:02', text, { format: undefined, seq: undefined, streaming: true });
  }

  /** Something happens. */
  event(time: string, event: SystemEvent, author?: Author): this {
    return this.#note(time, { role: 'system', text: event, event, author });
  }

  /** Something that the server says in its own words happens. */
  told(time: string, text: string): this {
    return this.#note(time, { role: 'system', text });
  }

  #note(time: string, message: Omit<ChatMessage, 'id' | 'sentAt'>): this {
    const seq = this.messages.length + 1;
    const clientId = message.role === 'guest' ? `c${seq}` : undefined;
    this.messages.push({ id: `m${seq}`, seq, clientId, sentAt: at(time, this.#day), ...message });
    return this;
  }
}
