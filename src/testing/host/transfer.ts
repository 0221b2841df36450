import type { Author } from '../../protocol/message.js';
import type { Conversation } from './conversation.js';

/**
 * One person of the team hands over to another: one line in the thread, and the header changes.
 * @param from id of who hands over; default everybody who is there
 */
export function transfer(conversation: Conversation, to: Author, from?: string): void {
  const leaving = conversation.participants.filter(({ id }) => id !== to.id && (!from || id === from));
  const staying = conversation.participants.filter(
    (person) => !leaving.includes(person) && person.id !== to.id,
  );
  conversation.change({ participants: [...staying, to] });
  for (const author of leaving) conversation.type(author, false);
  conversation.report('staff-transferred', to);
  // Whoever comes is told first: at no moment is nobody there.
  conversation.broadcast({ type: 'joined', author: to });
  for (const author of leaving) conversation.broadcast({ type: 'left', author });
  if (conversation.mode !== 'staff') conversation.setMode('staff');
}
