import { messageKey, type ChatMessage } from '../conversation/state.js';

/** How many messages are drawn at first, and kept while the reader is at the end. */
const AT_REST = 12;
/** How many are drawn around a message that somebody goes to. */
const AROUND = 20;
/** How many more are drawn at an end that the reader comes near. */
const STEP = 12;
/** Past this, the messages farthest from the reader are let go: more than any screen shows with its surroundings. */
const MOST = 120;

/**
 * The part of a conversation that is in the page: so many messages that a reader always has some more in both
 * directions, and never more than {@link MOST}, however long the conversation is. It moves along with the reader.
 *
 * Its bounds are kept as messages and not as numbers, because a list grows at both ends.
 */
export class TranscriptWindow {
  /** Index of the first message drawn. */
  start = 0;
  /** Index after the last message drawn. */
  end = 0;
  /** Whether the end of the conversation is drawn, and so what comes there will be. */
  atEnd = true;
  #messages: readonly ChatMessage[] = [];
  /** How many messages are enough at the end: more where the view is high. */
  #rest = AT_REST;
  #first: string | undefined;
  #last: string | undefined;

  /** Whether there are messages before the first one drawn. */
  get hasEarlier(): boolean {
    return this.start > 0;
  }

  /**
   * Finds its place in a list that has changed.
   * @param resting whether the reader is at the end, so that what is far above can go
   * @returns whether messages left the page above the ones that stay
   */
  place(messages: readonly ChatMessage[], resting: boolean): boolean {
    if (messages === this.#messages && !(resting && this.end - this.start > this.#rest + STEP)) return false;
    const grown = this.#messages.length === 0;
    this.#messages = messages;
    const last = this.atEnd ? messages.length - 1 : this.#indexOf(this.#last, messages.length - 1);
    if (last < 0 || last === messages.length - 1) this.atEnd = true;
    this.end = this.atEnd ? messages.length : last + 1;
    const first = grown ? -1 : this.#indexOf(this.#first, this.end - 1);
    const start = first < 0 ? Math.max(0, this.end - this.#rest) : first;
    const most = resting && this.atEnd ? this.#rest + STEP : MOST;
    const overfull = this.end - start > most;
    if (!overfull) this.#take(start, this.end);
    // Who reads further up keeps what they read; what is new stays below until they come down.
    else if (!resting) this.#take(start, start + MOST);
    else this.#take(this.end - this.#rest, this.end);
    return first >= 0 && this.start > first;
  }

  /**
   * Draws earlier messages, as far as there are any.
   * @param resting whether the reader is at the end all the same: the view is high
   */
  extendUp(resting: boolean): boolean {
    if (this.start === 0) return false;
    const start = Math.max(0, this.start - STEP);
    this.#take(start, Math.min(this.end, start + MOST));
    if (resting && this.atEnd) this.#rest = Math.min(MOST - STEP, this.end - start);
    return true;
  }

  /** Draws later messages, as far as there are any. */
  extendDown(): boolean {
    if (this.atEnd) return false;
    const end = Math.min(this.#messages.length, this.end + STEP);
    this.#take(Math.max(this.start, end - MOST), end);
    return true;
  }

  /** Goes to the end of the conversation. */
  toEnd(): void {
    if (this.atEnd) return;
    const { length } = this.#messages;
    this.#take(Math.max(0, length - this.#rest), length);
  }

  /** Goes to one message, with others around it. */
  around(index: number): void {
    if (index >= this.start && index < this.end) return;
    const start = Math.max(0, index - AROUND / 2);
    this.#take(start, Math.min(this.#messages.length, start + AROUND));
  }

  #take(start: number, end: number): void {
    this.start = start;
    this.end = end;
    this.atEnd = end === this.#messages.length;
    const [first, last] = [this.#messages[start], this.#messages[end - 1]];
    this.#first = first && messageKey(first);
    this.#last = last && messageKey(last);
  }

  /** Looks for a message from an index upwards: it is near, except for who reads far up. */
  #indexOf(key: string | undefined, from: number): number {
    for (let i = from; i >= 0; i--) if (messageKey(this.#messages[i]!) === key) return i;
    return -1;
  }
}
