import type { Author, Message } from '../../protocol/message.js';
import type { ServerEvent } from '../../protocol/server-event.js';
import type { MessageDraft } from './message-draft.js';
import type { Peer } from './peer.js';

/** Most text of one delta when a stream is repeated, in UTF-16 units: far below the largest frame. */
const REPEAT_UNITS = 32_768;

/** What a stream needs of its conversation. */
export interface StreamOwner {
  broadcast(event: ServerEvent): void;
  store(draft: MessageDraft): Message;
}

/** A reply that is still growing: deltas first, then one final message that takes the next `seq`. */
export class ReplyStream {
  readonly #owner: StreamOwner;
  #text = '';
  #state: 'open' | 'ended' | 'stopped' = 'open';

  constructor(
    owner: StreamOwner,
    /** Id of the message it becomes. */
    readonly id: string,
    /** Who is speaking. */
    readonly author: Author,
  ) {
    this.#owner = owner;
  }

  /** All text so far. */
  get text(): string {
    return this.#text;
  }

  /** Whether more text may come. */
  get open(): boolean {
    return this.#state === 'open';
  }

  /** Whether the guest stopped it. */
  get stopped(): boolean {
    return this.#state === 'stopped';
  }

  /** Adds text; ignored once the stream is over, since the guest may stop it at any time. */
  append(text: string): void {
    if (!this.open) return;
    this.#owner.broadcast(this.#delta(this.#text.length, text));
    this.#text += text;
  }

  /**
   * Ends it with the final message.
   * @param final what the message has beside its text; `text` replaces what was streamed
   * @returns undefined when it was over already
   */
  end(final: Partial<MessageDraft> = {}): Message | undefined {
    return this.#finish('ended', final);
  }

  /** The guest wants no more: the text so far becomes the message. */
  stop(): Message | undefined {
    return this.#finish('stopped', {});
  }

  /** Ends it without a message, as a crash of the server does. */
  abandon(): void {
    this.#state = 'stopped';
  }

  /** Tells a connection that came back all text so far. */
  repeatTo(peer: Peer): void {
    let offset = 0;
    do {
      const text = this.#text.slice(offset, offset + REPEAT_UNITS);
      peer.send(this.#delta(offset, text));
      offset += REPEAT_UNITS;
    } while (offset < this.#text.length);
  }

  #delta(offset: number, text: string): ServerEvent {
    const { id, author } = this;
    return { type: 'delta', id, offset, text, ...(offset === 0 && { role: author.role, author }) };
  }

  #finish(state: 'ended' | 'stopped', final: Partial<MessageDraft>): Message | undefined {
    if (!this.open) return undefined;
    this.#state = state;
    const { id, author } = this;
    const format = author.role === 'ai' ? ({ format: 'markdown' } as const) : {};
    return this.#owner.store({ role: author.role, author, text: this.#text, ...format, ...final, id });
  }
}
