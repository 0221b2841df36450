import { html, LitElement, type TemplateResult } from 'lit';
import { texts as ENGLISH } from '../i18n/en/launcher.js';
import type { Language } from '../i18n/language.js';
import { CHAT, icon, MIN } from './icons.js';

/**
 * The round button in the corner, with the number of unread messages. It is all that most visitors ever load, so it does
 * without what the other elements share.
 */
export class CwLauncher extends LitElement {
  static override properties = { open: {}, unread: {}, label: {}, language: {} };

  /** Whether the panel is open. */
  open = false;
  /** Number of unread messages; there are none without a language to count in. */
  unread = 0;
  /** Text that makes the button a pill; empty for the usual words. */
  label?: string;
  /** Speaks to the reader; without it, the launcher speaks English by itself. */
  language?: Language;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult {
    const { open, unread, language } = this;
    const text = (key: keyof typeof ENGLISH): string => language?.text(key) ?? ENGLISH[key];
    const label = open ? undefined : this.label === '' ? text('launcher.label') : this.label;
    const does =
      unread && language && !open
        ? language.text('launcher.unread', { n: unread })
        : text(open ? 'launcher.close' : 'launcher.open');
    // Named by its content, so that it can be spoken to by what is seen.
    return html`<button
      type="button"
      class="launcher ${label ? 'labelled' : ''}"
      part="launcher"
      aria-haspopup="dialog"
      aria-expanded=${open}
    >
      ${open ? icon(MIN) : html`<slot name="launcher-icon">${icon(CHAT)}</slot>`}
      ${label}<span class="vh">${label && ', '}${does}</span>
      ${
        unread && language && !open
          ? html`<span class="badge" part="badge" aria-hidden="true">${unread > 9 ? `${language.number(9)}+` : language.number(unread)}</span>`
          : ''
      }
    </button>`;
  }
}
