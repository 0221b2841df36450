/** What screen readers are told: fetched as soon as there is a conversation to tell of, be the panel open or not. */
import { texts } from '../../i18n/en/thread.js';
import { learn } from '../../i18n/language.js';
import type { ClientHandle } from '../client-handle.js';
import type { LanguageController } from '../controllers/language-controller.js';
import { Announcer } from '../speech/announcer.js';
import { Narrator } from '../speech/narrator.js';

const announcer = new Announcer();

/**
 * Has the news of a conversation read out.
 * @returns a function that ends it
 */
export function narrate(client: ClientHandle, speech: LanguageController): () => void {
  learn(texts);
  speech.need('thread');
  const narrator = new Narrator({ client, announcer, language: () => speech.language });
  return () => narrator.end();
}
