import type { Hello } from '../../protocol/client-command.js';
import type { ConversationRecord } from './record.js';

/** What the record becomes when a hello or an identify tells more; what is not told stays as it is. */
export function learn(
  { guest: known }: ConversationRecord,
  { guest: told, page, locale }: Pick<Hello, 'guest' | 'page' | 'locale'>,
): Partial<ConversationRecord> {
  const custom = told?.custom && { custom: { ...known.custom, ...told.custom } };
  return { guest: { ...known, ...told, ...custom }, ...(page && { page }), ...(locale && { locale }) };
}
