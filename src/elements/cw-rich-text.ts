import { ReactiveElement, type PropertyValues } from 'lit';
import { Language } from '../i18n/language.js';
import { property } from './base/property.js';
import type { InnerElement } from './base/inner-element.js';
import type { Markdown } from './rich-text.js';

/**
 * A text in Markdown, drawn as it grows. What is complete is drawn once and left alone. It draws without templates: an answer is
 * made of more elements than all else in a conversation.
 */
export class CwRichText extends ReactiveElement {
  /** Speaks to the reader. */
  @property({ attribute: false }) language = new Language();
  /** What reads it. */
  @property({ attribute: false }) markdown!: Markdown;
  /** All text so far. */
  @property({ attribute: false }) text = '';
  /** Whether the text may be incomplete: then syntax that has only begun is not shown. */
  @property({ attribute: false }) unfinished = false;
  #document: InstanceType<Markdown['MarkdownDocument']> | undefined;
  #box: HTMLElement | undefined;

  /** Characters read so far, counting again what was read again; for those who watch the cost. */
  get read(): number {
    return this.#document?.read ?? 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** Drawn at once: where a plain text stood, nothing would stand for a moment, and the view would jump to its end. */
  override connectedCallback(): void {
    super.connectedCallback();
    this.performUpdate();
  }

  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const { markdown, language } = this;
    this.#document ??= new markdown.MarkdownDocument();
    this.#document.write(this.text, this.unfinished);
    if (!this.#box) {
      this.#box = document.createElement('div');
      this.#box.className = 'md';
      this.#box.part.add('md');
      this.append(this.#box);
    }
    const table = language.text('md.table');
    markdown.draw(this.#box, markdown.documentView(this.#document.blocks, { language, table }));
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('language')) return;
    // What is settled is not drawn again, so whoever speaks in it is told.
    const { language } = this;
    for (const inner of this.querySelectorAll<InnerElement>('cw-code, cw-picture')) inner.language = language;
    for (const table of this.querySelectorAll('.table')) table.ariaLabel = language.text('md.table');
  }
}
