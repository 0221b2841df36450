/**
 * The thread. It is long because all that stands in it, and all that moves it, comes together here; what can be told apart
 * is in the window, the controllers and the templates that it imports.
 */
import { html, noChange, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from './base/property.js';
import { repeat } from 'lit/directives/repeat.js';
import { isFromOthers, newestActions, onlyReplyGrew, ratedAnswer } from '../conversation/select.js';
import { createTimeline, type MessageGroup, type TimelineItem } from '../conversation/timeline.js';
import { messageKey, type ChatMessage, type ChatState } from '../conversation/state.js';
import type { QuickReply } from '../protocol/message.js';
import type { Language } from '../i18n/language.js';
import { dayOf } from '../i18n/times.js';
import { InnerElement } from './base/inner-element.js';
import type { IntentEvent } from './base/intents.js';
import type { ClientHandle } from './client-handle.js';
import type { CwGroup } from './cw-group.js';
import type { CwMessage } from './cw-message.js';
import { FeedbackController } from './controllers/feedback-controller.js';
import { FollowController, type Followed } from './controllers/follow-controller.js';
import { HeldFocusController } from './controllers/held-focus-controller.js';
import { ReadingController } from './controllers/reading-controller.js';
import { StoreController } from './controllers/store-controller.js';
import { icon } from './icons.js';
import type { Suggestion } from './options.js';
import { quickReplies } from './quick-replies.js';
import { systemLine } from './system-line.js';
import { DOWN } from './thread-icons.js';
import { TranscriptWindow } from './transcript-window.js';
import { until } from './until.js';
import { welcomeGroup } from './welcome-group.js';

/** A server that brings nothing older within this time, in milliseconds, brings nothing. */
const OLDER_MS = 10_000;
/** A growing reply is painted at most this often, in milliseconds. */
const PAINT_MS = 50;

const select = (state: ChatState) => ({
  messages: state.messages,
  unreadFrom: state.unreadFrom,
  actions: newestActions(state),
  typing: state.typing,
  hasOlder: state.hasOlder,
  open: state.open,
  queued: state.answering === 'queued',
  rated: ratedAnswer(state),
});

/** A group, and what else decides how it looks. */
interface GroupView {
  readonly group: MessageGroup;
  readonly newest: boolean;
  readonly rated: boolean;
  readonly language: Language;
}

/** The conversation: groups and the lines between them, who is typing, the queue, and what can be answered at a tap. */
export class CwTranscript extends InnerElement implements Followed {
  /** The client to draw. */
  @property({ attribute: false }) client?: ClientHandle;
  /** Text of a first bubble that is shown here only. */
  @property({ attribute: false }) welcome?: string;
  /** Questions to start with, under that bubble. */
  @property({ attribute: false }) suggestions: readonly Suggestion[] = [];
  readonly #timeline = createTimeline();
  readonly #window = new TranscriptWindow();
  readonly #chat = new StoreController(
    this,
    () => this.client,
    (state: ChatState) => {
      if (this.#hurry && !this.#onlyGrows(state)) this.#hurry();
      return select(state);
    },
  );
  readonly #follow = new FollowController(this);
  readonly #feedback = new FeedbackController(this);
  readonly #reading = new ReadingController(
    this,
    () => this.#follow.following && this.#chat.value?.open === true,
    () => this.client?.markRead(),
  );
  #items: readonly TimelineItem[] = [];
  /** The groups as they were drawn last, by key. */
  #groups: ReadonlyMap<string, GroupView> = new Map();
  /** The groups that are being drawn. */
  #drawing = new Map<string, GroupView>();
  /** What was drawn last, and when. */
  #drawn: ChatState | undefined;
  #drawnAt = 0;
  /** Ends the waiting for the next piece of a reply. */
  #hurry: (() => void) | undefined;
  #last: string | undefined;
  #askedBefore: string | undefined;
  #queued = false;

  constructor() {
    super();
    this.addController(new HeldFocusController(this, () => this.#scroller.focus()));
  }

  /** Scrolls by pages, for the keys of the message box. */
  scrollPages(pages: number): void {
    const scroller = this.#scroller;
    this.#follow.gesture(pages < 0);
    scroller.scrollBy(0, pages * scroller.clientHeight * 0.9);
  }

  /**
   * Shows one message, with what was said around it, and gives it the focus. Asks for older ones until it is there.
   * @param id of the server, or the `clientId`
   * @returns whether there is such a message
   */
  async reveal(id: string): Promise<boolean> {
    for (;;) {
      const { messages = [] } = this.client?.state ?? {};
      const index = messages.findLastIndex((message) => message.id === id || message.clientId === id);
      if (index >= 0) return this.#reveal(messages, index);
      if (!(await this.#older())) return false;
    }
  }

  async #reveal(messages: readonly ChatMessage[], index: number): Promise<boolean> {
    const key = messageKey(messages[index]!);
    this.#follow.leave();
    this.#window.place(messages, false);
    this.#window.around(index);
    this.requestUpdate();
    await this.updateComplete;
    for (const group of this.querySelectorAll<CwGroup>('cw-group')) await group.updateComplete;
    const drawn = [...this.querySelectorAll<CwMessage>('cw-message')];
    const shown = drawn.find((element) => messageKey(element.message) === key);
    if (!shown) return false;
    await shown.updateComplete;
    this.#follow.show(shown.querySelector('.bubble')!);
    shown.focusText();
    return true;
  }

  /** Has older messages brought. @returns whether any came */
  async #older(): Promise<boolean> {
    const { client } = this;
    const [first] = client?.state.messages ?? [];
    if (!client?.state.hasOlder || client.state.connection.status !== 'online') return false;
    client.loadOlder();
    await until(
      client,
      ({ messages, hasOlder, connection }) =>
        messages[0] !== first || !hasOlder || connection.status !== 'online',
      OLDER_MS,
    );
    return client.state.messages[0] !== first;
  }

  /** Whether what is drawn goes to the end; for following. */
  get atEnd(): boolean {
    return this.#window.atEnd;
  }

  /** The newest bubble, if what was said last is a reply; for following. */
  newestReply(): HTMLElement | undefined {
    const newest = this.#chat.value?.messages.at(-1);
    if (!newest || !isFromOthers(newest)) return undefined;
    return [...this.querySelectorAll<HTMLElement>('cw-message .bubble')].at(-1);
  }

  /** Draws earlier messages; asks the server for older ones, once for each beginning; for following. */
  nearStart(beginning: boolean): void {
    if (this.#window.extendUp(this.#follow.following)) return this.#moved();
    const { hasOlder, messages } = this.#chat.value ?? {};
    const first = messages?.[0] && messageKey(messages[0]);
    if (!beginning || !hasOlder || this.#askedBefore === first) return;
    this.#askedBefore = first;
    this.client?.loadOlder();
  }

  /** Draws later messages; for following. */
  nearEnd(): void {
    if (this.#window.extendDown()) this.#moved();
  }

  #moved(): void {
    this.requestUpdate();
    // What came at one end and what went at the other may be of one height, which no observer tells.
    this.#follow.settle();
  }

  get #scroller(): HTMLElement {
    return this.querySelector<HTMLElement>('.transcript')!;
  }

  #remove(clientId: string): void {
    this.client?.remove(clientId);
    this.ask('cw-write');
  }

  /** For screen readers, which go on from what was first until now. Keys that scroll do the same: Tab stops nowhere in here. */
  #earlier(): void {
    const first = this.querySelector<CwMessage>('cw-message');
    this.nearStart(true);
    first?.focusText();
  }

  #jump(): void {
    this.#window.toEnd();
    this.#follow.toEnd();
    // The button goes; the keys that scroll are wanted next.
    this.#scroller.focus();
  }

  /** Pieces of a reply come faster than they can be read: they are drawn together. */
  protected override async scheduleUpdate(): Promise<void> {
    const wait = this.#drawnAt + PAINT_MS - performance.now();
    if (wait > 0 && this.#onlyGrows(this.client?.state)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, wait);
        this.#hurry = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#hurry = undefined;
    }
    this.#drawnAt = performance.now();
    super.scheduleUpdate();
  }

  /** Whether nothing differs from what was drawn but the text of a reply that grows. */
  #onlyGrows(now: ChatState | undefined): boolean {
    return this.#drawn !== undefined && now !== undefined && onlyReplyGrew(now, this.#drawn);
  }

  protected override update(changed: PropertyValues): void {
    this.#drawn = this.client?.state;
    this.#groups = this.#drawing;
    this.#drawing = new Map();
    const { messages = [], unreadFrom, queued = false, rated } = this.#chat.value ?? {};
    this.#feedback.see(rated, messages, this.language);
    const newest = messages.at(-1);
    const last = newest && messageKey(newest);
    // Who has asked for a person wants to see their place in the queue.
    const asked = queued && !this.#queued;
    if (asked || (last !== this.#last && newest?.role === 'guest' && newest.seq === undefined)) {
      this.#window.toEnd();
      this.#follow.resume();
    }
    this.#queued = queued;
    const { following } = this.#follow;
    if (this.#window.place(messages, following)) this.#follow.hold();
    const { start, end } = this.#window;
    this.#items = this.#timeline({ messages, unreadFrom, start, end });
    if (following) this.#reading.see(messages);
    this.#last = last;
    super.update(changed);
  }

  protected override firstUpdated(): void {
    this.#follow.watch(this.#scroller);
  }

  protected override render(): TemplateResult {
    const { language } = this;
    const { messages = [], actions = [], typing = [], hasOlder = false } = this.#chat.value ?? {};
    const { hasEarlier, atEnd } = this.#window;
    const newest = this.#items.findLast((item) => item.kind === 'group' && item.messages.some(isOnServer));
    const unseen = this.#follow.following ? 0 : this.#reading.unseen(messages);
    return html`<div
      class="thread"
      @cw-retry=${(event: IntentEvent<'cw-retry'>) => this.client?.retry(...event.detail)}
      @cw-remove=${(event: IntentEvent<'cw-remove'>) => this.#remove(...event.detail)}
      @cw-react=${(event: IntentEvent<'cw-react'>) => this.client?.react(...event.detail)}
    >
      <div class="transcript" part="transcript" role="log" aria-live="off" tabindex="0" aria-label=${language.text('log.label')}>
        <div class="messages" part="messages">
          <button type="button" class="vh" @click=${() => this.ask('cw-write')}>${language.text('log.skip')}</button>
          ${
            hasEarlier || hasOlder
              ? html`<button type="button" class="text-button older" part="older" tabindex="-1" @click=${this.#earlier}>
                ${language.text('log.older')}
              </button>`
              : this.welcome
                ? this.#group(welcomeGroup(this.welcome))
                : nothing
          }
          ${repeat(
            this.#items,
            ({ key }) => key,
            (item) => this.#item(item, item === newest),
          )}
          ${
            atEnd
              ? html`<cw-typing .signals=${typing} .language=${language}></cw-typing>
                <cw-queue .client=${this.client} .language=${language}></cw-queue>
                ${this.#replies(actions)}`
              : nothing
          }
        </div>
      </div>
      ${
        unseen || !atEnd
          ? html`<button type="button" class="jump" part="jump" @click=${this.#jump}>
            ${icon(DOWN)}${unseen ? language.text('log.jump', { n: unseen }) : language.text('log.latest')}
          </button>`
          : nothing
      }
    </div>`;
  }

  #item(item: TimelineItem, newest: boolean): TemplateResult | typeof noChange {
    const { language } = this;
    if (item.kind === 'group') return this.#group(item, newest);
    if (item.kind === 'system') return systemLine(item.message, language);
    return item.kind === 'day'
      ? html`<p class="day" part="day">${dayOf(item.time, language)}</p>`
      : html`<p class="unread-line" part="unread-line">${language.text('log.new')}</p>`;
  }

  /** A group; nothing is compared within one that is as it was. */
  #group(group: MessageGroup, newest = false): TemplateResult | typeof noChange {
    const { language } = this;
    const { id, element } = this.#feedback;
    const rated = element !== undefined && group.messages.some((message) => message.id === id);
    const was = this.#groups.get(group.key);
    const same =
      was?.group === group && was.newest === newest && was.rated === rated && was.language === language;
    this.#drawing.set(group.key, { group, newest, rated, language });
    if (same) return noChange;
    return html`<cw-group .group=${group} .newest=${newest} .rated=${rated ? id : undefined} .feedback=${element} .language=${language}></cw-group>`;
  }

  /** Ways to answer at a tap: those of the newest message, or questions to start with. */
  #replies(actions: readonly QuickReply[]): TemplateResult | typeof nothing {
    const messageId = this.#chat.value!.messages.at(-1)?.id;
    const offered = messageId === undefined ? this.suggestions : actions;
    // A quick reply is a send of its label; a question to start with sends its value.
    return quickReplies(offered, this.language, ({ label, value }) => {
      if (messageId === undefined) this.ask('cw-send', { text: value });
      else this.ask('cw-send', { text: label, action: { messageId, value } });
    });
  }
}

const isOnServer = ({ role, seq }: { role: string; seq?: number }): boolean =>
  role === 'guest' && seq !== undefined;
