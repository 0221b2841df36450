import type { BackendErrorCode } from '../backends/backend.js';
import type { ConnectionState } from '../connection/status.js';
import type { Author } from '../protocol/message.js';
import type { Answering } from '../protocol/server-event.js';
import type { ChatMessage, Delivery } from './state.js';

/** Codes of the `error` notification and the `chat-error` event. Codes a server sends are passed on as they are. */
export type ChatErrorCode =
  | BackendErrorCode
  | 'bad-frame'
  | 'storage'
  | 'token'
  | 'connection'
  | 'send'
  | 'identify'
  | 'internal';

/** What a `ChatClient` tells besides its snapshots: things that happen once. */
export interface ChatNotifications {
  /** `out` at the local echo; `in` once per id when final, also for what was missed while away, not for old history. */
  message: { message: ChatMessage; direction: 'in' | 'out' };
  /** A guest message came further, or failed. */
  delivery: { clientId: string; state: Delivery };
  /** The line changed. */
  status: ConnectionState;
  /** Somebody else answers, or the place in the queue changed. */
  answering: { mode: Answering; author?: Author; position?: number };
  /** The number of unread messages changed. */
  unread: { count: number };
  /** Something went wrong. Nothing is ever thrown into the page. */
  error: { code: ChatErrorCode | (string & {}); error: Error };
}
