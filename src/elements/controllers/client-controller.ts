/**
 * Between a widget and its client. It is longer than other files because all that decides when a client is made, handed
 * in, told of and ended has to be seen at once.
 */
import type { LitElement, ReactiveController } from 'lit';
import { BackendError, type Backend } from '../../backends/backend.js';
import type { ChatNotifications } from '../../conversation/notifications.js';
import { isNoted } from '../../platform/noted.js';
import { storageName } from '../../platform/storage-name.js';
import type { ClientHandle } from '../client-handle.js';
import { ChatStatusEvent } from '../client-events.js';
import { ChatErrorEvent } from '../events.js';
import { EVENTS } from '../told-events.js';
import type { Options } from '../options.js';
import type { LanguageController } from './language-controller.js';

/** Properties of the widget that make another conversation when they change. */
const RENEWING = [
  ...(['url', 'backend', 'preset', 'transport', 'configUrl', 'backendOptions'] as const),
  ...(['conversationId', 'guestId', 'persistence'] as const),
];

/** What the page has set on the widget and a client is made from. */
export interface ClientSource extends LitElement {
  readonly url?: string;
  readonly backend: string | Backend;
  readonly preset?: string;
  readonly transport?: string;
  readonly configUrl?: string;
  readonly deviceHint: boolean;
  readonly backendOptions?: Readonly<Record<string, unknown>> | null;
  readonly fetch?: typeof fetch;
  readonly WebSocket?: typeof WebSocket;
  readonly conversationId?: string;
  readonly guestId?: string;
  readonly eager: boolean;
  readonly getToken?: () => string | Promise<string>;
}

/** What the widget has worked out of its properties. */
export interface ClientSetting {
  readonly options: Options;
  /** Speaks to the reader. */
  readonly speech: LanguageController;
  /** Whether the panel can be seen. */
  readonly shown: boolean;
}

/**
 * Makes the client from what the page has set, tells the page what it says, and ends it with the element. Its code is
 * fetched when it is needed: by an open panel, a call, the attribute `eager`, or a conversation of an earlier visit.
 */
export class ClientController implements ReactiveController {
  /** The client in use; undefined while nobody has needed it, or while it is on its way. */
  client: ClientHandle | undefined;
  readonly #host: ClientSource;
  readonly #setting: () => ClientSetting;
  /** Set when the client is the page's own, which ends it itself. */
  #given: ClientHandle | undefined;
  #coming: Promise<ClientHandle | undefined> | undefined;
  #ends: (() => void)[] = [];
  #warned = false;
  /** Whether the host has been looked at. */
  #looked = false;

  constructor(host: ClientSource, setting: () => ClientSetting) {
    this.#host = host;
    this.#setting = setting;
    host.addController(this);
  }

  /** Whether the page has said where the chat is. */
  get reachable(): boolean {
    const { url, preset, configUrl } = this.#host;
    return this.#given !== undefined || !!(url || preset || configUrl) || this.#backend !== 'native';
  }

  /** Whether an earlier visit has left a conversation that nobody has taken up yet. */
  get returning(): boolean {
    return !this.client && isNoted(this.#setting().options.persistence, storageName(this.#namespace));
  }

  /** A move in the page takes the element out and puts it back at once; only what stays out is ended. */
  hostDisconnected(): void {
    queueMicrotask(() => {
      if (!this.#host.isConnected) this.drop();
    });
  }

  /** Uses a client of the page instead of an own one. */
  give(client: ClientHandle | undefined): void {
    this.drop();
    this.#given = client;
    // Lit compares what the property gives back, which changes only when the client is taken.
    this.#host.requestUpdate();
  }

  /** Begins anew when the page has changed something a client is made from. */
  renew(changed: ReadonlyMap<PropertyKey, unknown>): void {
    const host = this.#host;
    const first = !this.#looked;
    this.#looked = true;
    if (!first && !this.#given && RENEWING.some((name) => changed.has(name))) this.drop();
    if (!host.isConnected || this.client) return;
    if (this.#given) this.#take(this.#given);
    else if (!this.reachable) {
      if (first || changed.has('open')) this.#complain();
    } else if (this.#setting().shown || host.eager || this.returning) void this.need();
  }

  /** Does something with the client, at once when it is here. */
  use(act: (client: ClientHandle) => unknown): void {
    if (this.client) act(this.client);
    else void this.need().then((client) => client && act(client));
  }

  /**
   * The client, fetched and made when there is none yet.
   * @returns undefined when the page has not said where the backend is, or the code could not be fetched
   */
  async need(): Promise<ClientHandle | undefined> {
    if (!this.client && this.#given) this.#take(this.#given);
    if (this.client) return this.client;
    if (!this.reachable) return this.#complain();
    return (this.#coming ??= this.#fetch());
  }

  /** Resolves when a client that is on its way has come. */
  async settled(): Promise<void> {
    await this.#coming;
  }

  /** Lets go of the client; ends it if it was made here. */
  drop(): void {
    const { client } = this;
    for (const end of this.#ends) end();
    this.#ends = [];
    this.client = this.#coming = undefined;
    this.#host.dataset.status = 'idle';
    if (client && client !== this.#given) client.destroy();
  }

  async #fetch(): Promise<ClientHandle | undefined> {
    // It becomes the promise in `#coming` before it is compared with it.
    await undefined;
    const coming = this.#coming;
    try {
      const { clientFor } = await import('../parts/client.js');
      // The page has changed its mind, or the element is gone.
      if (coming !== this.#coming) return this.#host.isConnected ? this.need() : undefined;
      const client = clientFor(this.#host, this.#backend, this.#namespace, this.#setting);
      this.#take(client);
      void client.start();
      return client;
    } catch (error) {
      // The next use tries again.
      this.#coming = undefined;
      return this.#failed(error as Error);
    }
  }

  #take(client: ClientHandle): void {
    this.client = client;
    const ends = this.#ends;
    import('../parts/announcer.js')
      .then(({ narrate }) => ends === this.#ends && ends.push(narrate(client, this.#setting().speech)))
      .catch(this.#failed);
    for (const type of Object.keys(EVENTS) as (keyof ChatNotifications)[]) this.#relay(client, type);
    this.#host.dataset.status = client.state.connection.status;
    if (this.#setting().shown) client.setOpen(true);
    this.#host.requestUpdate();
  }

  /** Says once in the console, and with each try as an event, that nobody knows where the chat is. */
  #complain(): undefined {
    const error = new BackendError('url-missing', '<chat-widget> needs the attribute "url"');
    if (!this.#warned) console.warn(error.message);
    this.#warned = true;
    this.#host.dispatchEvent(new ChatErrorEvent(error.code, error));
  }

  readonly #failed = (error: Error): undefined => {
    this.#host.dispatchEvent(new ChatErrorEvent('load', error));
  };

  #relay<K extends keyof ChatNotifications>(client: ClientHandle, type: K): void {
    const tell = (detail: ChatNotifications[K]): void => {
      const event = EVENTS[type](detail);
      if (event instanceof ChatStatusEvent) this.#host.dataset.status = event.status;
      this.#host.dispatchEvent(event);
    };
    this.#ends.push(client.on(type, tell));
  }

  /** The backend of the page; an attribute that was taken away, or an undefined property, leaves the usual one. */
  get #backend(): string | Backend {
    return this.#host.backend || 'native';
  }

  /** Names what is stored: the address, as the page has it. */
  get #namespace(): string {
    const { url, configUrl, preset } = this.#host;
    const backend = this.#backend;
    if (url || configUrl) return absolute(url || configUrl!);
    if (preset && backend === 'native') return preset;
    return typeof backend === 'string' ? backend : backend.name;
  }
}

/** An address that cannot be resolved stays as it is; making the backend will say so. */
function absolute(url: string): string {
  try {
    return new URL(url, document.baseURI).href;
  } catch {
    return url;
  }
}
