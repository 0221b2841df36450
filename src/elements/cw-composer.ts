import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from './base/property.js';
import { canEscalate, streamingReply } from '../conversation/select.js';
import type { ChatState } from '../conversation/state.js';
import type { StringKey } from '../i18n/strings.js';
import { InnerElement } from './base/inner-element.js';
import type { ClientHandle } from './client-handle.js';
import { StoreController } from './controllers/store-controller.js';
import { icon } from './icons.js';
import { HEADSET, SEND, STOP } from './panel-icons.js';

const select = (chat: ChatState) => ({
  answering: chat.answering,
  escalate: canEscalate(chat),
  /** Id of the reply that can be stopped. */
  growing: chat.features.includes('stop') ? streamingReply(chat)?.id : undefined,
  longest: chat.limits.maxTextLength,
});

/** Where the guest writes. */
export class CwComposer extends InnerElement {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  /** Whether the conversation has not begun. */
  @property({ attribute: false }) fresh = false;
  /** Whether to note that an assistant answers: while nothing has been said. */
  @property({ attribute: false }) noted = false;
  /** Words in the empty field instead of the usual ones. */
  @property({ attribute: false }) placeholder?: string;
  @state() private empty = true;
  readonly #chat = new StoreController(this, () => this.client, select);

  /** The field. */
  get input(): HTMLTextAreaElement {
    return this.querySelector('textarea')!;
  }

  protected override render(): TemplateResult {
    const { language, fresh } = this;
    const { answering, escalate, growing, longest } = this.#chat.value ?? {};
    const hint: StringKey = fresh ? 'welcome.ask' : answering === 'queued' ? 'input.wait' : 'input.hint';
    return html`<div class="composer" part="composer">
      ${
        escalate && !fresh
          ? html`<button type="button" class="escalate" part="escalate" @click=${() => this.ask('cw-escalate')}>
            ${icon(HEADSET, 'headset')}${language.text('person.ask')}
          </button>`
          : nothing
      }
      <div class="composer-field">
        <textarea
          class="input"
          part="input"
          rows="1"
          dir=${this.empty ? nothing : 'auto'}
          enterkeyhint="send"
          maxlength=${longest ?? nothing}
          aria-label=${language.text('input.label')}
          placeholder=${this.placeholder ?? language.text(hint)}
          @input=${this.#typed}
          @keydown=${this.#pressed}
        ></textarea>
        <button
          type="button"
          class="send"
          part="send"
          aria-label=${language.text(growing ? 'ai.stop' : 'input.send')}
          aria-disabled=${this.empty && !growing}
          @click=${() => (growing ? this.client?.stop(growing) : this.#send())}
        >
          ${growing ? icon(STOP, 'filled') : icon(SEND)}
        </button>
      </div>
      ${this.noted && answering === 'ai' ? html`<p class="footnote" part="footnote">${language.text('ai.note')}</p>` : nothing}
      <slot name="footer"></slot>
    </div>`;
  }

  /** The words in the empty field may take two lines. */
  protected override updated(): void {
    if (this.empty) this.#fit();
  }

  #typed(): void {
    const { input } = this;
    this.empty = input.value.trim() === '';
    this.#fit();
    if (!this.empty) this.client?.typing();
  }

  /** Makes the field as high as what is in it, where the browser does not do so by itself. */
  #fit(): void {
    const { input } = this;
    if (CSS.supports('field-sizing: content')) return;
    input.style.blockSize = '0';
    input.style.blockSize = `${input.scrollHeight}px`;
  }

  #pressed(event: KeyboardEvent): void {
    // Safari ends a composition before it tells of the Enter that ended it, but still marks that with the code 229.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (this.input.value === '' && (event.key === 'PageUp' || event.key === 'PageDown')) {
      event.preventDefault();
      this.ask('cw-page', event.key === 'PageUp' ? -1 : 1);
    }
  }

  #send(): void {
    const text = this.input.value.trim();
    if (text === '' || !this.ask('cw-send', { text })) return;
    this.input.value = '';
    this.#typed();
    this.input.focus();
  }
}
