import type { Author, Message, Role, SystemEvent } from '../protocol/message.js';
import { systemLine } from './host/system-lines.js';

/** The participants of the fixtures, by role. */
export const AUTHORS: Readonly<Record<Role, Author>> = {
  guest: { id: 'guest-1', role: 'guest' },
  ai: { id: 'ai', role: 'ai' },
  staff: { id: 'staff-maya', role: 'staff', name: 'Maya' },
  system: { id: 'system', role: 'system' },
};

/** When the first message of a fixture was sent, in milliseconds since 1970; each `seq` is a minute later. */
const START = Date.UTC(2026, 0, 5, 9);

/**
 * A message with everything that is required; give what matters for the test.
 * @param fields default: message 1 of the guest
 */
export function makeMessage(fields: Partial<Message> = {}): Message {
  const { seq = 1, role = 'guest' } = fields;
  return {
    id: `message-${seq}`,
    seq,
    role,
    ...(role !== 'system' && { author: AUTHORS[role] }),
    text: `Message ${seq}`,
    sentAt: new Date(START + (seq - 1) * 60_000).toISOString(),
    ...(role === 'guest' && { clientId: `client-${seq}` }),
    ...(role === 'ai' && { format: 'markdown' }),
    ...fields,
  };
}

/** A line in the thread that says what happened. @param author whom it is about */
export function makeSystemMessage(event: SystemEvent, fields: Partial<Message> = {}): Message {
  const { author } = fields;
  return makeMessage({ role: 'system', event, text: systemLine(event, author?.name), ...fields });
}

/** A thread of `count` messages, guest and AI in turn, beginning with the guest at `seq` 1. */
export function makeThread(count: number): Message[] {
  return Array.from({ length: count }, (_, index) =>
    makeMessage({ seq: index + 1, role: index % 2 === 0 ? 'guest' : 'ai' }),
  );
}
