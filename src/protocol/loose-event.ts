import type { Message } from './message.js';
import type { ServerEvent, ServerEventOf, Welcome } from './server-event.js';

/** A message as a backend tells it that does not number its messages: what is missing is filled in. */
export type LooseMessage = Omit<Message, 'id' | 'seq' | 'sentAt'> &
  Partial<Pick<Message, 'id' | 'seq' | 'sentAt'>>;

/** What a backend tells that promises less than docs/protocol.md does. Everything left out is filled in. */
export type LooseEvent =
  | Exclude<ServerEvent, { type: 'welcome' | 'history' | 'message' | 'ack' | 'nack' }>
  /** Whatever is known of the conversation; without one, an open line counts as greeted. */
  | ({ type: 'welcome' } & Partial<Welcome>)
  | { type: 'history'; messages: readonly LooseMessage[]; hasMore: boolean }
  | { type: 'message'; message: LooseMessage }
  /** Without `clientId` it concerns the message that is under way. */
  | ({ type: 'ack' } & Partial<Omit<ServerEventOf<'ack'>, 'type'>>)
  | ({ type: 'nack'; code: string; message: string } & Partial<Omit<ServerEventOf<'nack'>, 'type'>>);
