import { html, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { ChatMessage } from '../conversation/state.js';
import { InnerElement } from './base/inner-element.js';
import { icon } from './icons.js';

/** A hand with its thumb up. */
const THUMB =
  'M6.5 9v7H4.3a.8.8 0 0 1-.8-.8V9.8c0-.4.4-.8.8-.8h2.2Zm0 0 3-5.8c1.2 0 2 .8 1.8 2L11 8h3.9c1 0 1.7.9 1.5 1.9l-1 4.8c-.2.8-.9 1.3-1.7 1.3H6.5';

/** What is said by each button, and the reaction that the backend gets. */
const CHOICES = [
  ['ai.yes', '👍', ''],
  ['ai.no', '👎', 'down'],
] as const;

/** Asks whether an answer was helpful. Pressing again takes it back. */
export class CwFeedback extends InnerElement {
  /** The answer. */
  @property({ attribute: false }) message!: ChatMessage;

  protected override render(): TemplateResult {
    const { reaction } = this.message;
    return html`<span class="feedback" part="feedback">
      ${CHOICES.map(
        ([text, emoji, turned]) =>
          html`<button
            type="button"
            class="icon-button"
            part="icon-button"
            aria-label=${this.language.text(text)}
            aria-pressed=${reaction === emoji}
            @click=${() => this.#choose(emoji)}
          >
            ${icon(THUMB, turned)}
          </button>`,
      )}
    </span>`;
  }

  #choose(emoji: string): void {
    const { id, reaction } = this.message;
    if (reaction) this.ask('cw-react', id, reaction, false);
    if (reaction !== emoji) this.ask('cw-react', id, emoji, true);
  }
}
