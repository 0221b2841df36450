/** Who a message or a signal comes from. */
export type Role = 'guest' | 'ai' | 'staff' | 'system';

/** All roles, in the order the protocol page lists them. */
export const ROLES: readonly Role[] = ['guest', 'ai', 'staff', 'system'];

/** A participant of a conversation. */
export interface Author {
  /** Stable id, unique within the conversation. */
  id: string;
  /** What they are in the conversation. */
  role: Role;
  /** Name to show; without it the interface falls back to a word for the role. */
  name?: string;
  /** Absolute http(s) or data URL of a portrait. */
  avatarUrl?: string;
}

/** A file that belongs to a message. */
export interface Attachment {
  /** Id of the file at the backend. */
  id: string;
  /** File name, as it was chosen. */
  name: string;
  /** MIME type, for example `image/png`. */
  mediaType: string;
  /** Size in bytes. */
  bytes: number;
  /** Where the file is. */
  url: string;
  /** Width in CSS pixels, for pictures. */
  width?: number;
  /** Height in CSS pixels, for pictures. */
  height?: number;
}

/** How a sent message names a file that was uploaded before. */
export interface AttachmentRef {
  /** Id of the `Attachment`. */
  id: string;
}

/** A suggested answer: the guest sends `label`, the backend also gets `value`. */
export interface QuickReply {
  /** What is shown and sent. */
  label: string;
  /** What the backend gets beside it. */
  value: string;
}

/** A page an AI answer was drawn from. */
export interface Source {
  /** Title of the page. */
  title: string;
  /** Its address; only http and https are linked. */
  url: string;
}

/** What a system message reports, so that it can be shown in the reader's language. */
export type SystemEvent =
  | 'conversation-started'
  | 'escalated'
  | 'queue-left'
  | 'staff-joined'
  | 'staff-left'
  | 'staff-transferred'
  | 'conversation-ended';

/** One stored message of a conversation, as the server numbers it. */
export interface Message {
  /** Id the server gave it. */
  id: string;
  /** Position in the conversation: dense, increasing, shared by all roles; starts at 1. */
  seq: number;
  /** Who it comes from. */
  role: Role;
  /** Missing where the role says enough. */
  author?: Author;
  /** What was said. */
  text: string;
  /** How `text` is written. Default `plain`. */
  format?: 'plain' | 'markdown';
  /** When the server stored it, ISO 8601 in UTC. */
  sentAt: string;
  /** The id the guest's client made, on guest messages. */
  clientId?: string;
  /** Files that belong to it. */
  attachments?: readonly Attachment[];
  /** Quick replies, offered while this is the newest message. */
  actions?: readonly QuickReply[];
  /** Id of the message this one answers. */
  replyTo?: string;
  /** Set on system messages. Unknown values are kept and shown as plain text. */
  event?: SystemEvent | (string & {});
  /** Pages an answer was drawn from. */
  sources?: readonly Source[];
  /** Free data of the backend; never rendered. */
  meta?: Readonly<Record<string, unknown>>;
}
