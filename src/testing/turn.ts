import type { ClientCommand } from '../protocol/client-command.js';
import type { Author, SystemEvent } from '../protocol/message.js';
import type { Answering, NackCode } from '../protocol/server-event.js';
import type { Arrival, ChatHost } from './host/chat-host.js';
import type { Conversation } from './host/conversation.js';
import type { NackOptions } from './host/inbox.js';
import { Voice, type SayOptions } from './voice.js';

/** The assistant as an author: without a name, so that the widget shows its own word for it. */
export const AI: Author = { id: 'ai', role: 'ai' };

/** A person of the team, as far as a test wants to tell. */
export interface StaffProfile {
  /** Default: made from the name. */
  id?: string;
  /** Name to show. */
  name: string;
  /** Absolute http(s) or data URL of a portrait. */
  avatarUrl?: string;
}

/** The author a profile describes. */
export function staffAuthor({ id, name, avatarUrl }: StaffProfile): Author {
  const made = `staff-${name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}`;
  return { id: id ?? made, role: 'staff', name, ...(avatarUrl && { avatarUrl }) };
}

/** A place in the queue. */
export interface QueuePlace {
  /** From 1. */
  position?: number;
  /** Expected wait in seconds. */
  waitSeconds?: number;
}

/**
 * Something the guest did, and every way to answer it. Everything happens at once and can be chained; an answer implies
 * the ack.
 */
export class Turn {
  readonly #host: ChatHost;
  readonly #arrival: Arrival;
  readonly #ai: Voice;

  /** Made by the server; see `server.nextTurn()`. @param ai who the assistant is */
  constructor(host: ChatHost, arrival: Arrival, ai: Author = AI) {
    this.#host = host;
    this.#arrival = arrival;
    this.#ai = new Voice(host, arrival.conversation, ai, () => this.ack());
  }

  /** What the guest did. */
  get command(): ClientCommand {
    return this.#arrival.command;
  }

  /** The conversation it happened in. */
  get conversation(): Conversation {
    return this.#arrival.conversation;
  }

  /** Text of the message; empty for commands that are no messages. */
  get text(): string {
    return this.command.type === 'send' ? this.command.text : '';
  }

  /** The guest's own id of the message; empty for commands that are no messages. */
  get clientId(): string {
    return this.command.type === 'send' ? this.command.clientId : '';
  }

  /** The quick reply the guest chose. */
  get action(): { messageId: string; value: string } | undefined {
    return this.command.type === 'send' ? this.command.action : undefined;
  }

  /** Whether this is a message that nobody acknowledged or refused yet. */
  get open(): boolean {
    return this.#arrival.message?.state === 'waiting';
  }

  /** Whether this is a message that was refused, also as one behind another. */
  get refused(): boolean {
    return this.#arrival.message?.state === 'refused';
  }

  /** Whether the guest stopped the reply of this turn. */
  get stopped(): boolean {
    return this.#ai.stopped;
  }

  /**
   * Stores the message and tells its sender. Doing it twice does it once; commands that are no messages need none.
   * @throws when it was refused
   */
  ack(): this {
    this.#arrival.message?.ack();
    return this;
  }

  /**
   * Refuses the message: for good, or with `retryAfterMs` for a moment.
   * @throws when it was acknowledged or refused before
   */
  nack(code: NackCode | (string & {}), options: NackOptions = {}): this {
    this.#arrival.message?.nack(code, options);
    return this;
  }

  /** The AI starts typing. @param label names a step, such as "Checking the forecast" */
  type(label?: string): this {
    return this.#by((ai) => ai.types(label));
  }

  /** The AI stops typing without a word. */
  pauses(): this {
    return this.#by((ai) => ai.pauses());
  }

  /** The AI sends one whole message. */
  says(text: string, options?: SayOptions): this {
    return this.#by((ai) => ai.says(text, options));
  }

  /** The AI streams a whole reply: one delta per chunk, then the final message. */
  stream(...chunks: string[]): this {
    return this.#by((ai) => ai.stream(...chunks));
  }

  /** The AI streams a part of a reply, which stays open until `ends()`. */
  streams(text: string): this {
    return this.#by((ai) => ai.streams(text));
  }

  /** The AI ends the growing reply with its final message. @param text a last part */
  ends(text?: string, options?: SayOptions): this {
    return this.#by((ai) => ai.ends(text, options));
  }

  /** The AI has read everything the guest wrote. */
  reads(): this {
    return this.#by((ai) => ai.reads());
  }

  /** The AI got everything the guest wrote. */
  receives(): this {
    return this.#by((ai) => ai.receives());
  }

  /** The AI reacts to this message. */
  reacts(emoji: string): this {
    return this.#by((ai) => ai.reacts(emoji));
  }

  /** Puts the guest into the queue, with its line in the thread; in the queue already, moves their place. */
  escalate(place: QueuePlace = {}): this {
    if (this.conversation.mode !== 'queued') this.reports('escalated');
    return this.mode('queued', place);
  }

  /** Takes the guest out of the queue, with its line in the thread. */
  leaveQueue(): this {
    if (this.conversation.mode !== 'queued') return this;
    return this.reports('queue-left').mode('ai');
  }

  /** Changes who answers, without a line in the thread. */
  mode(mode: Answering, place?: QueuePlace): this {
    this.ack();
    this.conversation.setMode(mode, place);
    return this;
  }

  /** Stores the line in the thread that says what happened. @param author whom it is about */
  reports(event: SystemEvent, author?: Author): this {
    this.ack();
    this.conversation.report(event, author);
    return this;
  }

  /** A person of the team: `turn.staff({name: 'Maya'}).joins().says('Hi!')`. */
  staff(profile: StaffProfile): Voice {
    return this.voice(staffAuthor(profile));
  }

  /** Anybody, to speak in this conversation. */
  voice(author: Author): Voice {
    return new Voice(this.#host, this.conversation, author, () => this.ack());
  }

  /** The AI ends the conversation. The connections are closed with 1000 a while later. */
  closes(): this {
    return this.#by((ai) => ai.closes());
  }

  /** Resolves after `ms` milliseconds of the server's clock; never once the server is stopped. */
  wait(ms: number): Promise<void> {
    return this.#host.wait(ms);
  }

  #by(act: (ai: Voice) => unknown): this {
    act(this.#ai);
    return this;
  }
}
