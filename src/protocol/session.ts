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
  /** Names the numbering of `cursor`. */
  readonly epoch?: string;
  /** Last contiguous `seq` held. */
  readonly cursor?: number;
  /** What is on screen already, oldest first: where a backend names its messages by ids, it goes on from there. */
  readonly known?: readonly KnownMessage[];
}

/** What is known of a message that is on screen. */
export interface KnownMessage {
  /** Id of the backend. */
  readonly id: string;
  /** Its number. */
  readonly seq: number;
  /** Set on the guest's own. */
  readonly clientId?: string;
}
