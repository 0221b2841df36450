import type { Author, QuickReply, Role } from '../protocol/message.js';
import { messageKey, type ChatMessage, type ChatState } from './state.js';

/** Messages of one author closer together than this stand in one group, in milliseconds (five minutes). */
const GROUP_GAP_MS = 5 * 60_000;

/** Consecutive messages of one author, or a line between them. */
export type TimelineItem =
  /** A new day begins; `time` in milliseconds since 1970. */
  | { readonly kind: 'day'; readonly key: string; readonly time: number }
  /** Everything below was unread when the panel opened. */
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'system'; readonly key: string; readonly message: ChatMessage }
  | MessageGroup;

/** Consecutive messages of one author, close together in time. */
export interface MessageGroup {
  readonly kind: 'group';
  /** Key of its first message. */
  readonly key: string;
  readonly role: Role;
  readonly author?: Author;
  readonly messages: readonly ChatMessage[];
}

const times = new WeakMap<ChatMessage, number>();

/** When a message was sent, in milliseconds since 1970. */
export function sentTime(message: ChatMessage): number {
  let time = times.get(message);
  if (time === undefined) times.set(message, (time = Date.parse(message.sentAt)));
  return time;
}

const dayOf = (time: number): string => new Date(time).toDateString();

function continues(group: MessageGroup, message: ChatMessage): boolean {
  const last = group.messages.at(-1)!;
  return (
    group.role === message.role &&
    group.author?.id === message.author?.id &&
    sentTime(message) - sentTime(last) < GROUP_GAP_MS
  );
}

function build({ messages, unreadFrom }: ChatState): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  let unreadShown = unreadFrom === undefined;
  for (const message of messages) {
    const key = messageKey(message);
    const time = sentTime(message);
    if (dayOf(time) !== day) {
      day = dayOf(time);
      items.push({ kind: 'day', key: `day ${day}`, time });
    }
    if (!unreadShown && message.role !== 'guest' && (message.seq ?? 0) > unreadFrom!) {
      unreadShown = true;
      items.push({ kind: 'unread', key: 'unread' });
    }
    if (message.role === 'system') {
      items.push({ kind: 'system', key, message });
      continue;
    }
    const last = items.at(-1);
    if (last?.kind === 'group' && continues(last, message)) {
      items[items.length - 1] = { ...last, messages: [...last.messages, message] };
    } else {
      items.push({ kind: 'group', key, role: message.role, author: message.author, messages: [message] });
    }
  }
  return items;
}

function sameItem(a: TimelineItem, b: TimelineItem): boolean {
  if (a.kind === 'group' && b.kind === 'group') {
    return a.messages.length === b.messages.length && a.messages.every((m, i) => m === b.messages[i]);
  }
  if (a.kind === 'system' && b.kind === 'system') return a.message === b.message;
  return a.kind === b.kind;
}

/** Makes a `timeline` selector whose items keep their identity from call to call while they do not change. */
export function createTimeline(): (state: ChatState) => readonly TimelineItem[] {
  let source: ChatState | undefined;
  let items: readonly TimelineItem[] = [];
  return (state) => {
    if (source?.messages === state.messages && source.unreadFrom === state.unreadFrom) return items;
    const known = new Map(items.map((item) => [item.key, item]));
    items = build(state).map((item) => {
      const before = known.get(item.key);
      return before && sameItem(before, item) ? before : item;
    });
    source = state;
    return items;
  };
}

const unreadCounts = new WeakMap<ChatState['messages'], readonly [readUpTo: number, count: number]>();

/** How many messages of others the guest has not seen. */
export function unreadCount({ messages, readUpTo }: ChatState): number {
  const known = unreadCounts.get(messages);
  if (known?.[0] === readUpTo) return known[1];
  const count = messages.filter((m) => isFromOthers(m) && (m.seq ?? 0) > readUpTo).length;
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

/** The reply that grows at the moment. */
export function streamingReply({ messages }: ChatState): ChatMessage | undefined {
  const last = messages.at(-1);
  return last?.streaming ? last : undefined;
}

/** The person who answers, while one does. */
export function staffPresent({ answering, participants }: ChatState): Author | undefined {
  return answering === 'staff' ? participants.findLast(({ role }) => role === 'staff') : undefined;
}

/** Highest number in the thread; 0 when there is none. */
export function newestSeq({ messages }: ChatState): number {
  return messages.findLast(({ seq }) => seq !== undefined)?.seq ?? 0;
}
