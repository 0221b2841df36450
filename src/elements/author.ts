import { html, nothing, type TemplateResult } from 'lit';
import type { Author, Role } from '../protocol/message.js';
import { icon } from './icons.js';
import { SPARK } from './panel-icons.js';

/**
 * Who speaks, as a small picture: round for people, a rounded square for the assistant, so that the two differ without
 * colour. Without a portrait, or when it does not load, the assistant shows a spark and a person their initials.
 */
export function avatar(
  { role, name, avatarUrl }: Pick<Author, 'name' | 'avatarUrl'> & { role: Role | '' },
  size = '',
): TemplateResult {
  const initials = (name ?? '')
    .split(/\s+/)
    .map((word) => [...word][0])
    .slice(0, 2);
  return html`<span class="avatar ${role} ${size}" part="avatar ${role}" aria-hidden="true"
    >${role === 'ai' ? icon(SPARK, 'filled') : initials}${avatarUrl ? html`<img src=${avatarUrl} alt="" />` : nothing}</span
  >`;
}

/** The picture of the house: the one the page gave, else the spark. A page may also slot its own. */
export function houseAvatar(url: string | undefined): TemplateResult {
  return html`<slot name="header-avatar"
    >${avatar(url ? { role: '', avatarUrl: url } : { role: 'ai' }, 'lg')}</slot
  >`;
}
