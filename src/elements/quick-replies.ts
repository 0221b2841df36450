import { html, nothing, type TemplateResult } from 'lit';
import type { Language } from '../i18n/language.js';
import type { QuickReply } from '../protocol/message.js';

/** Buttons to answer with; nothing where none are offered. */
export function quickReplies(
  offered: readonly QuickReply[],
  language: Language,
  choose: (reply: QuickReply) => void,
): TemplateResult | typeof nothing {
  if (offered.length === 0) return nothing;
  return html`<div class="quick-replies" part="quick-replies" role="group" aria-label=${language.text('log.replies')}>
    ${offered.map(
      (reply) =>
        html`<button type="button" class="quick-reply" part="quick-reply" @click=${() => choose(reply)}>
          <bdi>${reply.label}</bdi>
        </button>`,
    )}
  </div>`;
}
