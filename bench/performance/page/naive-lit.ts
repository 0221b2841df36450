/** The naive Lit list. */
import type { NaiveList } from '../libraries/naive-lit.js';
import { box, type Contestant, type Said } from './contestant.js';

let host: HTMLElement;
let list: NaiveList;
let history: readonly Said[];

globalThis.contestant = {
  async load() {
    await import(/* @vite-ignore */ `${'/libraries/naive-lit.js'}`);
  },
  async prepare(given: readonly Said[]) {
    history = given;
  },
  async show() {
    host = box();
    list = document.createElement('naive-list') as NaiveList;
    list.messages = history;
    host.append(list);
    await list.updateComplete;
  },
  receive(message) {
    list.messages = [...list.messages, message];
  },
  async ask() {
    const sentAt = new Date().toISOString();
    list.messages = [
      ...list.messages,
      { id: 'question', seq: 0, role: 'guest', text: 'How do I care for a waxed jacket?', sentAt },
      { id: 'answer', seq: 0, role: 'ai', text: '', sentAt },
    ];
  },
  token(text) {
    const last = list.messages.at(-1)!;
    list.messages = [...list.messages.slice(0, -1), { ...last, text: last.text + text }];
  },
  finish() {},
  root: () => list.shadowRoot!,
  input: () => list.shadowRoot!.querySelector('textarea')!,
  destroy() {
    host.remove();
  },
} satisfies Contestant;
