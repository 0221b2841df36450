/**
 * The element a page loads. Of itself it draws the launcher; all else is done by its backstage, which is fetched when
 * somebody comes near. It is longer than other files because every public member is documented here.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Backend } from '../backends/backend.js';
import type { ConnectionStatus } from '../connection/status.js';
import type { Diagnosis } from '../conversation/diagnosis.js';
import type { ChatMessage } from '../conversation/state.js';
import type { TranscriptFormat } from '../conversation/transcript.js';
import type { ChatStrings } from '../i18n/strings.js';
import type { Persistence } from '../platform/note.js';
import { hasStored } from '../platform/storage-name.js';
import type { GuestProfile } from '../protocol/client-command.js';
import type { Answering } from '../protocol/server-event.js';
import type { Backstage } from './backstage.js';
import { chosen, CHOICES, isChoice, type Layer, type Mode, type Position, type Theme } from './choices.js';
import type { ClientHandle } from './client-handle.js';
import { ChatErrorEvent, ChatHideEvent, ChatReadyEvent, ChatShowEvent } from './events.js';
import type { Suggestion } from './options.js';
import { registerUnit, styles } from './styles/index.js';

const NO_MESSAGES: readonly ChatMessage[] = [];

/** What a guest does to open a chat, as events. */
const ACTS = /^(?:click|pointerup|touchend|key(?:down|up))$/;

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

  static override properties = {
    url: {},
    backend: {},
    preset: {},
    transport: {},
    configUrl: { attribute: 'config-url' },
    deviceHint: { attribute: 'device-hint', type: Boolean },
    eager: { type: Boolean, reflect: true },
    conversationId: { attribute: 'conversation-id' },
    guestId: { attribute: 'guest-id' },
    persistence: {},
    resumeHours: { attribute: 'resume-hours', type: Number },
    idlePause: { attribute: 'idle-pause', type: Number },
    open: { type: Boolean, reflect: true },
    mode: { reflect: true },
    position: {},
    theme: {},
    layer: {},
    locale: {},
    heading: {},
    subheading: {},
    launcherLabel: { attribute: 'launcher-label' },
    placeholder: {},
    avatar: {},
    welcome: {},
    suggestions: { attribute: false },
    strings: { attribute: false },
    getToken: { attribute: false },
    backendOptions: { attribute: 'backend-options', type: Object },
    fetch: { attribute: false },
    WebSocket: { attribute: false },
    client: { attribute: false },
  };

  /** Address of the backend: `wss:`, or `https:` where it starts over HTTP; relative ones are resolved against the page. */
  url?: string;
  /** Name of a backend: `native`, `socket-io`, `laravel`, `http`, `websocket`, one that was registered; or one made by the page. */
  backend: string | Backend = 'native';
  /** Name of a contract that is found in the field; says what backend, transport and options are unless they are given. */
  preset?: string;
  /** Wires in the order in which they are tried, such as `pusher, reverb, polling`; by default what the backend has. */
  transport?: string;
  /** Address of a JSON file that says the rest; fetched when the chat is first used. What stands on the element wins. */
  configUrl?: string;
  /** Whether a hash of what this device is like is sent, so that a backend may offer to resume. */
  deviceHint = false;
  /** Connect at load instead of at first use. */
  eager = false;
  /** Id of the conversation to go on with; made and kept by default. */
  conversationId?: string;
  /** Id of the guest; made and kept by default. */
  guestId?: string;
  /** Where things are kept between visits. */
  persistence: Persistence = 'local';
  /** How long a conversation is resumed, in hours. */
  resumeHours = 24;
  /** Seconds hidden before the line is paused; 0 for never. */
  idlePause = 300;
  /** Whether the panel is open. */
  open = false;
  /** `floating` in a corner of the window, or `inline` where the element stands: always open, filling its box. */
  mode: Mode = 'floating';
  /** The corner: at the `end` or the `start` of the line. */
  position: Position = 'end';
  /** `light`, `dark`, or `auto` as the guest's system has it. */
  theme: Theme = 'auto';
  /**
   * `top` puts the floating parts into the top layer, above all `z-index` and out of reach of what the page does to the
   * elements around; a modal dialog that the page opens still disables them. By default, and where the browser has no
   * popovers, `page`.
   */
  layer?: Layer;
  /**
   * Language of texts, numbers and times, as a BCP 47 tag; by default that of the page. Where there are no texts for it, they
   * are English.
   */
  locale?: string;
  /** Name of the team, in the header. */
  heading?: string;
  /** Words under it while the assistant answers. */
  subheading?: string;
  /** Words beside the launcher's icon; the usual ones when empty. */
  launcherLabel?: string;
  /** Words in the empty message box. */
  placeholder?: string;
  /** Address of the picture in the header. */
  avatar?: string;
  /** Text of a first bubble, shown here only and never sent. */
  welcome?: string;

  /** Questions to start with. */
  suggestions: readonly (string | Suggestion)[] = [];
  /** Texts that replace the usual ones in any language, such as `{'net.now': 'Once more'}`; what is wrong with them is told in the console. */
  strings: Partial<ChatStrings> = {};
  /** Gives a token for the backend; asked anew for each connection. */
  getToken?: () => string | Promise<string>;
  /** Further options of the named backend; the attribute holds them as JSON. */
  backendOptions?: Readonly<Record<string, unknown>> | null;
  /** The function that makes requests; the browser's own by default. */
  fetch?: typeof fetch;
  /** The WebSocket class to use; the browser's own by default. */
  WebSocket?: typeof WebSocket;

  /** Everything beyond the launcher; undefined while nobody has needed it. */
  #stage: Backstage | undefined;
  /** The same, on its way. */
  #coming: Promise<Backstage | undefined> | undefined;
  /** A client of the page, for the backstage. */
  #given: ClientHandle | undefined;
  /** What had the focus when the guest wanted to go in; undefined while that is not so. */
  #opener: HTMLElement | null | undefined;
  /** Whether the page was last told that the panel is open. */
  #told = false;
  /** A page may take another language, which is not spoken here. */
  readonly #page = new MutationObserver(() => this.requestUpdate());

  /**
   * The headless client. Undefined until the chat is used: an open panel, a call, `eager` or a conversation of an earlier
   * visit makes it, and `updateComplete` waits for one on its way. A page may set its own before.
   */
  get client(): ClientHandle | undefined {
    return this.#stage?.chat.client;
  }
  set client(client: ClientHandle | undefined) {
    this.#given = client;
    this.#stage?.chat.give(client);
    // Lit compares what the property gives back, which changes only when the client is taken.
    this.requestUpdate();
  }

  /** The conversation: what the server has, then what waits to be sent, then what is being written. */
  get messages(): readonly ChatMessage[] {
    return this.client?.state.messages ?? NO_MESSAGES;
  }

  /** Where the line to the backend stands; also in the attribute `data-status`. */
  get status(): ConnectionStatus {
    return this.client?.state.connection.status ?? 'idle';
  }

  /** Who answers at the moment. */
  get answering(): Answering {
    return this.client?.state.answering ?? 'ai';
  }

  /** Number of unread messages. */
  get unread(): number {
    return this.#stage?.unread ?? 0;
  }

  /** Opens the panel. Focus goes in only if the guest has just done something. */
  show(): void {
    const { event } = globalThis;
    // A page's timer is no act of the guest.
    if (event?.isTrusted && ACTS.test(event.type)) this.#enter();
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
   * @throws when the code that sends cannot be fetched
   */
  async send(text: string): Promise<ChatMessage> {
    return (this.#stage ?? (await this.#fetched())).send(text);
  }

  /** Asks for a person. */
  escalate(reason?: string): void {
    this.#ask('escalate', reason);
  }

  /** Tells who the guest is. */
  identify(guest: GuestProfile): void {
    this.#ask('identify', guest);
  }

  /** Ends the conversation. */
  end(): void {
    this.#ask('end');
  }

  /** Forgets everything stored for this guest; a new conversation starts at the next use. */
  async reset(): Promise<void> {
    await (await this.#need())?.reset();
  }

  /** Connects now; also after a failure. */
  connect(): void {
    this.#ask('connect');
  }

  /** Closes the line; the next use opens it again. */
  disconnect(): void {
    this.client?.disconnect();
  }

  /** Moves focus to the message box, if the panel is open. */
  focusComposer(): void {
    this.#use((stage) => stage.focusComposer());
  }

  /**
   * Opens the panel and goes to a message, with what was said around it; older messages are asked for as long as it is not
   * among those that are here. The message gets the focus.
   * @param id of the server, or the `clientId`
   * @returns whether there is such a message
   * @throws when the code for it cannot be fetched
   */
  async scrollToMessage(id: string): Promise<boolean> {
    return (await this.#fetched()).scrollToMessage(id);
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
    return (await this.#fetched()).diagnose();
  }

  override connectedCallback(): void {
    registerUnit();
    super.connectedCallback();
    this.dataset.status ??= 'idle';
    addEventListener('focusin', this.#aside, { once: true });
    this.#page.observe(document.documentElement, { attributeFilter: ['lang'] });
    // What is moved drops out of the top layer.
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('focusin', this.#aside);
    this.#page.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#stage) this.#stage.willUpdate(changed);
    else if (this.open) this.#near();
    else if (this.#wanted) void this.#need();
  }

  /** Also waits for what is inside. */
  protected override async getUpdateComplete(): Promise<boolean> {
    const done = await super.getUpdateComplete();
    const stage = await this.#coming;
    if (stage) {
      await super.getUpdateComplete();
      await stage.settled();
    }
    // The collection is live: what an element has just rendered follows behind it.
    const inner = (this.renderRoot as ShadowRoot).firstElementChild?.getElementsByTagName('*') ?? [];
    for (const element of inner) await (element as Partial<LitElement>).updateComplete;
    return done;
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new ChatReadyEvent());
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { open } = this;
    const frame = this.renderRoot.firstElementChild as HTMLElement;
    if (frame.popover && this.isConnected) frame.togglePopover(true);
    // Opened and closed within one update is no news.
    if (changed.has('open') && open !== this.#told) {
      this.#told = open;
      this.dispatchEvent(open ? new ChatShowEvent() : new ChatHideEvent());
    }
    this.#stage?.updated();
  }

  protected override render(): TemplateResult {
    const stage = this.#stage;
    const mode = chosen(this, 'mode');
    const floating = mode === 'floating';
    return html`<div class="frame ${mode} ${chosen(this, 'position')} ${chosen(this, 'theme')}" lang=${stage?.language.tongue ?? 'en'} popover=${floating && this.layer === 'top' ? 'manual' : nothing}>
      ${
        floating
          ? html`<cw-launcher
            .open=${this.open}
            .unread=${this.unread}
            .label=${this.launcherLabel}
            .language=${stage?.language}
            @click=${this.#pushed}
            @pointerenter=${this.#near}
            @focusin=${this.#near}
          ></cw-launcher>`
          : nothing
      }
      ${stage?.render()}
    </div>`;
  }

  /** Whether there is more to do than to draw a launcher in English. */
  get #wanted(): unknown {
    const { locale } = this;
    return (
      this.eager ||
      this.mode === 'inline' ||
      this.#given ||
      !(this.url || this.preset || this.configUrl) ||
      !(Object.keys(CHOICES) as (keyof typeof CHOICES)[]).every((name) => isChoice(this, name)) ||
      Object.keys(this.strings ?? {}).length > 0 ||
      !/^en\b/i.test(
        locale ||
          this.closest<HTMLElement>('[lang]')?.lang ||
          document.documentElement.lang ||
          navigator.language,
      ) ||
      (locale && this.closest('[dir=rtl]')) ||
      hasStored(this.persistence)
    );
  }

  /** Somebody may be using the page by keyboard. */
  readonly #aside = (): void => {
    void import('./parts/aside.js').then(({ aside }) => aside(this)).catch(() => {});
  };

  #pushed(): void {
    if (!this.open) this.#enter();
    this.open = !this.open;
  }

  /** The guest wants to go in: what has the focus now gets it back later. */
  #enter(): void {
    const root = this.getRootNode() as Document | ShadowRoot;
    const opener = (this.shadowRoot!.activeElement ?? root.activeElement) as HTMLElement | null;
    if (this.#stage) this.#stage.enter(opener);
    else this.#opener = opener;
  }

  /** The panel is about to be opened. */
  #near(): void {
    // Not one after the other.
    void import('./parts/panel.js').catch(() => {});
    this.#use((stage) => stage.load());
  }

  #ask<K extends 'escalate' | 'identify' | 'end' | 'connect'>(
    method: K,
    ...what: Parameters<ClientHandle[K]>
  ): void {
    this.#use(({ chat }) => chat.use((client) => (client[method] as (...what: unknown[]) => void)(...what)));
  }

  /** Does something with the backstage, at once when it is here. */
  #use(act: (stage: Backstage) => void): void {
    if (this.#stage) act(this.#stage);
    else void this.#need().then((stage) => stage && act(stage));
  }

  /** @throws when the backstage could not be fetched */
  async #fetched(): Promise<Backstage> {
    const stage = await this.#need();
    if (!stage) throw new Error('its code could not be fetched');
    return stage;
  }

  /**
   * The backstage, fetched when it is not here yet.
   * @returns undefined when it could not be fetched, or the element is gone
   */
  #need(): Promise<Backstage | undefined> {
    return (this.#coming ??= import('./backstage.js').then(
      ({ Backstage }) => {
        if (this.hasUpdated && !this.isConnected) return (this.#coming = undefined);
        this.requestUpdate();
        return (this.#stage = new Backstage(this, this.#given, this.#opener));
      },
      (error: Error) => {
        // The next use tries again.
        this.#coming = undefined;
        this.dispatchEvent(new ChatErrorEvent('load', error));
        return undefined;
      },
    ));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chat-widget': ChatWidget;
  }
}
