import { html, nothing, type TemplateResult } from 'lit';
import type { Author } from '../protocol/message.js';
import { icon } from './icons.js';

/**
 * Who speaks, as a small picture: round for people, a rounded square for the assistant, so that the two differ without
 * colour. Without a portrait, or when it does not load, the assistant shows a spark and a person their initials.
 */
export function avatar({ role, name, avatarUrl }: Omit<Author, 'id'>, size = ''): TemplateResult {
  const initials = (name ?? '')
    .split(/\s+/)
    .map((word) => [...word][0])
    .slice(0, 2);
  return html`<span class="avatar ${role} ${size}" part="avatar ${role}" aria-hidden="true"
    >${role === 'ai' ? icon('spark') : initials}${avatarUrl ? html`<img src=${avatarUrl} alt="" />` : nothing}</span
  >`;
}
