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
  /** Stays the same while the group grows, at either end. */
  readonly key: string;
  readonly role: Role;
  readonly author?: Author;
  readonly messages: readonly ChatMessage[];
}

const times = new WeakMap<ChatMessage, number>();
const days = new WeakMap<ChatMessage, string>();

/** When a message was sent, in milliseconds since 1970. */
export function sentTime(message: ChatMessage): number {
  let time = times.get(message);
  if (time === undefined) times.set(message, (time = Date.parse(message.sentAt)));
  return time;
}

/** The day on which a message was sent, where the reader is. */
function dayOf(message: ChatMessage): string {
  let day = days.get(message);
  if (day === undefined) days.set(message, (day = new Date(sentTime(message)).toDateString()));
  return day;
}

function continues(group: MessageGroup, message: ChatMessage): boolean {
  const last = group.messages.at(-1)!;
  return (
    group.role === message.role &&
    group.author?.id === message.author?.id &&
    sentTime(message) - sentTime(last) < GROUP_GAP_MS
  );
}

/** What is drawn: the thread, or the part of it from one index up to another. */
export interface TimelineSource extends Pick<ChatState, 'messages' | 'unreadFrom'> {
  /** Index of the first message. Default 0. */
  readonly start?: number;
  /** Index after the last. Default: all. */
  readonly end?: number;
}

const isUnread = ({ role, seq = 0 }: ChatMessage, from: number): boolean => role !== 'guest' && seq > from;

/** Whether the first unread message stands before an index. */
function unreadBefore(messages: readonly ChatMessage[], from: number, start: number): boolean {
  for (let i = start - 1; i >= 0 && (messages[i]!.seq ?? Infinity) > from; i--) {
    if (isUnread(messages[i]!, from)) return true;
  }
  return false;
}

/** Items that stand, and the index of the message that comes after them. */
interface Standing {
  readonly items: readonly TimelineItem[];
  readonly next: number;
}

/** How many messages an item is made of. */
const sizeOf = (item: TimelineItem): number =>
  item.kind === 'group' ? item.messages.length : item.kind === 'system' ? 1 : 0;

/** The items before the first message that has changed; the last group before it may go on with it. */
function standing(
  items: readonly TimelineItem[],
  before: TimelineSource | undefined,
  { messages, unreadFrom, start = 0, end = messages.length }: TimelineSource,
): Standing {
  if (!before || before.unreadFrom !== unreadFrom || before.start !== start)
    return { items: [], next: start };
  let same = start;
  while (same < end && messages[same] === before.messages[same]) same++;
  let next = start;
  let count = 0;
  for (const [i, item] of items.entries()) {
    if (next + sizeOf(item) >= same) break;
    next += sizeOf(item);
    // Lines before a message stand and fall with it.
    if (sizeOf(item) > 0) count = i + 1;
  }
  return { items: items.slice(0, count), next };
}

function build(
  { messages, unreadFrom, start = 0, end = messages.length }: TimelineSource,
  { items: stand, next }: Standing,
): TimelineItem[] {
  const items: TimelineItem[] = [];
  let group: ChatMessage[] = [];
  let day = next > start ? dayOf(messages[next - 1]!) : '';
  let unreadShown =
    unreadFrom === undefined ||
    stand.some(({ kind }) => kind === 'unread') ||
    unreadBefore(messages, unreadFrom, start);
  for (let i = next; i < end; i++) {
    const message = messages[i]!;
    const key = messageKey(message);
    if (dayOf(message) !== day) {
      day = dayOf(message);
      items.push({ kind: 'day', key: `day ${day}`, time: sentTime(message) });
    }
    if (!unreadShown && isUnread(message, unreadFrom!)) {
      unreadShown = true;
      items.push({ kind: 'unread', key: 'unread' });
    }
    const last = items.at(-1);
    if (message.role === 'system') {
      items.push({ kind: 'system', key, message });
    } else if (last?.kind === 'group' && continues(last, message)) {
      group.push(message);
    } else {
      group = [message];
      items.push({ kind: 'group', key, role: message.role, author: message.author, messages: group });
    }
  }
  return items;
}

function sameItem(a: TimelineItem, b: TimelineItem): boolean {
  if (a.kind === 'group' && b.kind === 'group') {
    return (
      a.key === b.key &&
      a.messages.length === b.messages.length &&
      a.messages.every((m, i) => m === b.messages[i])
    );
  }
  if (a.kind === 'system' && b.kind === 'system') return a.message === b.message;
  return a.kind === b.kind && a.key === b.key;
}

/** The items as they were before, as far as they are the same; a group that has grown keeps its key. */
class Keeper {
  readonly #items = new Map<string, TimelineItem>();
  /** The group of each message. */
  readonly #groups = new Map<string, MessageGroup>();
  readonly #taken = new Set<string>();

  /** @param stand items that stay in any case */
  constructor(items: readonly TimelineItem[], stand: readonly TimelineItem[]) {
    for (const { key } of stand) this.#taken.add(key);
    for (const item of items) {
      this.#items.set(item.key, item);
      if (item.kind === 'group')
        for (const message of item.messages) this.#groups.set(messageKey(message), item);
    }
  }

  keep(item: TimelineItem): TimelineItem {
    if (item.kind !== 'group') {
      const known = this.#items.get(item.key);
      return known && sameItem(known, item) ? known : item;
    }
    const known = this.#groupOf(item);
    const group = { ...item, key: known?.key ?? this.#unused(item.key) };
    this.#taken.add(group.key);
    return known && sameItem(known, group) ? known : group;
  }

  /** A key that no group has or may still ask for: two items of one key could not be told apart. */
  #unused(key: string): string {
    let unused = key;
    while (this.#taken.has(unused) || this.#items.has(unused)) unused += '+';
    return unused;
  }

  /** The group that has a message of this one, unless an earlier group has become it: one that was torn in two. */
  #groupOf({ messages }: MessageGroup): MessageGroup | undefined {
    for (const message of messages) {
      const group = this.#groups.get(messageKey(message));
      if (group && !this.#taken.has(group.key)) return group;
    }
    return undefined;
  }
}

/** Makes a `timeline` selector whose items keep their identity from call to call while they do not change. */
export function createTimeline(): (source: TimelineSource) => readonly TimelineItem[] {
  let known: TimelineSource | undefined;
  let items: readonly TimelineItem[] = [];
  return (source) => {
    const same =
      known?.messages === source.messages &&
      known.unreadFrom === source.unreadFrom &&
      known.start === source.start &&
      known.end === source.end;
    if (same) return items;
    const stand = standing(items, known, source);
    const { messages, unreadFrom, start, end } = source;
    known = { messages, unreadFrom, start, end };
    const keeper = new Keeper(items.slice(stand.items.length), stand.items);
    items = [...stand.items, ...build(source, stand).map((item) => keeper.keep(item))];
    return items;
  };
}
