import type { Said } from '../contestant.js';
import { MarkdownWriter } from './markdown-writer.js';

/** A message that is in the page. */
export interface Drawn {
  readonly bubble: HTMLElement;
  readonly writer?: MarkdownWriter;
}

/** Consecutive messages of one author, whether they are in the page or not. */
export interface Group {
  readonly role: Said['role'];
  readonly messages: Said[];
  readonly day: number;
  /** Whether a line with the day stands above it. */
  readonly newDay: boolean;
  /** When the last of them was sent. */
  time: number;
  /** Height when it was last in the page, in pixels. */
  height?: number;
  /** What is in the page of it. */
  drawn?: { root: HTMLElement; body: HTMLElement; meta: HTMLElement; messages: Drawn[] };
}

/** Made once and cloned: it is the quickest way to elements. */
const templates = {
  ai: template(
    `<div class="item"><div class="group ai" role="group" aria-label="Assistant"><span class="avatar" aria-hidden="true"><svg viewBox="0 0 24 24"><path d="M12 3l2 5 5 2-5 2-2 5-2-5-5-2 5-2z"></path></svg></span><div class="group-body"><p class="author"><bdi>Assistant</bdi><span class="role-tag ai">AI</span></p><p class="meta"><time></time></p></div></div></div>`,
  ),
  guest: template(
    `<div class="item"><div class="group guest" role="group" aria-label="You"><div class="group-body"><p class="meta"><span class="status"><svg viewBox="0 0 24 24"><path d="M5 12l5 5 9-10"></path></svg>Sent</span><time></time></p></div></div></div>`,
  ),
  message: template(`<div class="message"><span class="vh"></span><div class="bubble"></div></div>`),
  day: template(`<p class="day"></p>`),
};

function template(markup: string): HTMLElement {
  return new DOMParser().parseFromString(markup, 'text/html').body.firstElementChild as HTMLElement;
}

/** Made with the first message: the first ones of a page cost some 25 ms. */
let formats: Record<'time' | 'moment' | 'day', Intl.DateTimeFormat> | undefined;
const formatters = (): NonNullable<typeof formats> =>
  (formats ??= {
    time: new Intl.DateTimeFormat('en', { hour: 'numeric', minute: '2-digit' }),
    moment: new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'short' }),
    day: new Intl.DateTimeFormat('en', { weekday: 'long', day: 'numeric', month: 'long' }),
  });

/** Makes the elements of a group. */
export function groupElement(group: Group): HTMLElement {
  const root = document.importNode(templates[group.role], true);
  if (group.newDay) {
    const day = document.importNode(templates.day, true);
    day.textContent = formatters().day.format(group.time);
    root.prepend(day);
  }
  const body = root.querySelector<HTMLElement>('.group-body')!;
  group.drawn = { root, body, meta: body.querySelector('.meta')!, messages: [] };
  for (const message of group.messages) messageElement(group, message);
  return root;
}

/** Adds a message to the elements of its group. */
export function messageElement({ role, drawn }: Group, message: Said): void {
  const { meta, messages } = drawn!;
  const root = document.importNode(templates.message, true);
  const said = root.firstElementChild!;
  const bubble = root.lastElementChild as HTMLElement;
  const sent = new Date(message.sentAt);
  const time = formatters().time.format(sent);
  said.textContent = `${role === 'guest' ? 'You said' : 'Assistant said'}, ${time}:`;
  bubble.className = `bubble ${role}${messages.length ? '' : ' first'}`;
  let writer: MarkdownWriter | undefined;
  if (role === 'ai') {
    writer = new MarkdownWriter(bubble);
    // An empty one is about to grow.
    if (message.text) writer.write(message.text, true);
  } else bubble.textContent = message.text;
  meta.before(root);
  const shown = meta.querySelector('time')!;
  shown.dateTime = message.sentAt;
  shown.title = formatters().moment.format(sent);
  shown.textContent = time;
  messages.push({ bubble, ...(writer && { writer }) });
}
