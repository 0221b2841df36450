import type { ChatState } from '../conversation/state.js';
import type { ClientHandle } from './client-handle.js';

/** Resolves as soon as something holds of a conversation, with the state of then. */
export function until(client: ClientHandle, holds: (state: ChatState) => boolean): Promise<ChatState> {
  if (holds(client.state)) return Promise.resolve(client.state);
  return new Promise((resolve) => {
    const end = client.subscribe((state) => {
      if (!holds(state)) return;
      end();
      resolve(state);
    });
  });
}
