/** chatscope, as its documentation shows it: a list in the state of a component, mapped to messages. */
import { box, styleSheet, until, type Contestant, type Said } from './contestant.js';

type Component = unknown;
interface Library {
  ChatContainer: Component;
  MainContainer: Component;
  Message: Component;
  MessageInput: Component;
  MessageList: Component;
  marked: { parse(text: string): string };
  createElement(type: unknown, properties?: object | null, ...children: unknown[]): unknown;
  createRoot(element: Element): { render(node: unknown): void; unmount(): void };
  useState<T>(initial: T): [T, (change: (before: T) => T) => void];
}
interface Item {
  id: string;
  text: string;
  guest: boolean;
}

let library: Library;
let host: HTMLElement;
let root: ReturnType<Library['createRoot']>;
let initial: Item[];
let change: (step: (before: Item[]) => Item[]) => void;

const itemOf = ({ id, text, role }: Said): Item => ({ id, text, guest: role === 'guest' });

function Chat(): unknown {
  const { createElement, ChatContainer, MainContainer, Message, MessageInput, MessageList } = library;
  const [items, setItems] = library.useState(initial);
  change = setItems;
  const rows = items.map(({ id, text, guest }) =>
    createElement(Message, {
      key: id,
      model: {
        direction: guest ? 'outgoing' : 'incoming',
        position: 'single',
        sender: guest ? 'Guest' : 'Assistant',
        // It takes HTML; who shows answers of a model brings what makes it.
        ...(guest ? { message: text } : { type: 'html', payload: library.marked.parse(text) }),
      },
    }),
  );
  return createElement(
    MainContainer,
    null,
    createElement(
      ChatContainer,
      null,
      createElement(MessageList, null, rows),
      createElement(MessageInput, { placeholder: 'Message', attachButton: false }),
    ),
  );
}

globalThis.contestant = {
  async load() {
    await styleSheet('/libraries/chatscope.css');
    library = await import(/* @vite-ignore */ `${'/libraries/chatscope.js'}`);
  },
  async prepare(history: readonly Said[]) {
    initial = history.map(itemOf);
  },
  async show() {
    host = box();
    root = library.createRoot(host);
    root.render(library.createElement(Chat));
    await until(() => host.querySelector('[contenteditable]'));
  },
  receive: (message) => change((before) => [...before, itemOf(message)]),
  async ask() {
    change((before) => [...before, { id: `q${before.length}`, text: 'How do I care for it?', guest: true }]);
    change((before) => [...before, { id: `a${before.length}`, text: '', guest: false }]);
  },
  token: (text) =>
    change((before) => {
      const last = before.at(-1)!;
      return [...before.slice(0, -1), { ...last, text: last.text + text }];
    }),
  finish() {},
  root: () => host,
  input: () => host.querySelector<HTMLElement>('[contenteditable]')!,
  destroy() {
    root.unmount();
    host.remove();
  },
} satisfies Contestant;
