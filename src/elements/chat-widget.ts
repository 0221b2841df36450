/**
 * The element a page loads. It wires: what the page sets to the client, what the guest wants to the client, and what
 * both say to the page. It is longer than other files because every public member is documented here.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { Backend } from '../backends/backend.js';
import type { ConnectionStatus } from '../connection/status.js';
import type { Diagnosis } from '../conversation/diagnosis.js';
import { unreadCount } from '../conversation/select.js';
import { SendError } from '../conversation/send-error.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../conversation/state.js';
import type { TranscriptFormat } from '../conversation/transcript.js';
import type { ChatStrings } from '../i18n/strings.js';
import type { Persistence } from '../platform/note.js';
import type { GuestProfile } from '../protocol/client-command.js';
import type { Answering } from '../protocol/server-event.js';
import type { Intents } from './base/intents.js';
import type { ClientHandle } from './client-handle.js';
import { ClientController } from './controllers/client-controller.js';
import { FocusController } from './controllers/focus-controller.js';
import type { InViewController } from './controllers/in-view-controller.js';
import { LanguageController } from './controllers/language-controller.js';
import { StoreController } from './controllers/store-controller.js';
import {
  ChatBeforeSendEvent,
  ChatErrorEvent,
  ChatHideEvent,
  ChatReadyEvent,
  ChatShowEvent,
} from './events.js';
import { load } from './load.js';
import { DEFAULT_OPTIONS, OPTION_NAMES, readOptions } from './options.js';
import type { Layer, Mode, Position, Suggestion, Theme } from './options.js';
import { registerUnit, styles } from './styles/index.js';

/**
 * A chat with an AI assistant and with people, as one element.
 *
 * Children without a slot are shown until the element is upgraded, and while the chat cannot be reached: a mail link or
 * a form, so that nobody is left at a dead end.
 *
 * @summary A chat for a website: AI answers, people take over, and a line that heals itself.
 *
 * @slot - Shown before the upgrade and while the chat cannot be reached.
 * @slot launcher-icon - Replaces the icon of the launcher.
 * @slot header-avatar - Replaces the picture in the header.
 * @slot welcome - Replaces the greeting of an empty conversation.
 * @slot footer - Below the message box.
 *
 * @event {ChatReadyEvent} chat-ready - The element has rendered for the first time.
 * @event {ChatShowEvent} chat-show - The panel was opened.
 * @event {ChatHideEvent} chat-hide - The panel was closed.
 * @event {ChatBeforeSendEvent} chat-before-send - A message is about to be sent; can be cancelled, its `text` changed.
 * @event {ChatMessageEvent} chat-message - A message was written (`out`) or has arrived in full (`in`).
 * @event {ChatDeliveryEvent} chat-delivery - A message of the guest got further, or failed.
 * @event {ChatStatusEvent} chat-status - The line to the backend changed.
 * @event {ChatAnsweringEvent} chat-answering - Somebody else answers now, or the place in the queue changed.
 * @event {ChatUnreadEvent} chat-unread - The number of unread messages changed.
 * @event {ChatErrorEvent} chat-error - Something went wrong; never thrown into the page.
 *
 * @csspart launcher - The button in the corner.
 * @csspart badge - The number of unread messages on it.
 * @csspart panel - The window of the chat.
 * @csspart header - The band with who answers.
 * @csspart avatar - A picture of an author; also `ai` or `staff`.
 * @csspart title - Who answers, and the greeting.
 * @csspart subtitle - What they are, or how the line is.
 * @csspart presence - The dot before it.
 * @csspart icon-button - A button with an icon alone.
 * @csspart banner - News of the line.
 * @csspart banner-action - The button in it.
 * @csspart hero - The welcome of an empty conversation.
 * @csspart card - A box in the welcome, and the place in the queue.
 * @csspart row - A button in such a box.
 * @csspart transcript - The part that scrolls.
 * @csspart messages - All that is in it.
 * @csspart day - The line before a day.
 * @csspart unread-line - The line before what is new.
 * @csspart group - Messages of one author; also its role: `guest`, `ai` or `staff`.
 * @csspart author - The name over them.
 * @csspart role-tag - The tag beside it; also `ai` or `staff`.
 * @csspart bubble - A message; also its role, `first`, `last`, its delivery, `streaming`, and `typing`.
 * @csspart md - The formatted text in it.
 * @csspart codeblock - A block of code.
 * @csspart picture - A picture, and the button that fetches it.
 * @csspart sources - The pages an answer was drawn from.
 * @csspart source - One of them.
 * @csspart feedback - Whether an answer was helpful: two buttons beside its time.
 * @csspart meta - Time and delivery under it; also the delivery.
 * @csspart system - A line that says what happened.
 * @csspart typing - The dots of somebody who writes.
 * @csspart quick-replies - The answers on offer.
 * @csspart quick-reply - One of them.
 * @csspart queue - The place in the queue.
 * @csspart jump - The button that leads to new messages, or from far up to the latest.
 * @csspart older - The button that brings earlier messages, for who does not scroll.
 * @csspart skeleton - The shape of a conversation that is being loaded.
 * @csspart empty - What stands there when nothing can be shown.
 * @csspart composer - The message box with all around it.
 * @csspart escalate - "Talk to a person".
 * @csspart input - The field.
 * @csspart send - The button that sends, or stops a reply.
 * @csspart footnote - The line under the field.
 * @csspart button - Any other button.
 *
 * @cssprop [--chat-brand=#0b6a73] - The one colour; all others follow from it.
 * @cssprop [--chat-brand-fill] - Brand as a background; not too light and not too dark.
 * @cssprop [--chat-on-brand] - Black or white on it, whichever can be read.
 * @cssprop [--chat-brand-hover] - The background under the pointer.
 * @cssprop [--chat-brand-text] - Brand as the colour of links, outlines and focus.
 * @cssprop [--chat-brand-soft] - A tint of it.
 * @cssprop [--chat-brand-line] - A line in it.
 * @cssprop [--chat-focus=var(--chat-brand-text)] - The focus ring.
 * @cssprop [--chat-font-mono] - The font of code.
 * @cssprop [--chat-surface] - Background of the panel.
 * @cssprop [--chat-surface-sunken] - Background of what lies lower.
 * @cssprop [--chat-surface-raised] - Background of cards and of the assistant's bubbles.
 * @cssprop [--chat-text] - Text.
 * @cssprop [--chat-text-muted] - Text that matters less.
 * @cssprop [--chat-line] - Hairlines.
 * @cssprop [--chat-line-strong] - Lines around controls.
 * @cssprop [--chat-staff-bg] - Background of a person's bubble.
 * @cssprop [--chat-staff-text] - Text in it.
 * @cssprop [--chat-staff-line] - Line around it.
 * @cssprop [--chat-staff-accent] - Tag and icon of people.
 * @cssprop [--chat-danger] - What has failed.
 * @cssprop [--chat-danger-soft] - Its background.
 * @cssprop [--chat-warning] - What needs patience.
 * @cssprop [--chat-warning-soft] - Its background.
 * @cssprop [--chat-success] - What is well.
 * @cssprop [--chat-success-soft] - Its background.
 * @cssprop [--chat-badge=#c4281c] - Background of the number on the launcher; its text is white.
 * @cssprop [--chat-font=system-ui] - The font.
 * @cssprop [--chat-unit=calc(1em / 16)] - A pixel that grows with the text size of the browser.
 * @cssprop [--chat-radius-panel=20px] - Corners of the panel.
 * @cssprop [--chat-radius-bubble=18px] - Corners of bubbles.
 * @cssprop [--chat-radius-tail=6px] - The corner of a bubble towards its author.
 * @cssprop [--chat-radius-card=16px] - Corners of cards.
 * @cssprop [--chat-radius-control=12px] - Corners of buttons and fields.
 * @cssprop [--chat-shadow-panel] - Shadow of the panel.
 * @cssprop [--chat-shadow-launcher] - Shadow of the launcher.
 * @cssprop [--chat-shadow-raised] - Shadow of cards.
 * @cssprop [--chat-offset=20px] - Distance from the edges of the window.
 * @cssprop [--chat-width=400px] - Width of the floating panel.
 * @cssprop [--chat-height=704px] - Height of the floating panel.
 * @cssprop [--chat-z-index=2147482000] - Where the floating parts stand above the page.
 * @cssprop [--chat-fast=120ms] - Duration of small changes.
 * @cssprop [--chat-base=200ms] - Duration of most changes.
 * @cssprop [--chat-slow=320ms] - Duration of large changes.
 * @cssprop [--chat-ease-out] - How movements end.
 * @cssprop [--chat-ease-spring] - How what springs moves.
 */
export class ChatWidget extends LitElement {
  static override styles = styles;

  /** Address of the backend: `wss:`, or `https:` where it starts over HTTP; relative ones are resolved against the page. */
  @property() url?: string;
  /**
   * Name of a backend: `native`, `socket-io`, `laravel`, `http`, `websocket`, `mock`, one that was registered; or one made by the
   * page.
   */
  @property() backend: string | Backend = 'native';
  /** Name of a contract that is found in the field; says what backend, transport and options are unless they are given. */
  @property() preset?: string;
  /** Wires in the order in which they are tried, such as `pusher, reverb, polling`; by default what the backend has. */
  @property() transport?: string;
  /** Address of a JSON file that says the rest; fetched when the chat is first used. What stands on the element wins. */
  @property({ attribute: 'config-url' }) configUrl?: string;
  /**
   * What `backend="mock"` tells: names of scenarios such as `staff-escalation`, or addresses of JSON files, with commas between
   * them.
   */
  @property() scenario?: string;
  /** Whether a hash of what this device is like is sent, so that a backend may offer to resume. */
  @property({ attribute: 'device-hint', type: Boolean }) deviceHint = false;
  /** Connect at load instead of at first use. */
  @property({ type: Boolean, reflect: true }) eager = false;
  /** Id of the conversation to go on with; made and kept by default. */
  @property({ attribute: 'conversation-id' }) conversationId?: string;
  /** Id of the guest; made and kept by default. */
  @property({ attribute: 'guest-id' }) guestId?: string;
  /** Where things are kept between visits. */
  @property() persistence: Persistence = 'local';
  /** How long a conversation is resumed, in hours. */
  @property({ attribute: 'resume-hours', type: Number }) resumeHours = 24;
  /** Seconds hidden before the line is paused; 0 for never. */
  @property({ attribute: 'idle-pause', type: Number }) idlePause = 300;
  /** Whether the panel is open. */
  @property({ type: Boolean, reflect: true }) open = false;
  /** `floating` in a corner of the window, or `inline` where the element stands: always open, filling its box. */
  @property({ reflect: true }) mode: Mode = 'floating';
  /** The corner: at the `end` or the `start` of the line. */
  @property() position: Position = 'end';
  /** `light`, `dark`, or `auto` as the guest's system has it. */
  @property() theme: Theme = 'auto';
  /**
   * `top` puts the floating parts into the top layer, above all `z-index` and out of reach of what the page does to the
   * elements around; a modal dialog that the page opens still disables them. By default, and where the browser has no
   * popovers, `page`.
   */
  @property() layer?: Layer;
  /**
   * Language of texts, numbers and times, as a BCP 47 tag; by default that of the page. Where there are no texts for it, they
   * are English.
   */
  @property() locale?: string;
  /** Name of the team, in the header. */
  @property() heading?: string;
  /** Words under it while the assistant answers. */
  @property() subheading?: string;
  /** Words beside the launcher's icon; the usual ones when empty. */
  @property({ attribute: 'launcher-label' }) launcherLabel?: string;
  /** Words in the empty message box. */
  @property() placeholder?: string;
  /** Address of the picture in the header. */
  @property() avatar?: string;
  /** Text of a first bubble, shown here only and never sent. */
  @property() welcome?: string;

  /** Questions to start with. */
  @property({ attribute: false }) suggestions: readonly (string | Suggestion)[] = [];
  /** Texts that replace the usual ones in any language, such as `{'net.now': 'Once more'}`; what is wrong with them is told in the console. */
  @property({ attribute: false }) strings: Partial<ChatStrings> = {};
  /** Gives a token for the backend; asked anew for each connection. */
  @property({ attribute: false }) getToken?: () => string | Promise<string>;
  /** Further options of the named backend; the attribute holds them as JSON. */
  @property({ attribute: 'backend-options', type: Object }) backendOptions?: Readonly<
    Record<string, unknown>
  > | null;
  /** The function that makes requests; the browser's own by default. */
  @property({ attribute: false }) fetch?: typeof fetch;
  /** The WebSocket class to use; the browser's own by default. */
  @property({ attribute: false }) WebSocket?: typeof WebSocket;

  readonly #chat = new ClientController(this, () => {
    this.#readOptions();
    return { options: this.#options, speech: this.#speech, shown: this.#shown };
  });
  readonly #state = new StoreController(
    this,
    () => this.#chat.client,
    (chat) => ({ unread: unreadCount(chat) }),
  );
  readonly #focus = new FocusController(this);
  readonly #speech = new LanguageController(this);
  readonly #faults = new Set<string>();
  #options = DEFAULT_OPTIONS;
  /** Whether the page was last told that the panel is open. */
  #told = false;
  /** Comes with the panel, which an inline widget needs at once. */
  #view: InViewController | undefined;
  /** The panel on its way; undefined while nobody has needed it. */
  #panel: Promise<void> | undefined;
  /** Whether the panel has come. It is not rendered before: its elements may be alive by another widget, and undressed here. */
  #here = false;

  /**
   * The headless client. Undefined until the chat is used: an open panel, a call, `eager` or a conversation of an earlier
   * visit makes it, and `updateComplete` waits for one on its way. A page may set its own before.
   */
  @property({ attribute: false })
  get client(): ClientHandle | undefined {
    return this.#chat.client;
  }
  set client(client: ClientHandle | undefined) {
    this.#chat.give(client);
  }

  /** The conversation: what the server has, then what waits to be sent, then what is being written. */
  get messages(): readonly ChatMessage[] {
    return this.#snapshot.messages;
  }

  /** Where the line to the backend stands; also in the attribute `data-status`. */
  get status(): ConnectionStatus {
    return this.#snapshot.connection.status;
  }

  /** Who answers at the moment. */
  get answering(): Answering {
    return this.#snapshot.answering;
  }

  /** Number of unread messages. */
  get unread(): number {
    return unreadCount(this.#snapshot);
  }

  /** Opens the panel. Focus goes in only if the guest has just done something. */
  show(): void {
    if (this.#focus.asked) {
      if (this.open) this.#focus.settle();
      else this.#focus.opening();
    }
    this.open = true;
  }

  /** Closes the panel. */
  hide(): void {
    this.open = false;
  }

  /** Opens or closes the panel. */
  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /**
   * Sends a message.
   * @returns the message once it is acknowledged; pending while it waits
   * @throws {SendError} when it is refused, cancelled or too long
   */
  async send(text: string): Promise<ChatMessage> {
    return (
      this.#say(text) ??
      Promise.reject(new SendError('cancelled', 'a listener of chat-before-send cancelled it'))
    );
  }

  /** Asks for a person. */
  escalate(reason?: string): void {
    this.#chat.use((client) => client.escalate(reason));
  }

  /** Tells who the guest is. */
  identify(guest: GuestProfile): void {
    this.#chat.use((client) => client.identify(guest));
  }

  /** Ends the conversation. */
  end(): void {
    this.#chat.use((client) => client.end());
  }

  /** Forgets everything stored for this guest; a new conversation starts at the next use. */
  async reset(): Promise<void> {
    await (await this.#chat.need())?.reset();
  }

  /** Connects now; also after a failure. */
  connect(): void {
    this.#chat.use((client) => client.connect());
  }

  /** Closes the line; the next use opens it again. */
  disconnect(): void {
    this.client?.disconnect();
  }

  /** Moves focus to the message box, if the panel is open. */
  focusComposer(): void {
    if (this.#shown) void this.#focus.enter(true);
  }

  /**
   * The conversation as `text`, `json` (`{conversationId, exportedAt, messages}`) or `html`; empty while the chat has not
   * been used.
   */
  transcript(format: TranscriptFormat = 'text'): string {
    return this.client?.transcript(format) ?? '';
  }

  /**
   * Says how the line is, what was tried and answered, and what may be wrong; takes at most some five seconds.
   * @returns data for `JSON.stringify`; `String()` makes a report of it
   * @throws when its own code cannot be fetched
   */
  async diagnose(): Promise<Diagnosis> {
    return (await this.#chat.need())?.diagnose() ?? (await import('./parts/client.js')).undiagnosed();
  }

  override connectedCallback(): void {
    registerUnit();
    super.connectedCallback();
    addEventListener('focusin', this.#aside, { once: true });
    // What is moved drops out of the top layer.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('focusin', this.#aside);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (OPTION_NAMES.some((name) => changed.has(name)) || !this.hasUpdated) this.#readOptions();
    this.#speech.renew();
    this.#chat.renew(changed);
    const { client } = this;
    if (client && client.state.open !== this.#shown) client.setOpen(this.#shown);
    if (this.open || this.#options.mode === 'inline') this.#load();
  }

  /** Also waits for what is inside. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    await this.#chat.settled();
    await this.#panel;
    // The collection is live: what an element has just rendered follows behind it.
    const inner = (this.renderRoot as ShadowRoot).firstElementChild?.getElementsByTagName('*') ?? [];
    for (const element of inner) await (element as Partial<LitElement>).updateComplete;
    return done;
  }

  protected override firstUpdated(): void {
    for (const [type, act] of Object.entries(this.#acts)) {
      this.renderRoot.addEventListener(type, (event) => {
        const { detail } = event as Event & { detail: unknown[] };
        if ((act as (...detail: unknown[]) => boolean | void)(...detail) === false) event.preventDefault();
      });
    }
    this.dispatchEvent(new ChatReadyEvent());
  }

  protected override updated(changed: PropertyValues<this>): void {
    const frame = this.renderRoot.firstElementChild as HTMLElement;
    if (frame.popover && this.isConnected) frame.togglePopover(true);
    // Opened and closed within one update is no news.
    if (!changed.has('open') || this.open === this.#told) return;
    this.#told = this.open;
    this.dispatchEvent(this.open ? new ChatShowEvent() : new ChatHideEvent());
    if (this.open) this.#focus.opened();
    else this.#focus.closed();
  }

  protected override render(): TemplateResult {
    const { mode, position, theme, layer, launcherLabel } = this.#options;
    const { language } = this.#speech;
    return html`<div class="frame ${mode} ${position} ${theme}" lang=${language.tongue} popover=${mode === 'floating' && layer === 'top' ? 'manual' : nothing} @keydown=${this.#pressed} @pointerdown=${this.#touched}>
      ${
        mode === 'floating'
          ? html`<cw-launcher
            .open=${this.open}
            .unread=${this.#state.value?.unread ?? 0}
            .label=${launcherLabel}
            .language=${language}
            @pointerenter=${this.#load}
            @focusin=${this.#load}
          ></cw-launcher>`
          : nothing
      }
      ${
        this.#here
          ? html`<cw-panel
            .client=${this.client}
            .reachable=${this.#chat.reachable}
            .returning=${this.#chat.returning}
            .language=${language}
            .options=${this.#options}
            .open=${this.open}
          ></cw-panel>`
          : nothing
      }
    </div>`;
  }

  /** What the wishes of the guest lead to; `false` declines. */
  readonly #acts: { readonly [T in keyof Intents]?: (...detail: Intents[T]) => boolean | void } = {
    'cw-toggle': () => {
      if (!this.open) this.#focus.opening();
      this.toggle();
    },
    'cw-close': () => this.hide(),
    'cw-send': ({ text, action }) => {
      const { maxTextLength } = this.#snapshot.limits;
      if (text.length > maxTextLength) {
        // It stays in the message box, where the guest can shorten it.
        this.#tell('send', new SendError('too-long', `a message has at most ${maxTextLength} characters`));
        return false;
      }
      const sent = this.#say(text, action);
      sent?.catch((error: Error) => {
        // A refused message says so itself, under its bubble; one that never got there cannot.
        if (error instanceof SendError && error.code === 'too-long') this.#tell('send', error);
      });
      this.#focus.settle(true);
      return sent !== undefined;
    },
    'cw-escalate': () => {
      this.escalate();
      this.#focus.settle();
    },
    'cw-leave': () => {
      this.client?.leaveQueue();
      this.#focus.settle();
    },
    'cw-connect': () => this.connect(),
    'cw-write': () => this.focusComposer(),
  };

  /** Somebody may be using the page by keyboard. */
  readonly #aside = (): void => {
    void import('./parts/aside.js').then(({ aside }) => aside(this)).catch(() => {});
  };

  /** Whether the panel is before the guest's eyes. */
  get #shown(): boolean {
    return this.#options.mode === 'inline' ? !!this.#view?.inView : this.open;
  }

  get #snapshot(): ChatState {
    return this.client?.state ?? INITIAL_STATE;
  }

  /** @returns undefined when the page cancelled it */
  #say(text: string, action?: { messageId: string; value: string }): Promise<ChatMessage> | undefined {
    const event = new ChatBeforeSendEvent(text);
    if (!this.dispatchEvent(event)) return undefined;
    const send = (client: ClientHandle | undefined): Promise<ChatMessage> =>
      client
        ? client.send(event.text, action && { action })
        : Promise.reject(new SendError('url-missing', 'there is no backend to send to'));
    const { client } = this;
    return client ? send(client) : this.#chat.need().then(send);
  }

  /** A line that is paused, because the chat is used elsewhere, is taken back by using it here. */
  #touched(): void {
    if (this.status === 'paused') this.connect();
  }

  #pressed(event: KeyboardEvent): void {
    // The code 229 marks keys that belong to an input method.
    if (event.key !== 'Escape' || event.keyCode === 229 || !this.open || this.#options.mode === 'inline')
      return;
    event.stopPropagation();
    this.hide();
  }

  /** Fetches what the panel is made of: when it is opened, or is about to be. */
  #load(): void {
    this.#speech.need('thread');
    this.#panel ??= this.#fetch().catch((error: Error) => {
      // The next opening tries again.
      this.#panel = undefined;
      this.#tell('load', error);
    });
  }

  async #fetch(): Promise<void> {
    const root = this.renderRoot as ShadowRoot;
    const { InViewController } = await load('panel', root);
    this.#view ??= new InViewController(this);
    this.#here = true;
    this.requestUpdate();
    await load('thread', root);
  }

  #readOptions(): void {
    this.#options = readOptions(this, (fault) => {
      if (this.#faults.has(fault)) return;
      this.#faults.add(fault);
      this.#tell('option-invalid', new TypeError(`<chat-widget>: ${fault}`));
    });
  }

  #tell(code: string, error: Error): void {
    this.dispatchEvent(new ChatErrorEvent(code, error));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}
