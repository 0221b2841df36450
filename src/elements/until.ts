import type { ChatState } from '../conversation/state.js';
import type { ClientHandle } from './client-handle.js';

/**
 * Resolves as soon as something holds of a conversation.
 * @param ms how long to wait for it, in milliseconds; by default as long as it takes
 * @returns whether it holds
 */
export function until(
  client: ClientHandle,
  holds: (state: ChatState) => boolean,
  ms?: number,
): Promise<boolean> {
  if (holds(client.state)) return Promise.resolve(true);
  return new Promise((resolve) => {
    const done = (held: boolean): void => {
      end();
      clearTimeout(timer);
      resolve(held);
    };
    const timer = ms === undefined ? undefined : setTimeout(done, ms, false);
    const end = client.subscribe((state) => {
      if (holds(state)) done(true);
    });
  });
}
