import type { LaravelOptions } from '../laravel/wire.js';
import type { Preset } from './preset.js';

const ONE = '/api/chat/{conversationId}';

const backendOptions: LaravelOptions = {
  channel: 'conversation.{conversationId}',
  routes: {
    start: { path: '/api/chat/start', body: { guest_id: '$guestId' } },
    status: { path: `${ONE}/status` },
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
  offer: ['resumable', 'resume_offer', 'existing_conversation'],
};

/**
 * A live chat on Laravel that is resumed: `MessageSent` on `private-conversation.{id}` over Reverb or Pusher, polling
 * where neither can be had. An open conversation that is younger than a day goes on; where the backend knows the guest's network,
 * but not the device, the guest is asked.
 */
export const laravelResume: Preset = {
  backend: 'laravel',
  transport: 'reverb, pusher, polling',
  backendOptions,
};
