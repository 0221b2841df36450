/** The floor: see libraries/floor.ts. */
import type { FloorChat } from '../libraries/floor.js';
import { box, type Contestant, type Said } from './contestant.js';

let library: typeof import('../libraries/floor.js');
let host: HTMLElement;
let chat: FloorChat;
let history: readonly Said[];

globalThis.contestant = {
  async load() {
    library = await import(/* @vite-ignore */ `${'/libraries/floor.js'}`);
  },
  async prepare(given: readonly Said[]) {
    history = given;
  },
  async show() {
    host = box();
    chat = new library.FloorChat(host, history);
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
