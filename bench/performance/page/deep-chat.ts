/** Deep Chat, with a handler in the page in the place of a server. */
import { box, until, type Contestant, type Said } from './contestant.js';

interface Signals {
  onOpen(): void;
  onResponse(response: { text: string }): Promise<void>;
  onClose(): void;
}
interface DeepChat extends HTMLElement {
  history: { role: string; text: string }[];
  connect: { stream: boolean; handler(body: unknown, signals: Signals): void };
  addMessage(message: { role: string; text: string }): void;
  submitUserMessage(content: { text: string }): void;
}

let host: HTMLElement;
let chat: DeepChat;
let signals: Signals | undefined;

globalThis.contestant = {
  async load() {
    await import(/* @vite-ignore */ `${'/libraries/deep-chat.js'}`);
  },
  async prepare(history: readonly Said[]) {
    signals = undefined;
    chat = document.createElement('deep-chat') as DeepChat;
    chat.style.cssText = 'display: block; width: 100%; height: 100%';
    chat.history = history.map(({ role, text }) => ({ role: role === 'guest' ? 'user' : 'ai', text }));
    chat.connect = {
      stream: true,
      handler(_body, given) {
        given.onOpen();
        signals = given;
      },
    };
  },
  async show() {
    host = box();
    host.append(chat);
    await until(() => chat.shadowRoot?.querySelector('#text-input'));
  },
  receive: ({ text }) => chat.addMessage({ role: 'ai', text }),
  async ask() {
    signals = undefined;
    chat.submitUserMessage({ text: 'How do I care for a waxed jacket?' });
    await until(() => signals);
  },
  token: (text) => void signals!.onResponse({ text }),
  finish: () => signals!.onClose(),
  root: () => chat.shadowRoot!,
  input: () => chat.shadowRoot!.querySelector<HTMLElement>('#text-input')!,
  destroy() {
    host.remove();
  },
} satisfies Contestant;
