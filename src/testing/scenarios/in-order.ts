import type { Conversation } from '../host/conversation.js';

/** Runs the parts of a scenario one after the other within each conversation, however fast the guest writes. */
export function inOrder(): (conversation: Conversation, part: () => Promise<void>) => Promise<void> {
  const last = new WeakMap<Conversation, Promise<void>>();
  return (conversation, part) => {
    const run = (last.get(conversation) ?? Promise.resolve()).then(part);
    // A part that failed is reported by whoever started it; the next one goes on.
    last.set(
      conversation,
      run.catch(() => {}),
    );
    return run;
  };
}
