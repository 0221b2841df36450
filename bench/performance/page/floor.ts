/** The floor: see libraries/floor.ts. */
import type { FloorChat } from '../libraries/floor.js';
import { box, type Contestant, type Said } from './contestant.js';

let library: typeof import('../libraries/floor.js');
let host: HTMLElement;
let chat: FloorChat;

globalThis.contestant = {
  async load() {
    library = await import(/* @vite-ignore */ `${'/libraries/floor.js'}`);
  },
  async prepare(history: readonly Said[]) {
    chat = new library.FloorChat(history);
  },
  async show() {
    host = box();
    chat.open(host);
  },
  receive: (message) => chat.add(message),
  async ask() {
    chat.ask('How do I care for a waxed jacket?');
  },
  token: (text) => chat.write(text),
  finish: () => chat.finish(),
  root: () => host.shadowRoot!,
  input: () => host.shadowRoot!.querySelector('textarea')!,
  destroy() {
    chat.destroy();
    host.remove();
  },
} satisfies Contestant;
