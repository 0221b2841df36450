import type { Message } from '../src/protocol/message.js';
import type { Conversation } from '../src/testing/host/conversation.js';
import type { DeskGuest, GuestState } from './desk-protocol.js';

const STATES: Readonly<Record<Conversation['mode'], GuestState>> = {
  ai: 'ai',
  queued: 'waiting',
  staff: 'staff',
  closed: 'closed',
};

/** Whether a desk has any interest in a conversation: somebody wrote in it or asked for a person. */
export function concernsDesk({ messages }: Conversation): boolean {
  return messages.length > 0;
}

/**
 * The line of a guest in the list.
 * @param seen highest `seq` that somebody at a desk saw
 */
export function summarise(conversation: Conversation, seen: number): DeskGuest {
  const { id, mode, record, messages, participants, connections, guestTyping } = conversation;
  const { guest, position, page, rating } = record;
  const last = messages.findLast(({ role }) => role !== 'system');
  const asked = mode === 'queued' ? messages.findLast(({ event }) => event === 'escalated') : undefined;
  return {
    id,
    state: STATES[mode],
    unread: unreadIn(messages, seen),
    online: connections > 0,
    typing: guestTyping,
    staff: participants,
    ...(guest.name && { name: guest.name }),
    ...(guest.email && { email: guest.email }),
    ...(position !== undefined && { position }),
    ...(asked && { waitingSince: asked.sentAt }),
    ...(last && { lastText: last.text, lastRole: last.role as DeskGuest['lastRole'], lastAt: last.sentAt }),
    ...(page && { page: page.url }),
    ...(rating && { rating: rating.score }),
  };
}

/** Guest messages after what was seen; who answered has seen what came before. */
function unreadIn(messages: readonly Message[], seen: number): number {
  const answered = messages.findLast(({ role }) => role === 'staff')?.seq ?? 0;
  return messages.filter(({ role, seq }) => role === 'guest' && seq > Math.max(seen, answered)).length;
}
