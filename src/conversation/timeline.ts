import type { Author, Role } from '../protocol/message.js';
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
