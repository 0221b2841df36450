import type { ConnectionState } from '../connection/status.js';
import type { Author, Message } from '../protocol/message.js';
import { DEFAULT_FEATURES, DEFAULT_LIMITS, type Limits } from '../protocol/offer.js';
import type { Answering } from '../protocol/server-event.js';

/**
 * How far a guest message has come. It never falls back, except from `sending` to `queued` when the line is lost,
 * and from `failed` to `queued` by Try again.
 */
export type Delivery = 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed';

/** A message as the conversation holds it. */
export interface ChatMessage extends Omit<Message, 'seq'> {
  /** Missing while the server has not numbered it: local echoes and growing replies. */
  seq?: number;
  /** Guest messages only. */
  delivery?: Delivery;
  /** True while a reply grows. */
  streaming?: boolean;
  /** True when the guest stopped the reply; its text stays as it was then. */
  stopped?: boolean;
  /** What the guest has made of it: an emoji. As it was told in this visit; history does not say it. */
  reaction?: string;
  /** Why it was refused; set with `delivery: 'failed'`. */
  failure?: { code: string; message: string };
}

/** Somebody is writing. */
export interface TypingSignal {
  /** Who writes. */
  author: Author;
  /** Names a step, for example "Checking the forecast". */
  label?: string;
}

/** How far others have received and read the guest's messages, as the highest `seq` of each. */
export interface Receipts {
  /** Everything up to here has reached the other side. */
  readonly delivered: number;
  /** Everything up to here was read there. */
  readonly read: number;
}

/** One immutable snapshot of everything the interface shows. */
export interface ChatState {
  /** Where the line stands. */
  readonly connection: ConnectionState;
  /** Whether the history that follows a welcome has arrived at least once. */
  readonly loaded: boolean;
  /** Known from the first welcome on, or from the last visit. */
  readonly conversationId?: string;
  /** Random id of this guest in this browser. */
  readonly guestId?: string;
  /** Numbered messages by `seq`, then local echoes in order of writing, then growing replies. */
  readonly messages: readonly ChatMessage[];
  /** Whether the server has messages older than the first. */
  readonly hasOlder: boolean;
  /** Who answers at the moment. */
  readonly answering: Answering;
  /** Place in the queue, from 1; only while `queued`. */
  readonly position?: number;
  /** Expected wait in seconds; only while `queued`. */
  readonly waitSeconds?: number;
  /** Who takes part beside the guest. */
  readonly participants: readonly Author[];
  /** Who is writing, in the order they began. */
  readonly typing: readonly TypingSignal[];
  /** What the backend can do. */
  readonly features: readonly string[];
  /** Bounds the server sets. */
  readonly limits: Limits;
  /** Whether the panel is open. */
  readonly open: boolean;
  /** Names the numbering that every `seq` belongs to. */
  readonly epoch?: string;
  /** True between a welcome with another numbering and the page that brings it: the thread still has the old one. */
  readonly renumbering?: boolean;
  /** What is known of the other side's reading; it may be told before the ack that numbers a message. */
  readonly receipts: Receipts;
  /** Highest `seq` that was on screen. */
  readonly readUpTo: number;
  /** Where the line "New" stands: the `seq` after which messages were unread when the panel opened. */
  readonly unreadFrom?: number;
  /** True from the moment when the browser refuses to keep messages, until the guest has seen a word about it. */
  readonly unsaved?: boolean;
  /** How many waiting messages went out when the line came back; set for a moment after a loss. */
  readonly restored?: number;
}

/** The state before anything happened. */
export const INITIAL_STATE: ChatState = {
  connection: { status: 'idle' },
  loaded: false,
  messages: [],
  hasOlder: false,
  answering: 'ai',
  participants: [],
  typing: [],
  features: DEFAULT_FEATURES,
  limits: DEFAULT_LIMITS,
  open: false,
  receipts: { delivered: 0, read: 0 },
  readUpTo: 0,
};

/** The key a message keeps for life: the guest's own id outlives the ack that brings the server's. */
export function messageKey(message: Pick<ChatMessage, 'id' | 'clientId'>): string {
  return message.clientId ?? message.id;
}
