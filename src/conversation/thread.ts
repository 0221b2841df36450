import type { Message } from '../protocol/message.js';
import { confirmed, nextDelivery } from './delivery.js';
import { messageKey, type ChatMessage, type Receipts } from './state.js';

/**
 * The list of messages and its order: numbered ones by `seq`, then local echoes in the order of writing, then growing
 * replies. All functions are pure, keep the identity of what they do not change, and return the same list when nothing
 * changes.
 */
export type Thread = readonly ChatMessage[];

/** Where a message stands among the three parts of the list. */
function part(message: ChatMessage): number {
  return message.seq !== undefined ? 0 : message.streaming || message.role !== 'guest' ? 2 : 1;
}

function comesAfter(a: ChatMessage, b: ChatMessage): boolean {
  return part(a) - part(b) > 0 || (part(a) === 0 && part(b) === 0 && a.seq! > b.seq!);
}

/**
 * Ids that a list may have; those that it lacks for sure are missing here. Lists that come of one another share them: an id
 * too many costs a search, and no more.
 */
const idsOf = new WeakMap<Thread, Set<string>>();

function mayHave(thread: Thread, id: string): boolean {
  let ids = idsOf.get(thread);
  if (!ids) {
    ids = new Set();
    for (const message of thread) addIds(ids, message);
    idsOf.set(thread, ids);
  }
  return ids.has(id);
}

function addIds(ids: Set<string>, { id, clientId }: ChatMessage): void {
  ids.add(id);
  if (clientId) ids.add(clientId);
}

/** A list that came of another one, by a message or without a new one: it is not looked through again. */
export function derived(next: Thread, thread: Thread, message?: ChatMessage): Thread {
  const ids = idsOf.get(thread);
  if (!ids) return next;
  if (message) addIds(ids, message);
  idsOf.set(next, ids);
  return next;
}

/** Index of the message with an id or a client's id, or -1. New things happen at the end, so it searches from there. */
export function findMessage(thread: Thread, id: string, clientId?: string): number {
  // What comes is mostly new, and would be searched for in all of a long conversation.
  if (!mayHave(thread, id) && !(clientId && mayHave(thread, clientId))) return -1;
  for (let i = thread.length - 1; i >= 0; i--) if (thread[i]!.id === id) return i;
  if (!clientId) return -1;
  for (let i = thread.length - 1; i >= 0; i--) if (thread[i]!.clientId === clientId) return i;
  return -1;
}

/** Puts a message in the place of another one. */
export function put(thread: Thread, index: number, message: ChatMessage): Thread {
  return derived(thread.with(index, message), thread, message);
}

/** Puts a message where it belongs; for one that is not in the list yet. */
export function insert(thread: Thread, message: ChatMessage): Thread {
  let at = thread.length;
  while (at > 0 && comesAfter(thread[at - 1]!, message)) at--;
  return derived(thread.toSpliced(at, 0, message), thread, message);
}

/** Replaces the message at an index, moving it if its place changed. */
function replace(thread: Thread, index: number, message: ChatMessage): Thread {
  const before = thread[index - 1];
  const after = thread[index + 1];
  const stays = !(before && comesAfter(before, message)) && !(after && comesAfter(message, after));
  return stays ? put(thread, index, message) : insert(derived(thread.toSpliced(index, 1), thread), message);
}

/** Changes one message by its client's id; the list stays the same when the change does nothing. */
export function change(
  thread: Thread,
  clientId: string,
  update: (message: ChatMessage) => ChatMessage,
): Thread {
  const index = findMessage(thread, clientId, clientId);
  if (index < 0) return thread;
  const updated = update(thread[index]!);
  return updated === thread[index] ? thread : replace(thread, index, updated);
}

/** What a numbered message of the server becomes in a thread that may hold an echo or a stream of it. */
function settle(known: ChatMessage | undefined, message: Message, receipts: Receipts): ChatMessage {
  // The same numbered message again: what is known of its delivery is worth more than the copy.
  if (known?.seq === message.seq && known.text === message.text) return known;
  const settled: ChatMessage = { ...message };
  if (known?.clientId && !settled.clientId) settled.clientId = known.clientId;
  if (message.role === 'guest') {
    settled.delivery = nextDelivery(known?.delivery, confirmed(message.seq, receipts));
  }
  if (known?.stopped) Object.assign(settled, { text: known.text, stopped: true });
  return settled;
}

/** Takes in one numbered message: new, the final form of a stream, or the server's copy of an echo. */
export function take(thread: Thread, message: Message, receipts: Receipts): Thread {
  const index = findMessage(thread, message.id, message.clientId);
  if (index < 0) return insert(thread, settle(undefined, message, receipts));
  const known = thread[index]!;
  const settled = settle(known, message, receipts);
  return settled === known ? thread : replace(thread, index, settled);
}

/**
 * Takes in a page of history at the cost of one sort.
 * @param afresh the page replaces everything numbered; echoes that it does not contain stay
 */
export function takePage(
  thread: Thread,
  page: readonly Message[],
  receipts: Receipts,
  afresh = false,
): Thread {
  if (!afresh && page.length === 0) return thread;
  const known = new Map<string, ChatMessage>();
  for (const message of thread) {
    known.set(message.id, message);
    if (message.clientId) known.set(message.clientId, message);
  }
  const result = new Map<string, ChatMessage>();
  for (const message of thread) {
    if (!afresh || part(message) === 1) result.set(messageKey(message), message);
  }
  for (const message of page) {
    const match = known.get(message.clientId ?? message.id) ?? known.get(message.id);
    const settled = settle(match, message, receipts);
    result.set(messageKey(match ?? settled), settled);
  }
  return inOrder([...result.values()]);
}

/** Sorts by place; what has no place of its own stays in the order it came. */
function inOrder(messages: ChatMessage[]): Thread {
  return messages.sort((a, b) => (comesAfter(a, b) ? 1 : comesAfter(b, a) ? -1 : 0));
}

/** Adds messages that the list does not have. */
export function join(thread: Thread, more: Thread): Thread {
  const unknown = more.filter(({ id, clientId }) => findMessage(thread, id, clientId) < 0);
  return unknown.length ? inOrder([...thread, ...unknown]) : thread;
}
