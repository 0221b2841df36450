import type { LaravelOptions } from '../laravel/wire.js';
import type { Preset } from './preset.js';

const ONE = '/api/conversations/{conversationId}';

const backendOptions: LaravelOptions = {
  channel: 'conversation.{conversationId}',
  routes: {
    start: { path: '/api/conversations', body: { guest_id: '$guestId' } },
    history: {
      path: `${ONE}/messages`,
      query: { after: '{afterId}', before: '{beforeId}', limit: '{limit}' },
    },
    send: {
      path: `${ONE}/messages`,
      body: { content: '$text', client_id: '$clientId', action: '$action' },
    },
    escalate: { path: `${ONE}/escalate`, body: { reason: '$reason' } },
  },
};

/**
 * A live chat on Reverb: `message.sent` and `agent.joined` on `private-conversation.{id}`, typing by whisper. With
 * `backendOptions.realtime` off no connection is kept.
 */
export const laravelLivechat: Preset = { backend: 'laravel', transport: 'reverb, polling', backendOptions };
