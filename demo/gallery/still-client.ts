import { ChatClient } from '../../src/conversation/chat-client.js';
import { INITIAL_STATE, type ChatState } from '../../src/conversation/state.js';
import { createStore } from '../../src/conversation/store.js';
import type { ChatWidget } from '../../src/index.js';

type Client = NonNullable<ChatWidget['client']>;

/** A client without a line, that shows one moment of a conversation. */
export interface StillClient extends Client {
  /** Goes to another moment. */
  set(change: Partial<ChatState>): void;
}

/** Makes one. Whatever else the guest asks of it changes nothing. */
export function stillClient(moment: Partial<ChatState>): StillClient {
  const store = createStore<ChatState, Partial<ChatState>>(
    { ...INITIAL_STATE, connection: { status: 'online' }, loaded: true, ...moment },
    (state, change) => ({ ...state, ...change }),
  );
  const nothing = (): void => {};
  const methods = Object.getOwnPropertyNames(ChatClient.prototype).map((name) => [name, nothing]);
  return Object.defineProperties(
    Object.fromEntries(methods),
    Object.getOwnPropertyDescriptors({
      get state() {
        return store.get();
      },
      set: (change) => store.dispatch(change),
      setOpen: (open) => store.dispatch({ open }),
      subscribe: (fn) => store.subscribe(fn),
      on: () => () => {},
      send: () => new Promise(() => {}),
      transcript: () => '',
    } satisfies Partial<StillClient>),
  );
}
