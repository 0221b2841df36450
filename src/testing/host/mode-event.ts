import type { ServerEvent } from '../../protocol/server-event.js';
import type { ConversationRecord } from './record.js';

/** What is told of who answers, and of the place in the queue. */
export function modeEvent({ mode, position, waitSeconds }: ConversationRecord): ServerEvent {
  return {
    type: 'mode',
    mode,
    ...(position !== undefined && { position }),
    ...(waitSeconds !== undefined && { waitSeconds }),
  };
}
