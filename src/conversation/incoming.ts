import type { Message } from '../protocol/message.js';
import type { ServerEvent, ServerEventOf } from '../protocol/server-event.js';
import { foldDelta } from './deltas.js';
import type { Guest } from './guest.js';
import type { Outbox } from './outbox.js';
import type { ChatEvent } from './reduce.js';
import type { Resume } from './resume.js';
import type { ChatState } from './state.js';
import type { StreamWatch } from './stream-watch.js';
import { findMessage } from './thread.js';
import type { TypingWatch } from './typing.js';

/** The parts of a conversation that server events concern. */
export interface IncomingParts {
  state(): ChatState;
  dispatch(event: ChatEvent): void;
  guest: Guest;
  outbox: Outbox;
  resume: Resume;
  typing: TypingWatch;
  streams: StreamWatch;
  /** Wall clock as ISO 8601. */
  now(): string;
  /** The server has a message of ours. */
  onArrived(clientId: string): void;
  onError(code: string, error: Error): void;
}

type Handlers = { readonly [T in ServerEvent['type']]?: (event: ServerEventOf<T>) => void };

/** Routes each event of the server to the parts it concerns: a table, one entry per event. */
export function createIncoming(parts: IncomingParts): (event: ServerEvent) => void {
  const { dispatch, guest, outbox, resume, typing, streams, onArrived } = parts;
  const handlers: Handlers = {
    welcome(event) {
      guest.adopt(event);
      typing.clear();
      resume.welcomed(event);
      // Replies that were growing when the line was lost are waited for anew.
      for (const { id, streaming } of parts.state().messages) if (streaming) streams.grown(id);
      dispatch(event);
    },
    history: (event) => resume.history(event),
    message: ({ message }) => resume.message(message),
    ack(event) {
      dispatch(event);
      onArrived(event.clientId);
      outbox.settle(event.clientId);
      resume.ack(event.seq);
    },
    nack: (event) => outbox.refuse(event),
    delta(event) {
      const { messages } = parts.state();
      const known = messages[findMessage(messages, event.id)];
      if (known?.stopped || known?.seq !== undefined) return;
      if (foldDelta(known?.text ?? '', event) === undefined) return resume.repair();
      streams.grown(event.id);
      dispatch({ ...event, at: known?.sentAt ?? parts.now() });
    },
    typing(event) {
      typing.heard(event);
      dispatch(event);
    },
    error: ({ code, message }) => parts.onError(code, new Error(message || code)),
    joined: dispatch,
    left: dispatch,
    mode: dispatch,
    receipt: dispatch,
    reaction: dispatch,
  };
  return (event) => (handlers[event.type] as ((event: ServerEvent) => void) | undefined)?.(event);
}

/** A message of the server is due: shown, and whatever waited for it is settled. */
export function takeMessage({ dispatch, outbox, streams, onArrived }: IncomingParts, message: Message): void {
  dispatch({ type: 'message', message });
  streams.ended(message.id);
  if (message.clientId) {
    onArrived(message.clientId);
    outbox.settle(message.clientId);
  }
}
