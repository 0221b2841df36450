import { html, nothing, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { StringKey } from '../i18n/strings.js';
import { InnerElement } from './base/inner-element.js';
import type { ClientHandle } from './client-handle.js';
import { LineController } from './controllers/line-controller.js';
import { icon } from './icons.js';
import type { Line } from './line.js';
import { ALERT, CHECK, OFFLINE, SYNC } from './thread-icons.js';

/** How each kind of news looks: colour, icon, words, and the button that helps. */
const BANNERS: Readonly<
  Partial<
    Record<Line['kind'], readonly [tone: string, icon: TemplateResult, text: StringKey, action?: StringKey]>
  >
> = {
  reconnecting: ['', icon(SYNC, 'sync'), 'net.reconnecting', 'net.now'],
  offline: ['', icon(OFFLINE), 'net.offline'],
  down: ['danger', icon(ALERT), 'net.down', 'net.retry'],
  restored: ['success', icon(CHECK), 'net.restored'],
  unsaved: ['', icon(ALERT), 'store.unsaved', 'store.ok'],
};

/** The first sentence of a text, and what follows it: in some languages after a space, in some at once. */
const FIRST_SENTENCE = /^(.+?(?:[…。！？]|[.!?।؟](?=\s|$)))(.*)$/su;

/** The band under the header that says what is wrong with the line and what to do. */
export class CwNotice extends InnerElement {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  readonly #lines = new LineController(this, () => this.client);

  #focused = false;

  protected override willUpdate(): void {
    this.#focused = this.querySelector('button:focus') !== null;
  }

  /** A button that goes while it has the focus hands it on. */
  protected override updated(): void {
    if (this.#focused && !this.querySelector('button')) this.ask('cw-write');
  }

  protected override render(): TemplateResult | typeof nothing {
    const { kind, n } = this.#lines.line;
    const banner = BANNERS[kind];
    if (!banner) return nothing;
    const [tone, sign, key, action] = banner;
    const text = this.language.text(key, { n: n ?? 0 });
    const [, first = text, rest = ''] = FIRST_SENTENCE.exec(text) ?? [];
    // What counts is cut to its first sentence where there is nothing to count.
    const counts = kind === 'reconnecting' || kind === 'restored';
    return html`<div class="banner ${tone}" part="banner">
      ${sign}
      <p><strong>${first}</strong>${counts && !n ? nothing : rest}</p>
      ${
        action
          ? html`<button
            type="button"
            class="banner-action"
            part="banner-action"
            @click=${() => this.ask(kind === 'unsaved' ? 'cw-accept-unsaved' : 'cw-connect')}
          >
            ${this.language.text(action)}
          </button>`
          : nothing
      }
    </div>`;
  }
}
