import type { ChatNotifications } from './notifications.js';
import { isFromOthers, staffPresent, unreadCount } from './select.js';
import type { ChatMessage, ChatState } from './state.js';

/** One notification with its name. */
export type Notification = {
  [K in keyof ChatNotifications]: { type: K; detail: ChatNotifications[K] };
}[keyof ChatNotifications];

/**
 * What happened between two snapshots, as notifications.
 * A message counts as arrived once it is numbered, so a streamed reply is told once, when final.
 * @param arrivedAfter messages with a higher `seq` than this count as arrived; `Infinity` for old history, 0 for live ones
 */
export function notificationsBetween(
  before: ChatState,
  after: ChatState,
  arrivedAfter: number,
): Notification[] {
  const told: Notification[] = [];
  if (before.connection !== after.connection) told.push({ type: 'status', detail: after.connection });
  if (before.messages !== after.messages) told.push(...messageNotifications(before, after, arrivedAfter));
  if (
    before.answering !== after.answering ||
    before.position !== after.position ||
    staffPresent(before)?.id !== staffPresent(after)?.id
  ) {
    const author = staffPresent(after);
    told.push({
      type: 'answering',
      detail: {
        mode: after.answering,
        ...(author && { author }),
        ...(after.position !== undefined && { position: after.position }),
      },
    });
  }
  const count = unreadCount(after);
  if (count !== unreadCount(before)) told.push({ type: 'unread', detail: { count } });
  return told;
}

/**
 * How many messages two lists share at their beginnings, and how many more at their ends: in a long conversation nearly
 * all of them, whatever happens.
 */
function changedPart(
  before: ChatState['messages'],
  after: ChatState['messages'],
): [start: number, end: number] {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
  return [start, end];
}

function messageNotifications(before: ChatState, after: ChatState, arrivedAfter: number): Notification[] {
  const told: Notification[] = [];
  const known = new Map<string, ChatMessage>();
  const [start, end] = changedPart(before.messages, after.messages);
  for (const message of before.messages.slice(start, before.messages.length - end)) {
    known.set(message.id, message);
    if (message.clientId) known.set(message.clientId, message);
  }
  for (const message of after.messages.slice(start, after.messages.length - end)) {
    const past = known.get(message.id) ?? (message.clientId ? known.get(message.clientId) : undefined);
    if (past === message) continue;
    const { clientId, delivery } = message;
    // A fresh echo is told as queued; of a message that history brings there is nothing to tell.
    const moved = past ? delivery !== past.delivery : delivery === 'queued';
    if (clientId && delivery && moved) {
      told.push({ type: 'delivery', detail: { clientId, state: delivery } });
    }
    const { seq = 0 } = message;
    const isNew = past?.seq === undefined && seq > arrivedAfter;
    if (isNew && (isFromOthers(message) || message.role === 'system')) {
      told.push({ type: 'message', detail: { message, direction: 'in' } });
    }
  }
  return told;
}
