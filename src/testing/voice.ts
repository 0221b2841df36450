import type { Author, Message } from '../protocol/message.js';
import type { ChatHost } from './host/chat-host.js';
import type { Conversation } from './host/conversation.js';
import type { ReplyStream } from './host/reply-stream.js';

/** What a message may have beside its text. */
export type SayOptions = Partial<
  Pick<Message, 'format' | 'actions' | 'sources' | 'attachments' | 'replyTo' | 'meta'>
>;

/**
 * The AI or a person of the team, speaking in one conversation. Everything happens at once and can be chained.
 * Texts of the AI are markdown unless told otherwise, texts of people are plain.
 */
export class Voice {
  readonly #host: ChatHost;
  readonly #conversation: Conversation;
  readonly #before: () => void;
  #stream: ReplyStream | undefined;
  #growing = false;

  /** Made by `server.ai()`, `server.staff()` and `turn.staff()`. `before` runs before everything that is said or done. */
  constructor(
    host: ChatHost,
    conversation: Conversation,
    /** Who speaks. */
    readonly author: Author,
    before: () => void = () => {},
  ) {
    this.#host = host;
    this.#conversation = conversation;
    this.#before = before;
  }

  /** Whether the guest stopped the reply that is, or was last, growing. */
  get stopped(): boolean {
    return this.#stream?.stopped ?? false;
  }

  /** Starts typing. @param label names a step, such as "Checking the forecast" */
  types(label?: string): this {
    return this.#do(() => this.#conversation.type(this.author, true, label));
  }

  /** Stops typing without a word. */
  pauses(): this {
    return this.#do(() => this.#conversation.type(this.author, false));
  }

  /** Sends one whole message. */
  says(text: string, options: SayOptions = {}): this {
    const { author } = this;
    const format = author.role === 'ai' ? ({ format: 'markdown' } as const) : {};
    // What happened is nobody's word.
    const by = author.role === 'system' ? {} : { author };
    return this.#do(() =>
      this.#conversation.store({ role: author.role, ...by, text, ...format, ...options }),
    );
  }

  /** Streams a whole reply: one delta per chunk, then the final message. */
  stream(...chunks: string[]): this {
    for (const chunk of chunks) this.streams(chunk);
    return this.ends();
  }

  /** Streams a part of a reply, which stays open until `ends()`. Text after the guest's stop is dropped. */
  streams(text: string): this {
    return this.#do(() => {
      if (!this.#growing) this.#stream = this.#conversation.stream(this.author);
      this.#growing = true;
      this.#stream?.append(text);
    });
  }

  /** Ends the reply that is growing with its final message. @param text a last part */
  ends(text = '', options: SayOptions = {}): this {
    if (text) this.streams(text);
    return this.#do(() => {
      this.#stream?.end(options);
      this.#growing = false;
    });
  }

  /** Has read everything the guest wrote. */
  reads(): this {
    return this.#do(() => this.#conversation.receipt('read', this.author));
  }

  /** Got everything the guest wrote. */
  receives(): this {
    return this.#do(() => this.#conversation.receipt('delivered', this.author));
  }

  /** Adds a reaction, or withdraws it with `active` false. Default message: the last one of the guest. */
  reacts(emoji: string, { messageId, active = true }: { messageId?: string; active?: boolean } = {}): this {
    return this.#do(() => {
      const last = this.#conversation.messages.findLast(({ role }) => role === 'guest');
      this.#conversation.react(messageId ?? last?.id ?? '', emoji, this.author, active);
    });
  }

  /** Comes into the conversation: the line in the thread, `joined`, mode `staff`. Coming twice is coming once. */
  joins(): this {
    return this.#do(() => this.#conversation.join(this.author));
  }

  /** Leaves the conversation; when nobody is left, the AI answers again. */
  leaves(): this {
    return this.#do(() => this.#conversation.leave(this.author));
  }

  /** Ends the conversation. */
  closes(): this {
    return this.#do(() => this.#host.end(this.#conversation, this.author));
  }

  #do(act: () => unknown): this {
    this.#before();
    act();
    return this;
  }
}
