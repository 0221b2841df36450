import type { ConnectionState } from '../connection/status.js';
import type { Author } from '../protocol/message.js';
import type { Answering } from '../protocol/server-event.js';
import type { ChatMessage, Delivery } from './state.js';

/** Codes of the `error` notification and the `chat-error` event. Codes a server sends are passed on as they are. */
export type ChatErrorCode =
  | 'backend-unknown'
  | 'url-missing'
  | 'url-invalid'
  | 'bad-frame'
  | 'storage'
  | 'token'
  | 'connection'
  | 'send'
  | 'internal';

/** What a `ChatClient` tells besides its snapshots: things that happen once. */
export interface ChatNotifications {
  /** `out` at the local echo; `in` once per id when final, also for what was missed while away, not for old history. */
  message: { message: ChatMessage; direction: 'in' | 'out' };
  delivery: { clientId: string; state: Delivery };
  status: ConnectionState;
  answering: { mode: Answering; author?: Author; position?: number };
  unread: { count: number };
  error: { code: ChatErrorCode | (string & {}); error: Error };
}
