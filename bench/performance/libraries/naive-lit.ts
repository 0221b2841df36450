/**
 * The list that one writes first: one Lit element, all messages in it, everything rendered whenever anything changes,
 * Markdown made anew from the whole text. It is keyed, and looks like the floor does.
 */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
// What a parser writes is put in as it is: the naive way is what is measured.
// oxlint-disable-next-line no-restricted-imports
import { unsafeHTML } from 'lit/directives/unsafe-html.js';
import { marked } from 'marked';
import { LOOK } from '../page/floor/look.js';
import type { Said } from '../page/contestant.js';

/** The naive list. */
export class NaiveList extends LitElement {
  static override properties = { messages: { attribute: false }, draft: { state: true } };
  static override styles = css([LOOK] as unknown as TemplateStringsArray);
  declare messages: readonly Said[];
  declare draft: string;

  constructor() {
    super();
    this.messages = [];
    this.draft = '';
  }

  protected override render(): TemplateResult {
    return html`<div class="panel">
      <header><h2>Support</h2></header>
      <div class="transcript" role="log" tabindex="0">
        <div class="messages">
          ${repeat(
            this.messages,
            ({ id }) => id,
            ({ role, text, sentAt }) => html`<div class="group ${role}" role="group">
              <div class="group-body">
                <div class="bubble ${role}">${role === 'ai' ? unsafeHTML(marked.parse(text) as string) : text}</div>
                <p class="meta"><time datetime=${sentAt}>${new Date(sentAt).toLocaleTimeString()}</time></p>
              </div>
            </div>`,
          )}
        </div>
      </div>
      <div class="composer">
        <textarea .value=${this.draft} @input=${this.#typed}></textarea>
        <button ?disabled=${!this.draft}>Send</button>
      </div>
    </div>`;
  }

  protected override updated(): void {
    const scroller = this.renderRoot.querySelector('.transcript')!;
    scroller.scrollTop = scroller.scrollHeight;
  }

  #typed(event: Event): void {
    this.draft = (event.target as HTMLTextAreaElement).value;
  }
}

customElements.define('naive-list', NaiveList);
