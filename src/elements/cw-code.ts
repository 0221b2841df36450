import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from './base/property.js';
import { map } from 'lit/directives/map.js';
import type { Code } from '../features/markdown/document.js';
import type { StringKey } from '../i18n/strings.js';
import { InnerElement } from './base/inner-element.js';
import { icon } from './icons.js';
import { COPY } from './rich-icons.js';
import { CHECK } from './thread-icons.js';

/** How long it is said that something was copied, in milliseconds. */
const SAID_MS = 2_000;

/** A block of code in a box of its own, with its language and a button that copies it. */
export class CwCode extends InnerElement {
  /** The code; the same object may have grown. */
  @property({ attribute: false, hasChanged: () => true }) code!: Code;
  /** What came of the last copying, as long as it is said. */
  @state() private said?: 'md.copied' | 'md.uncopied';
  #timer = 0;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.said = undefined;
  }

  protected override render(): TemplateResult {
    const { code, language, said } = this;
    const { items } = code.pieces;
    const text = (key: StringKey): string => language.text(key);
    const name = [text('md.code'), code.language].filter(Boolean).join(', ');
    return html`<div class="codeblock" part="codeblock">
      <div class="code-head">
        <span class="code-language" dir="ltr">${code.language}</span>
        <button type="button" class="copy" part="button" @click=${this.#copy}>
          ${icon(said === 'md.copied' ? CHECK : COPY)}${text(said ?? 'md.copy')}
        </button>
        <span class="vh" role="status">${said ? text(said) : nothing}</span>
      </div>
      <pre
        dir="ltr"
        role="group"
        tabindex="0"
        aria-label=${name}
      ><code>${map(items, (piece, i) => html`<span>${i + 1 < items.length ? `${piece}\n` : piece}</span>`)}</code></pre>
    </div>`;
  }

  async #copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.code.pieces.items.join('\n'));
      this.said = 'md.copied';
    } catch {
      // The page or the browser does not allow it: what is selected can be copied by hand.
      getSelection()?.selectAllChildren(this.querySelector('code')!);
      this.said = 'md.uncopied';
    }
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => (this.said = undefined), SAID_MS);
  }
}
