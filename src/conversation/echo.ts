import type { OutboxEntry } from './outbox.js';
import type { ChatMessage } from './state.js';

/** What an entry of the outbox looks like in the thread until the server has numbered it. */
export function echoOf({
  writtenAt,
  owner: _owner,
  page: _page,
  failure,
  action: _value,
  attachments: _refs,
  ...send
}: OutboxEntry): ChatMessage {
  return {
    ...send,
    id: send.clientId,
    role: 'guest',
    sentAt: new Date(writtenAt).toISOString(),
    delivery: failure ? 'failed' : 'queued',
    ...(failure && { failure }),
  };
}
