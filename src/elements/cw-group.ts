import { html, nothing, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import { repeat } from 'lit/directives/repeat.js';
import type { MessageGroup } from '../conversation/timeline.js';
import { messageKey, type ChatMessage } from '../conversation/state.js';
import { authorName } from './author-name.js';
import { avatar } from './author.js';
import { InnerElement } from './base/inner-element.js';

/** How far a message is told: alone when failed, else together with its neighbours. */
const stage = ({ delivery }: ChatMessage): string =>
  delivery === 'failed' || delivery === 'queued' || delivery === 'sending' ? delivery : 'server';

/** Consecutive messages of one author under one name, with one picture and one time. */
export class CwGroup extends InnerElement {
  /** The group to draw. */
  @property({ attribute: false }) group!: MessageGroup;
  /** Whether this is the newest group of the guest on the server: it says how far it has come. */
  @property({ attribute: false }) newest = false;

  /** Id of the answer that the guest may call helpful or not, if it is in here. */
  @property({ attribute: false }) rated?: string;
  /** What asks for that. */
  @property({ attribute: false }) feedback?: HTMLElement;

  protected override render(): TemplateResult {
    const { language } = this;
    const { role, author, messages } = this.group;
    const name = authorName(role, author, language);
    const last = messages.length - 1;
    return html`<div class="group ${role}" part="group ${role}" role="group" aria-label=${name}>
      ${role === 'guest' ? nothing : avatar({ ...author, role })}
      <div class="group-body">
        ${
          role === 'guest'
            ? nothing
            : html`<p class="author" part="author">
              <bdi .textContent=${name}></bdi
              ><span
                class="role-tag ${role}"
                part="role-tag ${role}"
                .textContent=${language.text(role === 'ai' ? 'ai.tag' : 'log.staff')}
              ></span>
            </p>`
        }
        ${repeat(messages, messageKey, (message, i) => {
          const next = messages[i + 1];
          return html`<cw-message
            .message=${message}
            .name=${name}
            .language=${language}
            .first=${i === 0}
            .last=${i === last}
            .timed=${!next || stage(message) === 'failed' || stage(message) !== stage(next)}
            .told=${this.newest}
            .feedback=${message.id === this.rated ? this.feedback : undefined}
          ></cw-message>`;
        })}
      </div>
    </div>`;
  }
}
