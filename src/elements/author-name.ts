import type { Language } from '../i18n/language.js';
import type { Author, Role } from '../protocol/message.js';

/** The name to show for an author; a word for the role where there is none. */
export function authorName(role: Role, author: Author | undefined, language: Language): string {
  if (role === 'guest') return language.text('log.you');
  return author?.name || language.text(role === 'staff' ? 'log.staff' : 'ai.name');
}
