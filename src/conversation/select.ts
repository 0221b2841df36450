import type { Author, QuickReply } from '../protocol/message.js';
import type { ChatMessage, ChatState } from './state.js';

const unreadCounts = new WeakMap<ChatState['messages'], readonly [readUpTo: number, count: number]>();

/** How many messages of others the guest has not seen. */
export function unreadCount({ messages, readUpTo, renumbering }: ChatState): number {
  if (renumbering) return 0;
  const known = unreadCounts.get(messages);
  if (known?.[0] === readUpTo) return known[1];
  let count = 0;
  // Numbered messages stand in order; what has no number yet stands behind them.
  for (let i = messages.length - 1; i >= 0; i--) {
    const { role, seq } = messages[i]!;
    if (seq === undefined) continue;
    if (seq <= readUpTo) break;
    if (isFromOthers({ role })) count++;
  }
  unreadCounts.set(messages, [readUpTo, count]);
  return count;
}

/** Whether a message was said by somebody else than the guest; lines of the system are not said by anybody. */
export function isFromOthers({ role }: Pick<ChatMessage, 'role'>): boolean {
  return role === 'ai' || role === 'staff';
}

/** Whether the guest may write: always, except after the end of the conversation was told by the line. */
export function canSend({ limits }: ChatState, text: string): boolean {
  return text.trim() !== '' && text.length <= limits.maxTextLength;
}

/** Whether "Talk to a person" makes sense now. */
export function canEscalate({ answering, features }: ChatState): boolean {
  return answering === 'ai' && features.includes('escalation');
}

const NO_ACTIONS: readonly QuickReply[] = [];

/** Quick replies on offer: those of the newest message, until the guest answers. */
export function newestActions({ messages }: ChatState): readonly QuickReply[] {
  return messages.at(-1)?.actions ?? NO_ACTIONS;
}

/** Id of the answer that the guest may call helpful or not: the newest of the AI, where the backend wants to know. */
export function ratedAnswer({ features, messages }: ChatState): string | undefined {
  if (!features.includes('reactions')) return undefined;
  const answer = messages.findLast(({ role, seq }) => role === 'ai' && seq !== undefined);
  return answer?.stopped ? undefined : answer?.id;
}

/** The reply that grows at the moment. */
export function streamingReply({ messages }: ChatState): ChatMessage | undefined {
  const last = messages.at(-1);
  return last?.streaming ? last : undefined;
}

/** Whether nothing has changed between two snapshots but the text of a reply that grows, as it does many times a second. */
export function onlyReplyGrew(now: ChatState, before: ChatState): boolean {
  const [reply, growing] = [streamingReply(now), streamingReply(before)];
  if (!reply || reply.id !== growing?.id || now.messages.length !== before.messages.length) return false;
  return holds(now, before) && holds(before, now);
}

/** Whether everything in one snapshot but its messages is in another, too. */
function holds(state: ChatState, other: ChatState): boolean {
  for (const key in state) {
    const name = key as keyof ChatState;
    if (name !== 'messages' && state[name] !== other[name]) return false;
  }
  return true;
}

/** The person who answers, while one does. */
export function staffPresent({ answering, participants }: ChatState): Author | undefined {
  return answering === 'staff' ? participants.findLast(({ role }) => role === 'staff') : undefined;
}

/** Highest number in the thread; 0 when there is none. */
export function newestSeq({ messages }: ChatState): number {
  return messages.findLast(({ seq }) => seq !== undefined)?.seq ?? 0;
}
