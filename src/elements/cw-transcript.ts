import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { isFromOthers, newestActions, ratedAnswer } from '../conversation/select.js';
import { createTimeline, type MessageGroup, type TimelineItem } from '../conversation/timeline.js';
import { messageKey, type ChatState } from '../conversation/state.js';
import type { QuickReply } from '../protocol/message.js';
import { dayOf } from '../i18n/times.js';
import { InnerElement } from './base/inner-element.js';
import type { IntentEvent } from './base/intents.js';
import type { ClientHandle } from './client-handle.js';
import { FollowController, type Followed } from './controllers/follow-controller.js';
import { HeldFocusController } from './controllers/held-focus-controller.js';
import { StoreController } from './controllers/store-controller.js';
import { ChatErrorEvent } from './events.js';
import { icon } from './icons.js';
import { wear } from './load.js';
import type { Suggestion } from './options.js';
import { systemLine } from './system-line.js';
import { DOWN } from './thread-icons.js';

/** The conversation: groups and the lines between them, who is typing, the queue, and what can be answered at a tap. */
export class CwTranscript extends InnerElement implements Followed {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  /** Text of a first bubble that is shown here only. */
  @property({ attribute: false }) welcome?: string;
  /** Questions to start with, under that bubble. */
  @property({ attribute: false }) suggestions: readonly Suggestion[] = [];
  readonly #timeline = createTimeline();
  readonly #chat = new StoreController(
    this,
    () => this.client,
    (state: ChatState) => ({
      items: this.#timeline(state),
      messages: state.messages,
      actions: newestActions(state),
      typing: state.typing,
      hasOlder: state.hasOlder,
      open: state.open,
      queued: state.answering === 'queued',
      rated: ratedAnswer(state),
    }),
  );
  readonly #follow = new FollowController(this);
  #first: string | undefined;
  #last: string | undefined;
  /** The newest message that was on screen before the reader left the end. */
  #seen: string | undefined;
  #askedBefore: string | undefined;
  #queued = false;
  #asksForFeedback = false;

  constructor() {
    super();
    this.addController(new HeldFocusController(this, () => this.#scroller.focus()));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#markRead);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#markRead);
  }

  /** Scrolls by pages, for the keys of the message box. */
  scrollPages(pages: number): void {
    const scroller = this.#scroller;
    scroller.scrollBy(0, pages * scroller.clientHeight * 0.9);
  }

  /** The newest bubble, if what was said last is a reply; for following. */
  newestReply(): HTMLElement | undefined {
    const newest = this.#chat.value?.messages.at(-1);
    if (!newest || !isFromOthers(newest)) return undefined;
    return [...this.querySelectorAll<HTMLElement>('cw-message .bubble')].at(-1);
  }

  /** Asks for older messages, once for each beginning; for following. */
  nearStart(): void {
    const { hasOlder } = this.#chat.value ?? {};
    if (!hasOlder || this.#askedBefore === this.#first) return;
    this.#askedBefore = this.#first;
    this.client?.loadOlder();
  }

  get #scroller(): HTMLElement {
    return this.querySelector<HTMLElement>('.transcript')!;
  }

  /** Without it nobody is asked. */
  async #askForFeedback(): Promise<void> {
    this.#asksForFeedback = true;
    try {
      wear(await import('./parts/feedback.js'), this.getRootNode() as ShadowRoot);
    } catch (error) {
      this.dispatchEvent(new ChatErrorEvent('load', error as Error));
    }
  }

  #remove(clientId: string): void {
    this.client?.remove(clientId);
    this.ask('cw-write');
  }

  #jump(): void {
    this.#follow.toEnd();
    // The button goes; the keys that scroll are wanted next.
    this.#scroller.focus();
  }

  readonly #markRead = (): void => {
    if (this.#chat.value?.open && this.#follow.following && document.visibilityState === 'visible') {
      this.client?.markRead();
    }
  };

  protected override update(changed: PropertyValues): void {
    const messages = this.#chat.value?.messages ?? [];
    const [first, last] = [messages[0], messages.at(-1)].map((message) => message && messageKey(message));
    if (this.#first !== undefined && first !== this.#first) this.#follow.keepPlace();
    const newest = messages.at(-1);
    if (last !== this.#last && newest?.role === 'guest' && newest.seq === undefined) this.#follow.resume();
    // Who has asked for a person wants to see their place in the queue.
    const queued = this.#chat.value?.queued ?? false;
    if (queued && !this.#queued) this.#follow.resume();
    this.#queued = queued;
    if (this.#follow.following) this.#seen = last;
    this.#first = first;
    this.#last = last;
    super.update(changed);
  }

  protected override firstUpdated(): void {
    this.#follow.watch(this.#scroller);
  }

  protected override updated(): void {
    this.#markRead();
    if (this.#chat.value?.rated && !this.#asksForFeedback) void this.#askForFeedback();
  }

  protected override render(): TemplateResult {
    const { language } = this;
    const { items = [], actions = [], typing = [] } = this.#chat.value ?? {};
    const newest = items.findLast((item) => item.kind === 'group' && item.messages.some(isOnServer));
    const unseen = this.#unseen();
    return html`<div
      class="thread"
      @cw-retry=${(event: IntentEvent<'cw-retry'>) => this.client?.retry(...event.detail)}
      @cw-remove=${(event: IntentEvent<'cw-remove'>) => this.#remove(...event.detail)}
      @cw-react=${(event: IntentEvent<'cw-react'>) => this.client?.react(...event.detail)}
    >
      <div class="transcript" part="transcript" role="log" aria-live="off" tabindex="0" aria-label=${language.text('log.label')}>
        <div class="messages" part="messages">
          <button type="button" class="vh" @click=${() => this.ask('cw-write')}>${language.text('log.skip')}</button>
          ${this.welcome && !this.#chat.value?.hasOlder ? this.#group(welcomeGroup(this.welcome)) : nothing}
          ${repeat(
            items,
            ({ key }) => key,
            (item) => this.#item(item, item === newest),
          )}
          <cw-typing .signals=${typing} .language=${language}></cw-typing>
          <cw-queue .client=${this.client} .language=${language}></cw-queue>
          ${this.#replies(actions)}
        </div>
      </div>
      ${
        unseen
          ? html`<button type="button" class="jump" part="jump" @click=${this.#jump}>
            ${icon(DOWN)}${language.text('log.jump', { n: unseen })}
          </button>`
          : nothing
      }
    </div>`;
  }

  #item(item: TimelineItem, newest: boolean): TemplateResult {
    const { language } = this;
    if (item.kind === 'group') return this.#group(item, newest);
    if (item.kind === 'system') return systemLine(item.message, language);
    return item.kind === 'day'
      ? html`<p class="day" part="day">${dayOf(item.time, language)}</p>`
      : html`<p class="unread-line" part="unread-line">${language.text('log.new')}</p>`;
  }

  #group(group: MessageGroup, newest = false): TemplateResult {
    const { rated } = this.#chat.value ?? {};
    const here = group.messages.some(({ id }) => id === rated);
    return html`<cw-group .group=${group} .newest=${newest} .rated=${here ? rated : undefined} .language=${this.language}></cw-group>`;
  }

  #replies(actions: readonly QuickReply[]): TemplateResult | typeof nothing {
    const messageId = this.#chat.value!.messages.at(-1)?.id;
    const offered = messageId === undefined ? this.suggestions : actions;
    if (offered.length === 0) return nothing;
    // A quick reply is a send of its label; a question to start with sends its value.
    const say = ({ label, value }: QuickReply): void =>
      void (messageId === undefined
        ? this.ask('cw-send', { text: value })
        : this.ask('cw-send', { text: label, action: { messageId, value } }));
    return html`<div class="quick-replies" part="quick-replies" role="group" aria-label=${this.language.text('log.replies')}>
      ${offered.map(
        (reply) =>
          html`<button type="button" class="quick-reply" part="quick-reply" @click=${() => say(reply)}>
            <bdi>${reply.label}</bdi>
          </button>`,
      )}
    </div>`;
  }

  /** How many messages of others have come since the reader left the end. */
  #unseen(): number {
    const { messages = [] } = this.#chat.value ?? {};
    const seen = messages.findLastIndex((message) => messageKey(message) === this.#seen);
    return this.#follow.following || seen < 0 ? 0 : messages.slice(seen + 1).filter(isFromOthers).length;
  }
}

const isOnServer = ({ role, seq }: { role: string; seq?: number }): boolean =>
  role === 'guest' && seq !== undefined;

let welcome: MessageGroup | undefined;

/** The first bubble as a group; the same object for the same text. */
function welcomeGroup(text: string): MessageGroup {
  if (welcome?.messages[0]!.text !== text) {
    const message = { id: 'welcome', role: 'ai', text, sentAt: '' } as const;
    welcome = { kind: 'group', key: 'welcome', role: 'ai', messages: [message] };
  }
  return welcome;
}
