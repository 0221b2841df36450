import { html, nothing, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { StringKey } from '../i18n/strings.js';
import { InnerElement } from './base/inner-element.js';
import type { ClientHandle } from './client-handle.js';
import { HeldFocusController } from './controllers/held-focus-controller.js';
import { LineController } from './controllers/line-controller.js';
import { icon } from './icons.js';
import type { Line } from './line.js';
import { lineText } from './line-text.js';
import { ALERT, CHECK, OFFLINE, SYNC } from './thread-icons.js';

/** How each kind of news looks: colour, icon, and the button that helps. */
const BANNERS: Readonly<
  Partial<Record<Line['kind'], readonly [tone: string, icon: TemplateResult, action?: StringKey]>>
> = {
  reconnecting: ['', icon(SYNC, 'sync'), 'net.now'],
  offline: ['', icon(OFFLINE)],
  down: ['danger', icon(ALERT), 'net.retry'],
  restored: ['success', icon(CHECK)],
  unsaved: ['', icon(ALERT), 'store.ok'],
};

/** The band under the header that says what is wrong with the line and what to do. */
export class CwNotice extends InnerElement {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  readonly #lines = new LineController(this, () => this.client);

  constructor() {
    super();
    this.addController(new HeldFocusController(this, () => this.ask('cw-write')));
  }

  protected override render(): TemplateResult | typeof nothing {
    const { line } = this.#lines;
    const text = lineText(line, this.language);
    if (!text) return nothing;
    const [first, rest] = text;
    const [tone, sign, action] = BANNERS[line.kind]!;
    return html`<div class="banner ${tone}" part="banner">
      ${sign}
      <p><strong>${first}</strong>${rest}</p>
      ${
        action
          ? html`<button
            type="button"
            class="banner-action"
            part="banner-action"
            @click=${() => (line.kind === 'unsaved' ? this.client?.acceptUnsaved() : this.ask('cw-connect'))}
          >
            ${this.language.text(action)}
          </button>`
          : nothing
      }
    </div>`;
  }
}
