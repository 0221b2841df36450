/** A guest before a page; longer than most because all that a guest of the stories does, sees and reads is in one class. */
import { expect } from '@open-wc/testing';
import '../../../src/define.js';
import type { ChatWidget } from '../../../src/elements/chat-widget.js';
import {
  expectNothingLost,
  transcript,
  viewOf,
  type Conversation,
  type ManualClock,
  type MockChatServer,
  type TranscriptEntry,
  type Turn,
} from '../../../src/testing/index.js';
import { realTime } from './page-time.js';

/** How long something may really take to be seen, in milliseconds. No time of the story passes meanwhile. */
const PATIENCE_MS = 20_000;

/** Whose word it is, beside the name above the bubble. */
const ROLES = { guest: 'guest', ai: 'AI', staff: 'team' } as const;

/** What a guest reads, as one line: `Maya (team): Hello`, and `- Maya joined` for what stands between the bubbles. */
function line({ role, author, text, state }: TranscriptEntry): string {
  if (role === 'system') return `- ${text}`;
  const unfinished = state === 'queued' || state === 'sending' || state === 'failed' || state === 'streaming';
  return `${author} (${ROLES[role]}): ${text}${unfinished ? ` [${state}]` : ''}`;
}

/** A guest before a page with the chat: does what a guest can do, and sees what is drawn. */
export class Guest {
  /** What the page has heard from the chat so far, reloads included. */
  readonly #heard = { answering: [] as string[], messages: [] as string[], errors: [] as string[] };
  readonly #server: MockChatServer;
  readonly #clock: ManualClock;
  readonly #url: string;
  #widget: ChatWidget;

  /** @param name tells guests of one story apart: each has a browser with storage of its own */
  constructor(server: MockChatServer, clock: ManualClock, name: string) {
    this.#server = server;
    this.#clock = clock;
    this.#url = `wss://shop.test/${name}-${crypto.randomUUID()}`;
    this.#widget = this.#visit();
  }

  /** The guest's conversation as the team has it. */
  get conversation(): Conversation {
    const id = this.#widget.client?.state.conversationId;
    const found = this.#server.conversations.find((conversation) => conversation.id === id);
    if (!found) throw new Error('this guest has not talked to anybody yet');
    return found;
  }

  /** Opens the chat by its button, and waits for the line. */
  async opensTheChat(): Promise<void> {
    await this.#presses('[part~=launcher]');
    await this.#until(() => this.#widget.status, 'online');
    await this.#until(() => viewOf(this.#widget).open, true);
  }

  /** Writes something and presses Enter; it has arrived when this is over. */
  async says(text: string): Promise<void> {
    await this.writes(text);
    await this.#until(() => /\[(?:queued|sending)\]$/.test(this.#lines().at(-1)!), false);
  }

  /** Writes something and presses Enter, whether or not there is a line. */
  async writes(text: string): Promise<void> {
    const input = await this.#finds<HTMLTextAreaElement>('[part~=input]');
    const before = this.#lines().length;
    input.value = text;
    input.dispatchEvent(new InputEvent('input'));
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    await this.#until(
      () =>
        this.#lines()
          .slice(before)
          .some((said) => said.includes(text)),
      true,
    );
  }

  /** Presses "Talk to a person". What the team does about it is told by the story. */
  async asksForAPerson(): Promise<Turn> {
    const asked = this.#server.nextCommand('escalate');
    await this.#presses('[part~=escalate]');
    return asked;
  }

  /** Presses "Talk to a person", where the server knows by itself what follows. */
  async pressesTalkToAPerson(): Promise<void> {
    await this.#presses('[part~=escalate]');
  }

  /** Presses "Leave queue". */
  async leavesTheQueue(): Promise<void> {
    await this.#presses('[part~=queue] button');
  }

  /** Loads the page again: the chat is gone, and comes back closed, with nothing but what was stored. */
  async reloads(): Promise<void> {
    this.#widget.remove();
    await this.#clock.settle();
    this.#widget = this.#visit();
    await this.#until(() => this.#widget.status, 'online');
  }

  /** Reads a name above, and a line under it that says who answers or how the line is. */
  async sees(title: string, subtitle: string): Promise<void> {
    await this.#until(() => {
      const view = viewOf(this.#widget);
      return [view.title, view.subtitle];
    }, [title, subtitle]);
  }

  /** Sees the card of the queue, with a place and maybe a wait. */
  async seesThePlace(place: string, wait = ''): Promise<void> {
    const card = ['Your place in line', place, wait].filter(Boolean).join(' ');
    await this.#until(
      () => viewOf(this.#widget).queue.startsWith(`${card} We’ve shared`),
      true,
      () => viewOf(this.#widget).queue,
    );
  }

  /** Sees no card of a queue. */
  async seesNoQueue(): Promise<void> {
    await this.#until(() => viewOf(this.#widget).queue, '');
  }

  /** Sees who is typing: `Maya is typing`; nobody, without names. */
  async seesTyping(...who: string[]): Promise<void> {
    await this.#until(() => viewOf(this.#widget).typing, who);
  }

  /** Sees what the band under the header says of the line; nothing when it is empty. */
  async seesTheNotice(beginning: string): Promise<void> {
    const shown = (): string => viewOf(this.#widget).notice.slice(0, beginning.length || undefined);
    await this.#until(shown, beginning);
  }

  /** Sees a number at the button of the closed chat. */
  async seesUnread(count: string): Promise<void> {
    await this.#until(() => viewOf(this.#widget).unread, count);
  }

  /** Reads the whole thread from the first word to the last: nothing else is there. */
  async hasRead(...thread: string[]): Promise<void> {
    await this.#until(() => this.#lines(), thread);
  }

  /** Reads these lines at the end of the thread. */
  async reads(...last: string[]): Promise<void> {
    await this.#until(() => this.#lines().slice(-last.length), last);
  }

  /** Waits, in the story's time, until the answer is there to its last word. */
  async readsTheAnswer(text: string): Promise<void> {
    const { conversation } = this;
    const isThere = (): boolean => conversation.messages.at(-1)?.text === text;
    for (let tries = 0; tries < 600 && !isThere(); tries++) await this.#clock.advance(100);
    // A growing bubble is painted at intervals.
    await this.#clock.advance(100);
    await this.reads(`Assistant (AI): ${text}`);
  }

  /** Waits, in the story's time, until the first words of an answer are there and the others are not. */
  async readsTheBeginningOfTheAnswer(beginning: string): Promise<void> {
    const last = (): string => this.#lines().at(-1) ?? '';
    for (let tries = 0; tries < 600 && !last().includes(beginning); tries++) await this.#clock.advance(20);
    expect(last()).to.match(/^Assistant \(AI\): .* \[streaming\]$/);
  }

  /** The one answer so far was broken off, and stays so. */
  hasOnlyTheBeginningOf(answer: string): void {
    const said = this.#lines().filter((entry) => entry.startsWith('Assistant'));
    expect(said).to.have.length(1);
    const text = said[0]!.replace('Assistant (AI): ', '');
    expect(answer.startsWith(text) && text.length < answer.length, `"${text}" is a beginning`).to.equal(true);
  }

  /** The page heard, each time that it changed, who answers: `queued 2`, `staff Maya`, `ai`; and of nothing else. */
  pageHeardWhoAnswers(...modes: string[]): void {
    expect([...this.#heard.answering]).to.deep.equal(modes);
  }

  /** The page heard of these messages, `out` from the guest and `in` to them, in this order, once each. */
  pageHeardOfMessages(...messages: string[]): void {
    expect([...this.#heard.messages]).to.deep.equal(messages);
  }

  /**
   * The guest and the team have the same conversation, each message once and in order, and the page heard of no error but
   * that of a line that failed.
   */
  hasLostNothing(): void {
    expect(this.#heard.errors.filter((error) => !error.startsWith('connection: '))).to.deep.equal([]);
    expectNothingLost(this.#server, this.#widget, { conversation: this.conversation });
    const ids = this.#widget.messages.map(({ id }) => id);
    expect(ids, 'each message once').to.deep.equal(this.conversation.messages.map(({ id }) => id));
  }

  /** Goes, and leaves nothing behind in this browser. */
  async isGone(): Promise<void> {
    await this.#widget.reset();
    this.#widget.remove();
    await this.#clock.settle();
  }

  #visit(): ChatWidget {
    const widget = document.createElement('chat-widget');
    // A backend of its own, as each page has its own socket; what is stored belongs to the address.
    Object.assign(widget, { backend: this.#server.backend(), url: this.#url });
    Object.assign(widget, { heading: 'Fernway support', locale: 'en-GB' });
    this.#listens(widget);
    document.body.append(widget);
    return widget;
  }

  #listens(widget: ChatWidget): void {
    const { answering, messages, errors } = this.#heard;
    widget.addEventListener('chat-answering', ({ mode, author, position }) =>
      answering.push([mode, author?.name ?? position ?? ''].join(' ').trim()),
    );
    widget.addEventListener('chat-message', ({ message, direction }) =>
      messages.push(`${direction}: ${message.text}`),
    );
    widget.addEventListener('chat-error', ({ code, error }) => errors.push(`${code}: ${error.message}`));
  }

  #lines(): string[] {
    return transcript(this.#widget).map(line);
  }

  async #presses(selector: string): Promise<void> {
    (await this.#finds(selector)).click();
    await this.#clock.settle();
  }

  async #finds<T extends HTMLElement>(selector: string): Promise<T> {
    const find = (): T | null | undefined => this.#widget.shadowRoot?.querySelector<T>(selector);
    await this.#until(
      () => Boolean(find()),
      true,
      () => `there is no ${selector}`,
    );
    return find()!;
  }

  /** Waits until what is seen is what is expected, without any time passing in the story. */
  async #until<T>(look: () => T, expected: T, instead: () => unknown = look): Promise<void> {
    const wanted = JSON.stringify(expected);
    for (const end = realTime() + PATIENCE_MS; JSON.stringify(look()) !== wanted;) {
      if (realTime() < end) await this.#clock.advance();
      else {
        expect(look(), JSON.stringify([instead(), this.#lines(), this.#heard.errors])).to.deep.equal(
          expected,
        );
      }
    }
  }
}
