import { html, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { TypingSignal } from '../conversation/state.js';
import { authorName } from './author-name.js';
import { avatar } from './author.js';
import { InnerElement } from './base/inner-element.js';

const DOTS = html`<i></i><i></i><i></i>`;

/** Who is writing at the moment; the assistant may name what it does. */
export class CwTyping extends InnerElement {
  /** Who is writing. */
  @property({ attribute: false }) signals: readonly TypingSignal[] = [];

  protected override render(): readonly TemplateResult[] {
    return this.signals.map(({ author, label }) => {
      const words = this.language.text('log.typing', {
        name: authorName(author.role, author, this.language),
      });
      const dots = html`<span role="img" aria-label=${words}>${DOTS}</span>`;
      return html`<div class="group ${author.role} waiting" part="group ${author.role}">
        ${avatar(author)}
        <div class="group-body">
          ${
            author.role === 'ai'
              ? html`<p class="typing thinking" part="typing ai">${dots}${label}</p>`
              : html`<div class="bubble typing first last ${author.role}" part="bubble typing ${author.role}">${dots}</div>`
          }
        </div>
      </div>`;
    });
  }
}
