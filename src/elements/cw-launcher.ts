import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { InnerElement } from './base/inner-element.js';
import { CHAT, icon, MIN } from './icons.js';

/** The round button in the corner, with the number of unread messages. */
export class CwLauncher extends InnerElement {
  /** Whether the panel is open. */
  @property({ attribute: false }) open = false;
  /** Number of unread messages. */
  @property({ attribute: false }) unread = 0;
  /** Text that makes the button a pill; empty for the usual words. */
  @property({ attribute: false }) label?: string;

  protected override render(): TemplateResult {
    const { open, unread, language } = this;
    const label = open ? undefined : this.label === '' ? language.text('launcher.label') : this.label;
    const does = language.text(open ? 'launcher.close' : unread ? 'launcher.unread' : 'launcher.open', {
      n: unread,
    });
    // Named by its content, so that it can be spoken to by what is seen.
    return html`<button
      type="button"
      class="launcher ${label ? 'labelled' : ''}"
      part="launcher"
      aria-haspopup="dialog"
      aria-expanded=${open}
      @click=${() => this.ask('cw-toggle')}
    >
      ${open ? icon(MIN) : html`<slot name="launcher-icon">${icon(CHAT)}</slot>`}
      ${label}<span class="vh">${label ? ', ' : nothing}${does}</span>
      ${
        unread && !open
          ? html`<span class="badge" part="badge" aria-hidden="true">${unread > 9 ? `${language.number(9)}+` : language.number(unread)}</span>`
          : nothing
      }
    </button>`;
  }
}
