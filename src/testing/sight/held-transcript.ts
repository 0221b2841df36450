import type { ChatMessage } from '../../conversation/state.js';
import type { TranscriptEntry } from './transcript.js';

/** Whoever holds a conversation: a `<chat-widget>`, or a `ChatClient` without one. */
export type MessageHolder =
  | { readonly messages: readonly ChatMessage[] }
  | { readonly state: { readonly messages: readonly ChatMessage[] } };

/** The messages that a widget or a client holds, whether they are drawn or not. */
export function messagesOf(holder: MessageHolder): readonly ChatMessage[] {
  return 'messages' in holder ? holder.messages : holder.state.messages;
}

/**
 * All messages that a widget or a `ChatClient` holds, drawn or not, in the same form as `transcript(widget)`. Texts are as
 * they were sent, Markdown and all; an author without a name has an empty one.
 */
export function heldTranscript(holder: MessageHolder): TranscriptEntry[] {
  return messagesOf(holder).map(({ role, author, text, delivery, streaming }) => ({
    role,
    author: (role !== 'system' && author?.name) || '',
    text,
    state: delivery ?? (streaming ? 'streaming' : ''),
  }));
}
