import { html, nothing, type TemplateResult } from 'lit';
import { sentTime } from '../conversation/timeline.js';
import type { ChatMessage } from '../conversation/state.js';
import type { Language } from '../i18n/language.js';
import type { StringKey } from '../i18n/strings.js';
import { momentOf, timeOf } from '../i18n/times.js';
import type { SystemEvent } from '../protocol/message.js';
import { avatar } from './author.js';
import { icon } from './icons.js';
import { HEADSET } from './panel-icons.js';
import { CHECK } from './thread-icons.js';

/** What happened, in the reader's own words. Events that are not listed are told by the text of the message. */
const EVENTS: Readonly<Partial<Record<SystemEvent | (string & {}), readonly [StringKey, string]>>> = {
  escalated: ['person.asked', HEADSET],
  'queue-left': ['person.youleft', HEADSET],
  'staff-joined': ['person.joined', HEADSET],
  'staff-left': ['person.left', HEADSET],
  'conversation-ended': ['person.ended', CHECK],
};

/** Stands for the name while the text is put together; no text contains it. */
const NAME = '\u0000';

/** A line across the transcript that says what happened. */
export function systemLine(message: ChatMessage, language: Language): TemplateResult {
  const { event = '', author, text } = message;
  const [key, sign] = EVENTS[event] ?? [];
  const [before, after] = key ? language.text(key, { name: NAME }).split(NAME) : [text];
  const named = after !== undefined && author?.name;
  // An event that needs a name and has none is better told by the server's words.
  const words = named
    ? html`${before}<strong><bdi>${author.name}</bdi></strong>${after}`
    : after === undefined
      ? before
      : text;
  const time = sentTime(message);
  return html`<p class="system" part="system">
    ${named ? avatar(author) : sign ? icon(sign) : nothing}
    <span
      >${words} ·\u00a0<time datetime=${message.sentAt} title=${momentOf(time, language)}>${timeOf(time, language)}</time></span
    >
  </p>`;
}
