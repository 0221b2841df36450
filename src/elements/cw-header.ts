import { html, nothing, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { ChatState } from '../conversation/state.js';
import { staffPresent } from '../conversation/select.js';
import { avatar, houseAvatar } from './author.js';
import { InnerElement } from './base/inner-element.js';
import type { ClientHandle } from './client-handle.js';
import { closeButton } from './close-button.js';
import { LineController } from './controllers/line-controller.js';
import { StoreController } from './controllers/store-controller.js';
import type { Line } from './line.js';
import { DEFAULT_OPTIONS, type Options } from './options.js';

const select = (state: ChatState) => ({
  answering: state.answering,
  staff: staffPresent(state),
  escalation: state.features.includes('escalation'),
});

/** Who answers, whether they can be reached, and the way out. */
export class CwHeader extends InnerElement {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  /** Whether there is a chat to reach. */
  @property({ attribute: false }) reachable = true;
  /** What the page has set. */
  @property({ attribute: false }) options: Options = DEFAULT_OPTIONS;
  readonly #lines = new LineController(this, () => this.client);
  readonly #chat = new StoreController(this, () => this.client, select);

  protected override render(): TemplateResult {
    const { language, options } = this;
    const staff = this.#chat.value?.staff;
    const kind = this.reachable ? this.#lines.line.kind : 'down';
    const away = kind !== 'calm' && kind !== 'restored';
    return html`<div class="header" part="header">
      ${staff ? avatar(staff, 'lg') : houseAvatar(options.avatar)}
      <div class="header-text">
        <h2 class="title" part="title" tabindex="-1">
          <bdi>${staff ? (staff.name ?? language.text('log.staff')) : (options.heading ?? language.text('launcher.label'))}</bdi>
        </h2>
        <p class="subtitle" part="subtitle">
          ${
            this.#chat.value?.answering === 'closed'
              ? nothing
              : html`<span class="presence ${away ? 'away' : ''}" part="presence"></span>`
          }${this.#subtitle(kind, away)}
        </p>
      </div>
      ${options.mode === 'floating' ? closeButton(this) : nothing}
    </div>`;
  }

  #subtitle(line: Line['kind'], away: boolean): string {
    const { language } = this;
    const { answering, escalation } = this.#chat.value ?? {};
    if (answering === 'closed') return language.text('header.ended');
    if (line === 'down') return language.text('net.down');
    if (line === 'connecting') return language.text('net.connecting');
    if (answering === 'staff') return language.text(away ? 'log.staff' : 'header.here');
    if (answering === 'queued') return language.text('header.finding');
    return this.options.subheading ?? language.text(escalation && !away ? 'header.ai' : 'ai.name');
  }
}
