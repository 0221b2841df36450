import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import type { ChatState } from '../conversation/state.js';
import { InnerElement } from './base/inner-element.js';
import type { IntentEvent } from './base/intents.js';
import type { ClientHandle } from './client-handle.js';
import { FullScreenController } from './controllers/full-screen-controller.js';
import { StoreController } from './controllers/store-controller.js';
import type { CwComposer } from './cw-composer.js';
import type { CwTranscript } from './cw-transcript.js';
import { icon } from './icons.js';
import { DEFAULT_OPTIONS, type Options } from './options.js';
import { PLUG, RETRY } from './panel-icons.js';

const select = (state: ChatState) => ({
  failed: state.connection.status === 'failed',
  /** Nothing has been said and nobody is asked for. */
  empty: state.messages.length === 0 && state.typing.length === 0 && state.answering !== 'queued',
  /** A conversation is known, and has not been loaded yet. */
  resuming: state.conversationId !== undefined && !state.loaded,
});

/** The window of the chat: a dialog in the corner, the whole of a small screen, or a region of the page. */
export class CwPanel extends InnerElement {
  /** The client to draw; undefined while it is on its way. */
  @property({ attribute: false }) client?: ClientHandle;
  /** Whether there is a chat to reach; else the panel says that it cannot be reached. */
  @property({ attribute: false }) reachable = true;
  /** Whether the guest has been here before. */
  @property({ attribute: false }) returning = false;
  /** What the page has set. */
  @property({ attribute: false }) options: Options = DEFAULT_OPTIONS;
  /** Whether the panel is shown. */
  @property({ attribute: false }) open = false;
  readonly #chat = new StoreController(this, () => this.client, select);
  /** Whether nothing has been said, as far as the guest has seen. */
  #fresh = false;
  readonly #screen = new FullScreenController(this);

  /** The message box; undefined while the chat cannot be used. */
  get composer(): CwComposer | null {
    return this.querySelector('cw-composer');
  }

  /** What takes the focus where a keyboard on the screen would be in the way. */
  get heading(): HTMLElement | null {
    return this.querySelector('[tabindex="-1"]');
  }

  get #panel(): HTMLElement {
    return this.querySelector<HTMLElement>('.panel')!;
  }

  protected override updated(_changed: PropertyValues): void {
    this.#screen.cover(this.open && this.#full ? this.#panel : undefined);
  }

  get #full(): boolean {
    return this.options.mode === 'floating' && this.#screen.small;
  }

  protected override render(): TemplateResult {
    const { language, options, open } = this;
    const floating = options.mode === 'floating';
    const full = this.#full;
    const team = options.heading;
    return html`<div
      class="panel ${options.mode} ${open ? 'open' : ''} ${full ? 'full' : ''}"
      part="panel"
      role=${floating ? 'dialog' : 'region'}
      aria-modal=${full ? 'true' : nothing}
      aria-label=${team ? language.text('header.panel', { team }) : language.text('launcher.label')}
      ?inert=${floating && !open}
    >
      ${full ? this.#edge(1) : nothing}${this.#content()}${full ? this.#edge(0) : nothing}
    </div>`;
  }

  #content(): TemplateResult {
    const { client, reachable, language, options } = this;
    const { failed, empty, resuming: unloaded } = this.#chat.value!;
    const resuming = unloaded || (!client && this.returning);
    // A new guest's conversation gets its name while the welcome is shown, which is no reason to take anything away.
    this.#fresh = empty && (!resuming || this.#fresh);
    const hero = reachable && this.#fresh && !options.welcome;
    const lost = !reachable || (failed && empty && resuming && !hero);
    return html`${
      hero
        ? nothing
        : html`<cw-header .client=${client} .reachable=${reachable} .language=${language} .options=${options}></cw-header>`
    }
      ${lost ? nothing : html`<cw-notice .client=${client} .language=${language}></cw-notice>`}
      ${failed && !lost ? html`<slot class="fallback"></slot>` : nothing}
      ${
        lost
          ? this.#lost()
          : hero
            ? html`<cw-hero .client=${client} .language=${language} .options=${options}></cw-hero>`
            : empty && resuming
              ? SKELETON
              : html`<cw-transcript .client=${client} .language=${language} .welcome=${options.welcome} .suggestions=${options.suggestions}></cw-transcript>`
      }
      ${
        reachable
          ? html`<cw-composer
            .client=${client}
            .language=${language}
            .placeholder=${options.placeholder}
            .fresh=${hero}
            .noted=${this.#fresh}
            @cw-page=${this.#page}
          ></cw-composer>`
          : nothing
      }`;
  }

  /** Nothing can be shown: says so, and offers what the page has put into the element. */
  #lost(): TemplateResult {
    const { language } = this;
    return html`<div class="empty" part="empty">
      <span class="glyph">${icon(PLUG)}</span>
      <h3>${language.text(this.reachable ? 'net.load' : 'net.down')}</h3>
      ${
        this.reachable
          ? html`<p>${language.text('net.help')}</p>
            <button type="button" class="button primary" part="button" @click=${() => this.ask('cw-connect')}>
              ${icon(RETRY)}${language.text('net.retry')}
            </button>`
          : nothing
      }
      <slot class="fallback"></slot>
    </div>`;
  }

  /** A place that focus meets when it is about to leave a panel that covers the screen, and is sent back from. */
  #edge(to: 0 | 1): TemplateResult {
    const turn = (): void => this.#screen.edges(this.#panel)[to]!.focus();
    return html`<span class="edge" tabindex="0" @focus=${turn}></span>`;
  }

  #page(event: IntentEvent<'cw-page'>): void {
    this.querySelector<CwTranscript>('cw-transcript')?.scrollPages(event.detail[0]);
  }
}

/** The shape of a conversation that is still on its way; it shows after a moment only. */
const SKELETON = html`<div class="loading" part="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>`;
