import type { SocketIoOptions } from '../socket-io/wire.js';

/** Names a backend, and what to make it from. */
export interface SocketIoPreset {
  /** For the attribute `backend`. */
  readonly backend: 'socket-io';
  /** For the property `backendOptions`. */
  readonly backendOptions: SocketIoOptions;
}

/**
 * A shop's chat on Socket.IO as it is found in the field: `join-session` with the bare session id, `chat-message`
 * `{sessionId, message, sender}`, `chat-response`, of which only `message` is certain. No acks, no ids, no history.
 */
export const socketIoShop: SocketIoPreset = {
  backend: 'socket-io',
  backendOptions: {
    commands: {
      hello: { event: 'join-session', data: '$sessionId' },
      send: {
        event: 'chat-message',
        data: { sessionId: '$sessionId', message: '$text', sender: 'customer' },
      },
    },
    events: {
      // A plain `id` may be anything here, the session's too; a message whose id is known already would be dropped.
      'chat-response': {
        kind: 'message',
        fields: { id: ['messageId', 'message_id'], author: false, event: false },
      },
    },
    fields: {
      text: 'message',
      role: ['sender', 'role'],
      'author.name': ['agentName', 'agent.name'],
      sentAt: ['timestamp', 'sentAt', 'createdAt'],
    },
  },
};

/**
 * The same shop without a socket: each message is a request, and the reply is its answer. What a backend over HTTP has to know of
 * it. The server does not know a repeated message, so none is sent twice without asking.
 */
export const SHOP_REST_TWIN = {
  method: 'POST',
  path: '/api/chat/message',
  body: { sessionId: '$sessionId', message: '$text', sender: 'customer' },
  fields: socketIoShop.backendOptions.fields,
  resend: 'ask',
} as const;
