import { html, type PropertyValues, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import { InnerElement } from './base/inner-element.js';
import type { Markdown } from './rich-text.js';

/** A text in Markdown, drawn as it grows. What is complete is drawn once and left alone. */
export class CwRichText extends InnerElement {
  /** What reads it. */
  @property({ attribute: false }) markdown!: Markdown;
  /** All text so far. */
  @property({ attribute: false }) text = '';
  /** Whether the text may be incomplete: then syntax that has only begun is not shown. */
  @property({ attribute: false }) unfinished = false;
  #document: InstanceType<Markdown['MarkdownDocument']> | undefined;

  /** Characters read so far, counting again what was read again; for those who watch the cost. */
  get read(): number {
    return this.#document?.read ?? 0;
  }

  /** Drawn at once: where a plain text stood, nothing would stand for a moment, and the view would jump to its end. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.performUpdate();
  }

  protected override willUpdate(): void {
    this.#document ??= new this.markdown.MarkdownDocument();
    this.#document.write(this.text, this.unfinished);
  }

  protected override render(): TemplateResult {
    const { language } = this;
    const view = this.markdown.documentView(this.#document!.blocks, {
      language,
      table: language.text('md.table'),
    });
    return html`<div class="md" part="md" ${view}></div>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('language')) return;
    // What is settled is not drawn again, so whoever speaks in it is told.
    const { language } = this;
    for (const inner of this.querySelectorAll<InnerElement>('cw-code, cw-picture')) inner.language = language;
    for (const table of this.querySelectorAll('.table')) table.ariaLabel = language.text('md.table');
  }
}
