import type { ChatMessage } from '../conversation/state.js';
import type { Language } from '../i18n/language.js';
import type { StringKey } from '../i18n/strings.js';
import type { SystemEvent } from '../protocol/message.js';

/** What happened, in the reader's own words. Events that are not listed are told by the text of the message. */
const TEXTS: Readonly<Partial<Record<SystemEvent | (string & {}), StringKey>>> = {
  escalated: 'person.asked',
  'queue-left': 'person.youleft',
  'staff-joined': 'person.joined',
  'staff-transferred': 'person.took',
  'staff-left': 'person.left',
  'conversation-started': 'person.started',
  'conversation-ended': 'person.ended',
};

/**
 * What a message of the system says.
 * @param mark stands for the name of whom it is about
 */
export function systemWords(
  { event = '', author, text }: ChatMessage,
  language: Language,
  mark = author?.name ?? '',
): string {
  const key = Object.hasOwn(TEXTS, event) ? TEXTS[event] : undefined;
  const words = key && language.text(key, { name: mark });
  // An event that needs a name and has none is better told by the server's words.
  return words === undefined || (words !== language.text(key!) && !author?.name) ? text : words;
}
