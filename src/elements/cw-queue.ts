import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { Author } from '../protocol/message.js';
import type { ChatState } from '../conversation/state.js';
import { avatar } from './author.js';
import { InnerElement } from './base/inner-element.js';
import type { ClientHandle } from './client-handle.js';
import { HeldFocusController } from './controllers/held-focus-controller.js';
import { StoreController } from './controllers/store-controller.js';

/** The place in line changes on screen at most this often, in milliseconds. */
const CALM_MS = 10_000;

const select = ({ answering, position, waitSeconds, participants }: ChatState) => ({
  queued: answering === 'queued',
  position,
  waitSeconds,
  participants,
});

/** The guest's place in line for a person, and the way out of the line. */
export class CwQueue extends InnerElement {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  readonly #chat = new StoreController(this, () => this.client, select);
  /** The place on screen; infinite while it is not known. */
  #place = Infinity;
  #wait: number | undefined;
  #changedAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.addController(
      new HeldFocusController(this, () => this.closest<HTMLElement>('.transcript')?.focus()),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  /** Takes over what the server says, calmly: not too often, and a place never gets worse. */
  protected override update(changed: PropertyValues): void {
    const { queued = false, position = Infinity, waitSeconds } = this.#chat.value ?? {};
    clearTimeout(this.#timer);
    const place = queued ? Math.min(position, this.#place) : Infinity;
    const rest = this.#changedAt + CALM_MS - performance.now();
    if (queued && this.#place < Infinity && rest > 0) {
      this.#timer = setTimeout(() => this.requestUpdate(), rest);
    } else if (place !== this.#place || waitSeconds !== this.#wait) {
      this.#place = place;
      this.#wait = waitSeconds;
      this.#changedAt = performance.now();
    }
    super.update(changed);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { language } = this;
    if (!this.#chat.value?.queued) return nothing;
    const staff = this.#chat.value.participants.filter(({ role }) => role === 'staff').slice(0, 2);
    // Before anybody is known, the team as a whole stands at the head of the line.
    const team: Author = { id: 'team', role: 'staff', name: language.text('log.staff') };
    const known = this.#place < Infinity;
    return html`<div class="card queue" part="card queue">
      <p class="place">${language.text(known ? 'person.place' : 'header.finding')}</p>
      ${known ? html`<p class="queue-number">${raised(language.text('person.nth', { n: this.#place }, 'ordinal'))}</p>` : nothing}
      ${
        this.#wait
          ? html`<p class="wait">${language.text('person.wait', { n: Math.ceil(this.#wait / 60) })}</p>`
          : nothing
      }
      <p class="share">${language.text('person.share')}</p>
      <div class="queue-rail" aria-hidden="true">
        <span class="avatars">${(staff.length > 0 ? staff : [team]).map((author) => avatar(author))}</span><i></i><b>${language.text('log.you')}</b>
      </div>
      <button type="button" class="button" part="button" @click=${() => this.ask('cw-leave')}>
        ${language.text('person.leave')}
      </button>
    </div>`;
  }
}

/** A place with the letters after its number raised, as Latin script does it. */
function raised(place: string): TemplateResult {
  const [, number, letters] = /^(\P{Script=Latin}*)(.*)$/su.exec(place)!;
  return html`${number}${letters ? html`<sup>${letters}</sup>` : nothing}`;
}
