import { html, type TemplateResult } from 'lit';
import type { InnerElement } from './base/inner-element.js';
import { icon, MIN } from './icons.js';

/** The button at the top of the panel that closes it. */
export function closeButton(host: InnerElement): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    part="icon-button"
    aria-label=${host.language.text('header.min')}
    @click=${() => host.ask('cw-close')}
  >
    ${icon(MIN)}
  </button>`;
}
