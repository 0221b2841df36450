import { html, nothing, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { Source } from '../protocol/message.js';
import { InnerElement } from './base/inner-element.js';
import { icon } from './icons.js';
import { LINK } from './rich-icons.js';
import type { Markdown } from './rich-text.js';

/** The pages that an answer was drawn from. One whose address cannot be followed is named only. */
export class CwSources extends InnerElement {
  /** The pages. */
  @property({ attribute: false }) sources: readonly Source[] = [];
  /** Tells which addresses may be followed. */
  @property({ attribute: false }) address!: Markdown['safeAddress'];

  protected override render(): TemplateResult {
    return html`<div class="sources" part="sources" role="group" aria-label=${this.language.text('md.sources')}>
      ${this.sources.map(({ title, url }) => {
        const address = this.address(url);
        const name = html`<bdi>${title || address?.host}</bdi>`;
        return address?.protocol.startsWith('http')
          ? html`<a class="source" part="source" href=${address.href} target="_blank" rel="noopener noreferrer"
              >${icon(LINK)}${name}</a
            >`
          : title
            ? html`<span class="source" part="source">${name}</span>`
            : nothing;
      })}
    </div>`;
  }
}
