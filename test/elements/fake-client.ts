import type { ClientHandle } from '../../src/elements/client-handle.js';
import type { ChatNotifications } from '../../src/conversation/notifications.js';
import { diagnose } from '../../src/conversation/diagnosis.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../../src/conversation/state.js';
import { createStore } from '../../src/conversation/store.js';
import type { Author, Message } from '../../src/protocol/message.js';

/** A call that an element made. */
export type Call = readonly [method: string, ...args: unknown[]];

/** A client that shows whatever state it is told to, and remembers what elements ask of it. */
export interface FakeClient extends ClientHandle {
  readonly calls: Call[];
  /** Changes the state. */
  set(change: Partial<ChatState>): void;
  /** Appends messages. */
  add(...messages: ChatMessage[]): void;
  /** Tells a notification. */
  tell<K extends keyof ChatNotifications>(type: K, detail: ChatNotifications[K]): void;
  /** Arguments of the calls of one method. */
  callsOf(method: string): unknown[][];
}

export function fakeClient(initial: Partial<ChatState> = {}): FakeClient {
  const store = createStore<ChatState, Partial<ChatState>>(
    { ...INITIAL_STATE, connection: { status: 'online' }, loaded: true, ...initial },
    (state, change) => ({ ...state, ...change }),
  );
  const calls: Call[] = [];
  const listeners = new Map<string, Set<(detail: never) => void>>();
  const noted =
    (method: string) =>
    (...args: unknown[]): void =>
      void calls.push([method, ...args]);
  return {
    calls,
    set: (change) => store.dispatch(change),
    add: (...messages) => store.dispatch({ messages: [...store.get().messages, ...messages] }),
    tell: (type, detail) => listeners.get(type)?.forEach((fn) => fn(detail as never)),
    callsOf: (method) => calls.filter(([name]) => name === method).map(([, ...args]) => args),
    get state() {
      return store.get();
    },
    get provider() {
      return store.get().connection.provider;
    },
    subscribe: (fn) => store.subscribe(fn),
    on(type, fn) {
      const fns = listeners.get(type) ?? new Set();
      listeners.set(type, fns.add(fn));
      return () => fns.delete(fn);
    },
    async start() {
      noted('start')();
    },
    connect: noted('connect'),
    disconnect: noted('disconnect'),
    async send(text, options) {
      noted('send')(text, options);
      const echo = guestSays(text, { delivery: 'queued', seq: undefined });
      this.add(echo);
      return echo;
    },
    retry: noted('retry'),
    remove: noted('remove'),
    escalate: noted('escalate'),
    leaveQueue: noted('leaveQueue'),
    stop: noted('stop'),
    react: noted('react'),
    typing: noted('typing'),
    setOpen(open) {
      noted('setOpen')(open);
      store.dispatch({ open });
    },
    markRead: noted('markRead'),
    acceptUnsaved: noted('acceptUnsaved'),
    loadOlder: noted('loadOlder'),
    identify: noted('identify'),
    end: noted('end'),
    async reset() {
      noted('reset')();
    },
    async diagnose() {
      noted('diagnose')();
      return diagnose({ state: store.get() });
    },
    transcript: (format = 'text') => `transcript as ${format}`,
    destroy: noted('destroy'),
  } satisfies FakeClient as FakeClient;
}

export const MAYA: Author = { id: 'maya', role: 'staff', name: 'Maya Okafor' };
export const SPARK: Author = { id: 'bot', role: 'ai', name: 'Assistant' };

let count = 0;

function message(role: Message['role'], text: string, rest: Partial<ChatMessage>): ChatMessage {
  count += 1;
  return { id: `m${count}`, seq: count, role, text, sentAt: new Date().toISOString(), ...rest };
}

export const guestSays = (text: string, rest: Partial<ChatMessage> = {}): ChatMessage =>
  message('guest', text, { clientId: `c${count + 1}`, delivery: 'sent', ...rest });
export const aiSays = (text: string, rest: Partial<ChatMessage> = {}): ChatMessage =>
  message('ai', text, { author: SPARK, ...rest });
export const staffSays = (text: string, rest: Partial<ChatMessage> = {}): ChatMessage =>
  message('staff', text, { author: MAYA, ...rest });
export const system = (event: string, rest: Partial<ChatMessage> = {}): ChatMessage =>
  message('system', event, { event, ...rest });
