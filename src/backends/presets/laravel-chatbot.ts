import type { LaravelOptions } from '../laravel/wire.js';
import type { Preset } from './preset.js';

const ONE = '/api/chatbot/conversations/{conversationId}';

const backendOptions: LaravelOptions = {
  channel: 'chat.conversation.{conversationId}',
  routes: {
    start: { path: '/api/chatbot/conversations', body: { guest_id: '$guestId' } },
    history: {
      path: `${ONE}/messages`,
      query: { after: '{afterId}', before: '{beforeId}', limit: '{limit}' },
    },
    send: {
      path: `${ONE}/messages`,
      body: { message: '$text', client_id: '$clientId', action: '$action' },
    },
    escalate: { path: `${ONE}/escalate`, body: { reason: '$reason' } },
  },
};

/**
 * A chatbot on Laravel: its configuration names hosted Pusher, Reverb, or both; sends go by HTTP; broadcasts
 * `ChatMessageReceived` come on `private-chat.conversation.{id}`; polled every two seconds where neither can be had.
 */
export const laravelChatbot: Preset = {
  backend: 'laravel',
  configUrl: '/api/chatbot/config',
  backendOptions,
};
