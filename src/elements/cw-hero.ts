import { html, nothing, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import { canEscalate } from '../conversation/select.js';
import type { ChatState } from '../conversation/state.js';
import { avatar, houseAvatar } from './author.js';
import { InnerElement } from './base/inner-element.js';
import type { ClientHandle } from './client-handle.js';
import { closeButton } from './close-button.js';
import { StoreController } from './controllers/store-controller.js';
import { icon } from './icons.js';
import { DEFAULT_OPTIONS, type Options } from './options.js';
import { HEADSET, NEXT } from './panel-icons.js';

const select = (state: ChatState) => ({
  escalate: canEscalate(state),
  participants: state.participants,
});

/** The welcome of an empty conversation: questions to start with, and a person one step away. */
export class CwHero extends InnerElement {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  /** What the page has set. */
  @property({ attribute: false }) options: Options = DEFAULT_OPTIONS;
  readonly #chat = new StoreController(this, () => this.client, select);

  protected override render(): TemplateResult {
    const { language, options } = this;
    const rows = options.suggestions.map(({ label, value }) =>
      this.#row(html`<bdi>${label}</bdi>`, () => this.ask('cw-send', { text: value })),
    );
    return html`<div class="welcome">
      <div class="hero" part="hero" tabindex="-1">
        <div class="hero-bar">
          ${houseAvatar(options.avatar)}${options.mode === 'floating' ? closeButton(this) : nothing}
        </div>
        <slot name="welcome">
          <h2 class="hero-title" part="title">
            <span class="soft">${language.text('welcome.hi')}</span>${language.text('welcome.title')}
          </h2>
        </slot>
      </div>
      <div class="stack">
        ${rows.length ? html`<div class="card" part="card">${rows}</div>` : nothing}
        ${this.#chat.value?.escalate ? html`<div class="card" part="card">${this.#person()}</div>` : nothing}
      </div>
    </div>`;
  }

  #person(): TemplateResult {
    const staff = this.#chat.value!.participants.filter(({ role }) => role === 'staff').slice(0, 3);
    const picture = staff.length
      ? html`<span class="avatars">${staff.map((author) => avatar(author))}</span>`
      : icon(HEADSET, 'headset');
    const text = html`${picture}<b>${this.language.text('person.ask')}</b>`;
    return this.#row(text, () => this.ask('cw-escalate'));
  }

  #row(content: TemplateResult, act: () => void): TemplateResult {
    return html`<button type="button" class="row" part="row" @click=${act}>${content}${icon(NEXT, 'next')}</button>`;
  }
}
