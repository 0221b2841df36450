import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from './base/property.js';
import { InnerElement } from './base/inner-element.js';
import { icon } from './icons.js';
import { PICTURE } from './rich-icons.js';

/**
 * A picture in an answer. It is fetched when the reader asks for it: to fetch it tells its host that this guest has read
 * this message, and whatever an answer was made to put into the address.
 */
export class CwPicture extends InnerElement {
  /** Where it is. */
  @property({ attribute: false }) address = '';
  /** What it shows, in words. */
  @property({ attribute: false }) alt = '';
  @state() private stage: 'offered' | 'shown' | 'missing' = 'offered';
  #asked = false;

  protected override render(): TemplateResult {
    const { address, alt, language, stage } = this;
    const { host } = new URL(address);
    if (stage === 'offered') {
      return html`<button type="button" class="picture" part="picture" @click=${this.#show}>
        ${icon(PICTURE)}<span>${alt ? html`<bdi>${alt}</bdi> ` : nothing}<small
            >${language.text('md.picture', { host })}</small
          ></span>
      </button>`;
    }
    // White space in the link would be underlined.
    return html`<a class="picture-link" href=${address} target="_blank" rel="noopener noreferrer">${
      stage === 'missing'
        ? alt || host
        : html`<img part="picture" src=${address} alt=${alt || host} referrerpolicy="no-referrer" @error=${this.#miss} />`
    }</a>`;
  }

  /** The button that was pressed is gone; what came in its place is next. */
  protected override updated(): void {
    if (this.#asked) this.querySelector('a')?.focus();
    this.#asked = false;
  }

  #show(): void {
    this.#asked = true;
    this.stage = 'shown';
  }

  #miss(): void {
    this.stage = 'missing';
  }
}
