import type { HttpBackendOptions } from '../http/index.js';
import type { SocketIoOptions } from '../socket-io/wire.js';
import type { Preset } from './preset.js';

const backendOptions: SocketIoOptions = {
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
};

/**
 * The same shop without a socket: each message is a request, and the reply is its answer. The server does not know a
 * repeated message, so none is sent twice without asking.
 */
const restTwin: HttpBackendOptions = {
  routes: { send: { path: '/api/chat/message' } },
  fields: {
    text: 'message',
    sessionId: 'sessionId',
    guestId: false,
    clientId: false,
    action: false,
    replyTo: false,
  },
  body: { sender: 'customer' },
  format: 'json',
  resend: 'ask',
};

/**
 * A shop's chat on Socket.IO as it is found in the field: `join-session` with the bare session id, `chat-message`
 * `{sessionId, message, sender}`, `chat-response`, of which only `message` is certain. No acks, no ids, no history. With the
 * transport `http` its REST twin is spoken instead.
 */
export const socketIoShop = {
  backend: 'socket-io',
  transport: 'websocket, polling',
  backendOptions,
  instead: { http: { backend: 'http', backendOptions: restTwin } },
} satisfies Preset;
