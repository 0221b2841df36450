import { uuid } from '../../platform/uuid.js';
import type { Frame } from '../../protocol/frame.js';
import { requestOnlyTransport } from '../../transports/request-only.js';
import { RefusedError, type Link, type LinkEvents } from '../../transports/transport.js';
import type { LaravelSpeech } from './codec.js';
import type { Choice, Starter } from './starter.js';
import { HISTORY, SEND, TOLD, type LaravelOptions } from './wire.js';

/** What asking needs. */
export interface AskingOptions {
  events: LinkEvents;
  signal: AbortSignal;
  starter: Starter;
  options: LaravelOptions;
  actionOf: LaravelSpeech['actionOf'];
}

/**
 * A line on which the guest is asked whether to go on with a conversation of theirs, by a message with two answers. It ends
 * with the decision, and the next line is opened for the conversation that was chosen.
 * @param conversationId the one that was offered
 */
export async function askingLink(conversationId: string, parts: AskingOptions): Promise<Link> {
  const { events, signal, starter, options, actionOf } = parts;
  const line = await requestOnlyTransport().open({ guestId: '' }, events, signal);
  const {
    question = 'You have an open conversation with us. Would you like to go on with it?',
    resume = 'Go on',
    restart = 'Start anew',
  } = options.offerTexts ?? {};
  const actions = [
    { label: resume, value: 'resume' },
    { label: restart, value: 'restart' },
  ];
  const message = { id: uuid(), role: 'system', text: question, event: 'resume-offer', actions } as const;
  const tell = (data: object): void => events.onFrame({ event: TOLD, data });
  const decide = (choice: Choice): void => {
    starter.choice = choice;
    line.close();
    events.onClose({ reason: 'lost', retry: 'now', detail: 'the guest has chosen a conversation' });
  };
  events.onReport?.({ kind: 'wire', provider: 'http' });
  tell({ type: 'welcome' });
  tell({ type: 'message', message });
  return {
    ...line,
    send: async (frame: Frame) => {
      if (frame.event === HISTORY) {
        return { event: TOLD, data: { type: 'history', messages: [], hasMore: false } };
      }
      if (frame.event !== SEND) return undefined;
      const { value } = actionOf(frame.data) ?? {};
      if (value === 'resume' || value === 'restart') {
        // The choice is no message: it is confirmed here, and gone with the question.
        tell({ type: 'ack' });
        decide(value === 'resume' ? { resume: conversationId } : 'restart');
        return undefined;
      }
      // Whoever writes on has decided; the message waits for the new conversation.
      decide('restart');
      throw new RefusedError('internal', 'the conversation is being started', 0);
    },
  };
}
