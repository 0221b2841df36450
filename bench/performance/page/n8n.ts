/** n8n's chat, with a fetch in the page in the place of its webhook. */
import { box, styleSheet, until, type Contestant, type Said } from './contestant.js';

interface Item {
  id: string;
  text: string;
  sender: 'user' | 'bot';
}
interface App {
  config: {
    globalProperties: { $chat: { messages: { value: Item[] }; sendMessage(text: string): Promise<unknown> } };
  };
  unmount(): void;
}
interface Library {
  createChat(options: object): App;
}

let library: Library;
let host: HTMLElement;
let app: App;
let history: Item[];
let answer: ReadableStreamDefaultController<Uint8Array> | undefined;

const encoder = new TextEncoder();
const itemOf = ({ id, text, role }: Said): Item => ({ id, text, sender: role === 'guest' ? 'user' : 'bot' });
const say = (chunk: object): void =>
  answer!.enqueue(
    encoder.encode(`${JSON.stringify({ ...chunk, metadata: { nodeId: 'n', runIndex: 0 } })}\n`),
  );

globalThis.fetch = () =>
  Promise.resolve(new Response(new ReadableStream({ start: (controller) => void (answer = controller) })));

const options = {
  webhookUrl: '/webhook',
  initialMessages: [],
  loadPreviousSession: false,
  enableStreaming: true,
};

globalThis.contestant = {
  async load() {
    await styleSheet('/libraries/n8n.css');
    library = await import(/* @vite-ignore */ `${'/libraries/n8n.js'}`);
  },
  async prepare(given: readonly Said[]) {
    history = given.map(itemOf);
  },
  async show() {
    host = box();
    app = library.createChat({ ...options, mode: 'fullscreen', target: host, messageHistory: history });
    await until(() => host.querySelector('textarea'));
  },
  async showClosed() {
    host = box();
    app = library.createChat({ ...options, mode: 'window', target: host });
    await until(() => host.querySelector('.chat-window-toggle'));
  },
  // As its own socket does it.
  receive: (message) => void app.config.globalProperties.$chat.messages.value.push(itemOf(message)),
  async ask() {
    answer = undefined;
    void app.config.globalProperties.$chat.sendMessage('How do I care for a waxed jacket?');
    await until(() => answer);
    say({ type: 'begin' });
  },
  token: (content) => say({ type: 'item', content }),
  finish() {
    say({ type: 'end' });
    answer!.close();
  },
  root: () => host,
  input: () => host.querySelector('textarea')!,
  destroy() {
    app.unmount();
    host.remove();
  },
} satisfies Contestant;
