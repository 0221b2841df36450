import type { Author, Role } from './message.js';
import type { Answering } from './server-event.js';

/** Who the guest is and which conversation is theirs: what a reconnect needs to go on. */
export interface Session {
  /** Random id of this guest in this browser; opens nothing by itself. */
  readonly guestId: string;
  /** The conversation to go on with. */
  readonly conversationId?: string;
  /** Secret that resumes the conversation. Never put into a URL or a log. */
  readonly resumeToken?: string;
  /** Fresh token of the page's `getToken()`, for this connection only. */
  readonly token?: string;
  /** Hash of what this device is like; set only where the page has opted in. */
  readonly deviceHint?: string;
  /** Names the numbering of `cursor`. */
  readonly epoch?: string;
  /** Last contiguous `seq` held. */
  readonly cursor?: number;
  /** What is on screen already. Given to backends that number nothing and may not say everything anew. */
  readonly known?: KnownThread;
}

/** What the widget knows of a conversation when a line begins. */
export interface KnownThread {
  /** All numbered messages, oldest first. */
  readonly messages: readonly KnownMessage[];
  /** Who answered last. */
  readonly mode: Answering;
  /** Who takes part beside the guest. */
  readonly participants: readonly Author[];
}

/** What is known of a message that is on screen. */
export interface KnownMessage {
  /** Id of the backend. */
  readonly id: string;
  /** Its number. */
  readonly seq: number;
  /** Set on the guest's own. */
  readonly clientId?: string;
  /** What it says, where the backend has not named it: then it is recognised by this. */
  readonly text?: string;
  /** Who said it, where the backend has not named it. */
  readonly role?: Role;
}
