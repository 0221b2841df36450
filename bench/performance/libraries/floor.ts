/**
 * The floor: about the least that a chat can do and still be one. Written by hand against the DOM, no framework, no
 * network, no state but what it shows. What it must have to be comparable: messages in groups with picture, name, tag,
 * time and words for screen readers, days, Markdown, keyed and windowed by groups, follows its end until the reader leaves
 * it, holds a tall answer at its first line, grows its message box. What came in within a task is drawn once, a growing
 * answer once a frame.
 */
import type { Said } from '../page/contestant.js';
import { LOOK } from '../page/floor/look.js';
import type { MarkdownWriter } from '../page/floor/markdown-writer.js';
import { FollowEnd } from '../page/floor/follow-end.js';
import { GroupWindow } from '../page/floor/group-window.js';
import { groupElement, messageElement, type Drawn, type Group } from '../page/floor/draw.js';

/** Messages of one author closer together than this share a group, in milliseconds; as in our widget. */
const GROUP_GAP_MS = 5 * 60_000;

const sheet = new CSSStyleSheet();
sheet.replaceSync(LOOK);

/** A chat: first in memory, then in an element. */
export class FloorChat {
  readonly #groups: Group[] = [];
  #window!: GroupWindow;
  #follow!: FollowEnd;
  #queue: Said[] = [];
  #pending = '';
  #answer: { drawn: Drawn; writer: MarkdownWriter } | undefined;
  #ended = false;

  constructor(history: readonly Said[]) {
    for (const message of history) this.#file(message);
  }

  /** Draws it into an element. */
  open(host: HTMLElement): void {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [sheet];
    const panel = element('div', 'panel');
    const header = element('header');
    header.append(element('h2', '', 'Support'));
    const scroller = element('div', 'transcript');
    scroller.role = 'log';
    scroller.tabIndex = 0;
    const messages = element('div', 'messages');
    scroller.append(messages);
    panel.append(header, scroller, this.#composer());
    root.replaceChildren(panel);

    this.#follow = new FollowEnd(scroller, messages, () => this.#window.look());
    this.#window = new GroupWindow(scroller, messages, this.#groups, groupElement);
    this.#window.toEnd();
    this.#follow.toEnd();
  }

  /** A message has come. */
  add(message: Said): void {
    if (this.#queue.push(message) === 1) queueMicrotask(() => this.#draw());
  }

  /** The guest asks; an answer follows. */
  ask(text: string): void {
    const sentAt = new Date().toISOString();
    this.#queue.push({ id: 'question', seq: 0, role: 'guest', text, sentAt });
    this.#queue.push({ id: 'answer', seq: 0, role: 'ai', text: '', sentAt });
    this.#draw();
    const drawn = this.#groups.at(-1)!.drawn!.messages.at(-1)!;
    this.#answer = { drawn, writer: drawn.writer! };
    this.#follow.resume();
  }

  /** The answer goes on. */
  write(text: string): void {
    if (!this.#pending) requestAnimationFrame(() => this.#flush());
    this.#pending += text;
  }

  /** The answer is complete. */
  finish(): void {
    this.#ended = true;
    if (!this.#pending) this.#flush();
  }

  /** Ends what watches it. */
  destroy(): void {
    this.#follow.destroy();
    this.#window.destroy();
  }

  #flush(): void {
    this.#answer?.writer.write(this.#pending, this.#ended);
    this.#pending = '';
  }

  #draw(): void {
    const queue = this.#queue;
    this.#queue = [];
    for (const message of queue) {
      const group = this.#file(message);
      if (group.drawn) messageElement(group, message);
      else if (group.messages.length === 1) this.#window.append(this.#follow.following);
      this.#follow.newest = message.role === 'ai' ? group.drawn?.messages.at(-1)?.bubble : undefined;
    }
  }

  /** Puts a message into its group. */
  #file(message: Said): Group {
    const time = Date.parse(message.sentAt);
    const last = this.#groups.at(-1);
    if (last && last.role === message.role && time - last.time < GROUP_GAP_MS) {
      last.messages.push(message);
      last.time = time;
      return last;
    }
    const day = Math.floor(time / 86_400_000);
    const group: Group = { role: message.role, messages: [message], time, day, newDay: last?.day !== day };
    this.#groups.push(group);
    return group;
  }

  #composer(): HTMLElement {
    const composer = element('div', 'composer');
    const field = element('textarea') as HTMLTextAreaElement;
    const button = element('button', '', 'Send') as HTMLButtonElement;
    button.disabled = true;
    field.addEventListener('input', () => {
      const empty = field.value.trim() === '';
      if (button.disabled !== empty) button.disabled = empty;
    });
    composer.append(field, button);
    return composer;
  }
}

function element(tag: string, className = '', text = ''): HTMLElement {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}
