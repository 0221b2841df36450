import { html, nothing, type TemplateResult } from 'lit';
import { sentTime } from '../conversation/timeline.js';
import type { ChatMessage } from '../conversation/state.js';
import type { Language } from '../i18n/language.js';
import { momentOf, timeOf } from '../i18n/times.js';
import { avatar } from './author.js';
import { icon } from './icons.js';
import { HEADSET } from './panel-icons.js';
import { systemWords } from './system-words.js';
import { CHECK } from './thread-icons.js';

/** What the lines begin with when nobody is named. */
const SIGNS: Readonly<Record<string, string>> = {
  escalated: HEADSET,
  'queue-left': HEADSET,
  'staff-joined': HEADSET,
  'staff-left': HEADSET,
  'conversation-ended': CHECK,
};

/** Stands for the name while the text is put together; no text contains it. */
const NAME = '\u0000';

/** A line across the transcript that says what happened. */
export function systemLine(message: ChatMessage, language: Language): TemplateResult {
  const { event = '', author } = message;
  const [before, after] = systemWords(message, language, NAME).split(NAME);
  const named = after !== undefined && author?.name;
  const sign = Object.hasOwn(SIGNS, event) && SIGNS[event];
  const words = named ? html`${before}<strong><bdi>${author.name}</bdi></strong>${after}` : before;
  const time = sentTime(message);
  return html`<p class="system" part="system">
    ${named ? avatar(author) : sign ? icon(sign) : nothing}
    <span
      >${words} ·\u00a0<time datetime=${message.sentAt} title=${momentOf(time, language)}>${timeOf(time, language)}</time></span
    >
  </p>`;
}
