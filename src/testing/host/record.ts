import type { GuestProfile, PageInfo } from '../../protocol/client-command.js';
import type { Attachment, Author, Message } from '../../protocol/message.js';
import type { Answering } from '../../protocol/server-event.js';

/** Everything a server knows of a conversation beside its messages; plain JSON. */
export interface ConversationRecord {
  /** Opens nothing by itself. */
  readonly id: string;
  /** Opens nothing by itself. */
  readonly guestId: string;
  /** Names the numbering of its messages; a new one means that the old messages are lost. */
  readonly epoch: string;
  /** The secrets that resume it, oldest first: the last two. */
  readonly tokens: readonly string[];
  /** Who the page's token said the guest is, where tokens are checked. */
  readonly subject?: string;
  /** Who answers. */
  readonly mode: Answering;
  /** Place in the queue, from 1; only while `queued`. */
  readonly position?: number;
  /** Expected wait in seconds; only while `queued`. */
  readonly waitSeconds?: number;
  /** The people of the team who are in it. */
  readonly participants: readonly Author[];
  /** What the guest told of themselves. */
  readonly guest: GuestProfile;
  /** The page the last hello came from. */
  readonly page?: PageInfo;
  /** Language of the last hello, a BCP 47 tag. */
  readonly locale?: string;
  /** The guest had everything up to this `seq` on screen. */
  readonly readUpTo: number;
  /** How far the other side has received and read, and who did last. */
  readonly receipts?: Readonly<Partial<Record<'delivered' | 'read', { upTo: number; by: Author }>>>;
  /** What the guest thought of it. */
  readonly rating?: { readonly score: number; readonly comment?: string };
  /** Files that were uploaded and may be sent. */
  readonly attachments: readonly Attachment[];
}

/** One durable change, written before anybody hears of it. Entries of a journal are taken in order. */
export type JournalEntry =
  | { readonly conversation: ConversationRecord }
  | { readonly conversationId: string; readonly message: Message };

/** Everything a server must keep to go on after a restart; plain JSON. */
export interface HostSnapshot {
  /** In the order they began. */
  readonly conversations: readonly (ConversationRecord & { readonly messages: readonly Message[] })[];
}

/** Folds a journal into the snapshot it leads to. */
export function snapshotOf(entries: Iterable<JournalEntry>): HostSnapshot {
  const records = new Map<string, ConversationRecord>();
  const messages = new Map<string, Message[]>();
  for (const entry of entries) {
    if ('message' in entry) {
      messages.get(entry.conversationId)?.push(entry.message);
      continue;
    }
    const { id, epoch } = entry.conversation;
    if (records.get(id)?.epoch !== epoch) messages.set(id, []);
    records.set(id, entry.conversation);
  }
  return {
    conversations: [...records.values()].map((record) => ({
      ...record,
      messages: messages.get(record.id) ?? [],
    })),
  };
}
