/** Our widget, as a page uses it: its element, and a server behind a socket. */
import { until, type Contestant, type Said } from './contestant.js';
import { FakeServer } from './fake-server.js';

interface ChatWidget extends HTMLElement {
  open: boolean;
  WebSocket: unknown;
  readonly messages: readonly unknown[];
  readonly status: string;
  readonly client?: { readonly state: { readonly hasOlder: boolean }; loadOlder(): void };
  readonly updateComplete: Promise<unknown>;
  show(): void;
  send(text: string): Promise<unknown>;
}

let server: FakeServer;
let widget: ChatWidget;

function make(): ChatWidget {
  const element = document.createElement('chat-widget') as ChatWidget;
  element.setAttribute('url', 'wss://chat.test/');
  element.setAttribute('heading', 'Support');
  element.WebSocket = server.WebSocket;
  return element;
}

globalThis.contestant = {
  async load() {
    await import(/* @vite-ignore */ `${'/dist/chat-widget.js'}`);
  },
  async prepare(history: readonly Said[]) {
    server = new FakeServer(history);
    widget = make();
    if (history.length === 0) return;
    // Closed and connected, it takes in everything that there is; the panel is made when it is shown.
    widget.toggleAttribute('eager', true);
    document.body.append(widget);
    await until(() => widget.status === 'online' && widget.messages.length > 0);
    for (let asked = 0; widget.client!.state.hasOlder;) {
      if (widget.messages.length > asked) {
        asked = widget.messages.length;
        widget.client!.loadOlder();
      }
      await new Promise((resolve) => setTimeout(resolve));
    }
    await until(() => widget.messages.length === history.length);
  },
  async show() {
    widget.open = true;
    if (!widget.isConnected) document.body.append(widget);
    await widget.updateComplete;
    await until(() => widget.status === 'online');
    await widget.updateComplete;
  },
  async showClosed() {
    server = new FakeServer([]);
    widget = make();
    document.body.append(widget);
    await widget.updateComplete;
  },
  receive: (message) => server.say(message),
  async ask() {
    await widget.send('How do I care for a waxed jacket?');
    server.begin();
  },
  token: (text) => server.write(text),
  finish: () => server.finish(),
  root: () => widget.shadowRoot!,
  input: () => widget.shadowRoot!.querySelector('textarea')!,
  destroy() {
    widget.remove();
  },
} satisfies Contestant;
