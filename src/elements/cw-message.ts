import { html, nothing, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import { sentTime } from '../conversation/timeline.js';
import type { ChatMessage, Delivery } from '../conversation/state.js';
import type { StringKey } from '../i18n/strings.js';
import { momentOf, timeOf } from '../i18n/times.js';
import { InnerElement } from './base/inner-element.js';
import { HeldFocusController } from './controllers/held-focus-controller.js';
import { icon } from './icons.js';
import { RETRY } from './panel-icons.js';
import { isRichText, loadRichText, richText, type RichText } from './rich-text.js';
import { ALERT, CHECK, CHECKS, CLOCK } from './thread-icons.js';

/** A message younger than this is new to the reader and may move in, in milliseconds. */
const FRESH_MS = 5_000;
/** What comes within this time of another one is just there, in milliseconds: many that move are no picture of anything. */
const TURN_MS = 300;
/** When the last one came that was new to the reader. */
let cameAt = -Infinity;

const SIGNS: Readonly<Record<Delivery, string>> = {
  queued: CLOCK,
  sending: CLOCK,
  sent: CHECK,
  delivered: CHECKS,
  read: CHECKS,
  failed: ALERT,
};

/** One bubble, and under it how far it has come. */
export class CwMessage extends InnerElement {
  /** The message to draw. */
  @property({ attribute: false }) message!: ChatMessage;
  /** Name of its author. */
  @property({ attribute: false }) name = '';
  /** Whether it is the first of its group. */
  @property({ attribute: false }) first = false;
  /** Whether it is the last of its group. */
  @property({ attribute: false }) last = false;
  /** Whether the time stands under it. */
  @property({ attribute: false }) timed = false;
  /** Whether words say how far it has come, also when it is on the server. */
  @property({ attribute: false }) told = false;
  /** Asks whether it was helpful, where that is to be asked. */
  @property({ attribute: false }) feedback?: HTMLElement;
  #fresh = false;
  /** Draws what is more than plain text, where there is any. */
  #drawer: RichText | undefined;

  constructor() {
    super();
    // What was pressed has gone; the message stays, and is read on from there.
    this.addController(new HeldFocusController(this, () => this.focusText()));
  }

  /** Gives the focus to what is said, without moving it: reading goes on from there. */
  focusText(): void {
    const bubble = this.querySelector<HTMLElement>('.bubble')!;
    bubble.tabIndex = -1;
    bubble.focus({ preventScroll: true });
  }

  protected override willUpdate(): void {
    const { message } = this;
    const more = message.sources?.length || isRichText(message);
    // Out of the page it stays as it was.
    if (this.isConnected) {
      this.#drawer = more ? richText(this.getRootNode()) : undefined;
      // Until what draws it is there, text is plain.
      if (more && !this.#drawer) void loadRichText(this);
    }
    if (this.hasUpdated) return;
    const { delivery, streaming } = message;
    const age = Date.now() - sentTime(message);
    const now = performance.now();
    // The guest's own begins as one that waits, and must not flash as one.
    const own = delivery === 'queued' || delivery === 'sending';
    const isNew = own || streaming || Math.abs(age) < FRESH_MS;
    this.#fresh = own || (isNew && now - cameAt > TURN_MS);
    if (isNew) cameAt = now;
  }

  protected override render(): TemplateResult {
    const { role, delivery, streaming, text } = this.message;
    const tokens = [
      'bubble',
      role,
      this.first && 'first',
      this.last && 'last',
      delivery,
      streaming && 'streaming',
    ]
      .filter(Boolean)
      .join(' ');
    const { locale, tongue } = this.language;
    // What is said is in the language of the page, also where the widget does not speak it.
    const lang = locale.startsWith(tongue.slice(0, 2)) ? nothing : locale;
    const drawer = this.#drawer;
    const rich = drawer && isRichText(this.message);
    const plain = streaming ? html`${text}<span class="caret"></span>` : text;
    // No white space inside the bubble: it would be shown.
    return html`<span class="vh" .textContent=${this.#said()}></span>
      <div
        class="${tokens} ${this.#fresh ? 'fresh' : ''} ${rich ? 'rich' : ''}"
        part=${tokens}
        dir=${rich ? nothing : 'auto'}
        lang=${lang}
      >${rich ? drawer.text(this.message, this.language) : plain}</div>
      ${drawer?.after(this.message, this.language)}
      ${this.timed || delivery === 'failed' ? this.#meta() : nothing}`;
  }

  /** For screen readers, which do not see on which side a bubble stands. */
  #said(): string {
    const { message, name, language } = this;
    if (!message.sentAt) return '';
    const key = message.role === 'guest' ? 'log.yousaid' : 'log.said';
    return language.text(key, { name, time: timeOf(sentTime(message), language) });
  }

  #meta(): TemplateResult | typeof nothing {
    const { message, language } = this;
    const { delivery } = message;
    const waiting = delivery === 'queued' || delivery === 'sending' || delivery === 'failed';
    const words =
      delivery && (waiting || this.told)
        ? html`<span class="status">${icon(SIGNS[delivery])}${language.text(`status.${delivery}`)}</span>`
        : nothing;
    const tokens = `meta ${delivery ?? ''}`;
    if (delivery === 'failed') {
      return html`<p class=${tokens} part=${tokens}>${words}${this.#ways()}</p>`;
    }
    if (message.streaming || !message.sentAt) return nothing;
    const time = waiting ? nothing : this.#time();
    // Most have nothing more: each place in a template is one more node for each bubble.
    if (words === nothing && !this.feedback) return html`<p class=${tokens} part=${tokens}>${time}</p>`;
    return html`<p class=${tokens} part=${tokens}>
      ${words}${words !== nothing && time !== nothing ? html`<span aria-hidden="true">·</span>` : nothing}${time}
      ${this.feedback ?? nothing}
    </p>`;
  }

  #time(): TemplateResult {
    const { message, language } = this;
    const time = sentTime(message);
    return html`<time
      datetime=${message.sentAt}
      title=${momentOf(time, language)}
      .textContent=${timeOf(time, language)}
    ></time>`;
  }

  /** The ways out of a failure. */
  #ways(): TemplateResult[] {
    const { clientId = '' } = this.message;
    const button = (act: () => void, text: StringKey, sign?: string): TemplateResult =>
      html`<button type="button" class="text-button" part="button" @click=${act}>
        ${sign ? icon(sign) : nothing}${this.language.text(text)}
      </button>`;
    return [
      button(() => this.ask('cw-retry', clientId), 'status.retry', RETRY),
      button(() => this.ask('cw-remove', clientId), 'status.delete'),
    ];
  }
}
