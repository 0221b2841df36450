import type { ReactiveController } from 'lit';
import type { Backend } from '../../backends/backend.js';
import { BackendError } from '../../backends/backend.js';
import { loadBackend, type LoadOptions } from '../../backends/load.js';
import { ChatClient } from '../../conversation/chat-client.js';
import type { ChatNotifications } from '../../conversation/notifications.js';
import type { ChatWidget } from '../chat-widget.js';
import type { ClientHandle } from '../client-handle.js';
import {
  ChatAnsweringEvent,
  ChatDeliveryEvent,
  ChatErrorEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
} from '../events.js';
import type { Options } from '../options.js';

/** Properties of the widget that make another conversation when they change. */
const RENEWING = ['url', 'backend', 'backendOptions', 'conversationId', 'guestId', 'persistence'] as const;

/** What the client tells, as events of the element. */
const EVENTS: { readonly [K in keyof ChatNotifications]: (detail: ChatNotifications[K]) => Event } = {
  message: ({ message, direction }) => new ChatMessageEvent(message, direction),
  delivery: ({ clientId, state }) => new ChatDeliveryEvent(clientId, state),
  status: ({ status, attempt, retryAt, reason }) => new ChatStatusEvent(status, attempt, retryAt, reason),
  answering: ({ mode, author, position }) => new ChatAnsweringEvent(mode, author, position),
  unread: ({ count }) => new ChatUnreadEvent(count),
  error: ({ code, error }) => new ChatErrorEvent(code, error),
};

/** What the widget has worked out of its properties. */
export interface ClientSetting {
  readonly options: Options;
  readonly locale: string;
  /** Whether the panel can be seen. */
  readonly shown: boolean;
}

/** Makes the client from what the page has set, tells the page what it says, and ends it with the element. */
export class ClientController implements ReactiveController {
  /** The client in use. */
  client: ClientHandle | undefined;
  readonly #host: ChatWidget;
  readonly #setting: () => ClientSetting;
  /** Set when the client is the page's own, which ends it itself. */
  #given: ClientHandle | undefined;
  #ends: (() => void)[] = [];
  #warned = false;

  constructor(host: ChatWidget, setting: () => ClientSetting) {
    this.#host = host;
    this.#setting = setting;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.dataset.status ??= 'idle';
    if (this.#host.hasUpdated) this.#host.requestUpdate();
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
  }

  /** Begins anew when the page has changed something a client is made from. */
  renew(changed: ReadonlyMap<PropertyKey, unknown>): void {
    if (RENEWING.some((name) => changed.has(name)) && !this.#given) this.drop();
    if (this.#host.isConnected) this.need();
  }

  /**
   * The client, made when there is none yet.
   * @returns undefined when the page has not said where the backend is; that is told, and warned of once
   */
  need(): ClientHandle | undefined {
    if (this.client) return this.client;
    const host = this.#host;
    if (!this.#given && !host.url && host.backend === 'native') {
      const error = new BackendError('url-missing', '<chat-widget> needs the attribute "url"');
      if (!this.#warned) console.warn(error.message);
      this.#warned = true;
      host.dispatchEvent(new ChatErrorEvent(error.code, error));
      return undefined;
    }
    const client = (this.client = this.#given ?? this.#make());
    for (const type of Object.keys(EVENTS) as (keyof ChatNotifications)[]) this.#relay(client, type);
    host.dataset.status = client.state.connection.status;
    if (this.#setting().shown) client.setOpen(true);
    if (!this.#given) void client.start();
    return client;
  }

  /** Lets go of the client; ends it if it was made here. */
  drop(): void {
    const { client } = this;
    for (const end of this.#ends.splice(0)) end();
    this.client = undefined;
    this.#host.dataset.status = 'idle';
    if (client && client !== this.#given) client.destroy();
  }

  #relay<K extends keyof ChatNotifications>(client: ClientHandle, type: K): void {
    const tell = (detail: ChatNotifications[K]): void => {
      const event = EVENTS[type](detail);
      if (event instanceof ChatStatusEvent) this.#host.dataset.status = event.status;
      this.#host.dispatchEvent(event);
    };
    this.#ends.push(client.on(type, tell));
  }

  #make(): ChatClient {
    const host = this.#host;
    const { url, backend, conversationId, guestId, eager } = host;
    const { options, locale } = this.#setting();
    const { persistence, resumeHours, idlePause } = options;
    const named = typeof backend === 'string';
    return new ChatClient({
      backend: named ? () => load(host, backend) : backend,
      namespace: url ? absolute(url) : named ? backend : backend.name,
      persistence,
      resumeHours,
      idlePause,
      eager,
      conversationId,
      guestId,
      locale,
      page: () => ({ url: location.href, title: document.title, referrer: document.referrer }),
      // Read late: a page may set it after the element has appeared.
      get getToken() {
        return host.getToken;
      },
    });
  }
}

/** An address that cannot be resolved stays as it is; making the backend will say so. */
const absolute = (url: string): string =>
  URL.canParse(url, document.baseURI) ? new URL(url, document.baseURI).href : url;

function load({ url, backendOptions, WebSocket }: ChatWidget, name: string): Promise<Backend> {
  return loadBackend(name, { ...backendOptions, url, ...(WebSocket && { WebSocket }) } as LoadOptions);
}
