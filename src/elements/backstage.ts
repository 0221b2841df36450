/**
 * Everything of a widget beyond its launcher: fetched when somebody comes near, and made once per element. It is longer
 * than other files because here, and only here, the page, the guest and the client meet.
 */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Diagnosis } from '../conversation/diagnosis.js';
import { unreadCount } from '../conversation/select.js';
import { SendError } from '../conversation/send-error.js';
import { INITIAL_STATE, type ChatMessage, type ChatState } from '../conversation/state.js';
import type { Language } from '../i18n/language.js';
import type { Intents } from './base/intents.js';
import type { ChatWidget } from './chat-widget.js';
import type { ClientHandle } from './client-handle.js';
import type { CwTranscript } from './cw-transcript.js';
import { ClientController } from './controllers/client-controller.js';
import { FocusController } from './controllers/focus-controller.js';
import type { InViewController } from './controllers/in-view-controller.js';
import { LanguageController } from './controllers/language-controller.js';
import { StoreController } from './controllers/store-controller.js';
import { ChatBeforeSendEvent } from './client-events.js';
import { ChatErrorEvent } from './events.js';
import { load, wear } from './load.js';
import { DEFAULT_OPTIONS, OPTION_NAMES, readOptions } from './options.js';
import { badge } from './styles/badge.js';
import { until } from './until.js';

/** Nothing will come of waiting then. */
const STUCK = /^(?:failed|offline)$/;
/** A conversation that has not come by then is not waited for, in milliseconds. */
const LOAD_MS = 10_000;

/**
 * Wires what the page sets to the client, what the guest wants to the client, and what both say to the page.
 * Its host tells it of each update.
 */
export class Backstage {
  /** The client, and all that decides when there is one. */
  readonly chat: ClientController;
  readonly #host: ChatWidget;
  readonly #focus: FocusController;
  readonly #speech: LanguageController;
  readonly #faults = new Set<string>();
  #options = DEFAULT_OPTIONS;
  /** Whether the host has been looked at. */
  #begun = false;
  /** Whether the panel was open when the host was last drawn. */
  #open = false;
  /** Comes with the panel, which an inline widget needs at once. */
  #view: InViewController | undefined;
  /** The panel on its way; undefined while nobody has needed it. */
  #panel: Promise<void> | undefined;
  /** Whether the panel has come. It is not rendered before: its elements may be alive by another widget, and undressed here. */
  #here = false;

  /**
   * @param given a client of the page
   * @param opener what had the focus when the guest opened the panel; undefined when it was not the guest, or is not open
   */
  constructor(host: ChatWidget, given: ClientHandle | undefined, opener: HTMLElement | null | undefined) {
    this.#host = host;
    this.#speech = new LanguageController(host);
    this.chat = new ClientController(host, () => {
      this.#readOptions();
      return { options: this.#options, speech: this.#speech, shown: this.#shown };
    });
    if (given) this.chat.give(given);
    // Has the launcher drawn again when it has another number to show; beside an open panel it shows none.
    void new StoreController(
      host,
      () => this.chat.client,
      (chat) => ({ unread: chat.open ? 0 : unreadCount(chat) }),
    );
    this.#focus = new FocusController(host);
    if (opener !== undefined && host.open) this.#focus.opening(opener);
  }

  /** What the widget speaks now. */
  get language(): Language {
    return this.#speech.language;
  }

  /** Number of unread messages. */
  get unread(): number {
    return unreadCount(this.#snapshot);
  }

  /**
   * The guest wants to go in.
   * @param opener what has the focus now, and gets it back later
   */
  enter(opener: HTMLElement | null): void {
    if (this.#host.open) this.#focus.settle();
    else this.#focus.opening(opener);
  }

  /**
   * Sends what the page says.
   * @throws {SendError} when it is refused, cancelled or too long
   */
  async send(text: string): Promise<ChatMessage> {
    return (
      this.#say(text) ??
      Promise.reject(new SendError('cancelled', 'a listener of chat-before-send cancelled it'))
    );
  }

  /** Moves focus to the message box, if the panel is open. */
  focusComposer(): void {
    if (this.#shown) void this.#focus.enter(true);
  }

  /** Opens the panel and goes to a message. */
  async scrollToMessage(id: string): Promise<boolean> {
    this.#host.open = true;
    const client = await this.chat.need();
    if (!client) return false;
    // An earlier conversation is on its way.
    await until(client, ({ loaded, connection }) => loaded || STUCK.test(connection.status), LOAD_MS);
    await this.#host.updateComplete;
    const transcript = this.#host.renderRoot.querySelector<CwTranscript>('cw-transcript');
    return (await transcript?.reveal(id)) ?? false;
  }

  /** Forgets everything stored for this guest. */
  async reset(): Promise<void> {
    await (await this.chat.need())?.reset();
  }

  /** @throws when its own code cannot be fetched */
  async diagnose(): Promise<Diagnosis> {
    return (await this.chat.need())?.diagnose() ?? (await import('./parts/client.js')).undiagnosed();
  }

  /** Resolves when what is on its way has come. */
  async settled(): Promise<void> {
    await this.chat.settled();
    await this.#panel;
  }

  /** The host is about to be drawn. */
  willUpdate(changed: PropertyValues<ChatWidget>): void {
    const host = this.#host;
    if (!this.#begun || OPTION_NAMES.some((name) => changed.has(name))) this.#readOptions();
    if (!this.#begun) this.#hear(host.renderRoot as ShadowRoot);
    this.#speech.renew();
    this.chat.renew(changed);
    const { client } = this.chat;
    if (client && client.state.open !== this.#shown) client.setOpen(this.#shown);
    if (host.open || this.#options.mode === 'inline') this.load();
    this.#begun = true;
  }

  /** The host has been drawn. */
  updated(): void {
    const { open } = this.#host;
    if (open === this.#open) return;
    this.#open = open;
    if (open) this.#focus.opened();
    else this.#focus.closed();
  }

  /** What stands beside the launcher. */
  render(): TemplateResult | typeof nothing {
    if (!this.#here) return nothing;
    return html`<cw-panel
      .client=${this.chat.client}
      .reachable=${this.chat.reachable}
      .returning=${this.chat.returning}
      .language=${this.language}
      .options=${this.#options}
      .open=${this.#host.open}
    ></cw-panel>`;
  }

  /** A line that is paused, because the chat is used elsewhere, is taken back by using it here. */
  readonly #touched = (): void => {
    if (this.#host.status === 'paused') this.#host.connect();
  };

  /** A key was pressed in the widget. */
  readonly #pressed = (event: KeyboardEvent): void => {
    const host = this.#host;
    // The code 229 marks keys that belong to an input method.
    if (event.key !== 'Escape' || event.keyCode === 229 || !host.open || this.#options.mode === 'inline')
      return;
    event.stopPropagation();
    host.hide();
  };

  /** Fetches what the panel is made of: when it is opened, or is about to be. */
  load(): void {
    this.#speech.need('thread');
    this.#panel ??= this.#fetch().catch((error: Error) => {
      // The next opening tries again.
      this.#panel = undefined;
      this.#tell('load', error);
    });
  }

  async #fetch(): Promise<void> {
    const root = this.#host.renderRoot as ShadowRoot;
    const { InViewController } = await load('panel', root);
    this.#view ??= new InViewController(this.#host);
    this.#here = true;
    this.#host.requestUpdate();
    await load('thread', root);
  }

  /** What the wishes of the guest lead to; `false` declines. */
  readonly #acts: { readonly [T in keyof Intents]?: (...detail: Intents[T]) => boolean | void } = {
    'cw-close': () => this.#host.hide(),
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
      this.#host.escalate();
      this.#focus.settle();
    },
    'cw-leave': () => {
      this.chat.client?.leaveQueue();
      this.#focus.settle();
    },
    'cw-connect': () => this.#host.connect(),
    'cw-write': () => this.focusComposer(),
  };

  #hear(root: ShadowRoot): void {
    wear({ elements: {}, styles: [badge], texts: {} }, root);
    root.addEventListener('pointerdown', this.#touched);
    root.addEventListener('keydown', (event) => this.#pressed(event as KeyboardEvent));
    for (const [type, act] of Object.entries(this.#acts)) {
      root.addEventListener(type, (event) => {
        const { detail } = event as Event & { detail: unknown[] };
        if ((act as (...detail: unknown[]) => boolean | void)(...detail) === false) event.preventDefault();
      });
    }
  }

  /** Whether the panel is before the guest's eyes. */
  get #shown(): boolean {
    return this.#options.mode === 'inline' ? !!this.#view?.inView : this.#host.open;
  }

  get #snapshot(): ChatState {
    return this.chat.client?.state ?? INITIAL_STATE;
  }

  /** @returns undefined when the page cancelled it */
  #say(text: string, action?: { messageId: string; value: string }): Promise<ChatMessage> | undefined {
    const event = new ChatBeforeSendEvent(text);
    if (!this.#host.dispatchEvent(event)) return undefined;
    const send = (client: ClientHandle | undefined): Promise<ChatMessage> =>
      client
        ? client.send(event.text, action && { action })
        : Promise.reject(new SendError('url-missing', 'there is no backend to send to'));
    const { client } = this.chat;
    return client ? send(client) : this.chat.need().then(send);
  }

  #readOptions(): void {
    this.#options = readOptions(this.#host, (fault) => {
      if (this.#faults.has(fault)) return;
      this.#faults.add(fault);
      this.#tell('option-invalid', new TypeError(`<chat-widget>: ${fault}`));
    });
  }

  #tell(code: string, error: Error): void {
    this.#host.dispatchEvent(new ChatErrorEvent(code, error));
  }
}
