import { BackendError, type Backend, type BackendOptions } from './backend.js';
import { nativeBackend } from './native/index.js';

/**
 * Makes a backend from what the page has set: the attribute `url`, resolved against the page, and the fields of the
 * property `backendOptions`. May load its code first. What it throws is told as `chat-error`; throw a `BackendError` to
 * give it a code.
 */
export type BackendFactory = (options: BackendOptions) => Backend | Promise<Backend>;

/** The backends that can be named. Those beside the native one are loaded on demand, or registered by the page. */
const BACKENDS = new Map<string, BackendFactory>([
  ['native', nativeBackend],
  ['socket-io', async (options) => (await import('./socket-io/index.js')).socketIoBackend(options)],
  ['laravel', async (options) => (await import('./laravel/index.js')).laravelBackend(options)],
  ['websocket', async (options) => (await import('./websocket/index.js')).websocketBackend(options)],
  ['http', async (options) => (await import('./http/index.js')).httpBackend(options)],
  // The one place outside the harness that knows of it: a file of its own, for pages that ask for it.
  ['mock', async (options) => (await import('../testing/mock-backend.js')).mockBackend(options)],
]);

/** Names of the backends that come with the widget; a page cannot give them another meaning. */
const OWN = new Set(BACKENDS.keys());

/** What a backend is named and made by. */
export interface LoadOptions extends Omit<BackendOptions, 'url'> {
  /** Address, absolute or relative to the page. */
  url?: string;
  /** Whatever else the backend of this name takes. */
  [option: string]: unknown;
}

/**
 * Registers a backend under a name, for the attribute `backend`. Register it before the chat is first used; a name that
 * is registered again means the later one from then on, for chats that are not connected yet.
 * @param name any but the widget's own: `native`, `socket-io`, `laravel`, `http`, `websocket`, `mock`
 * @throws {BackendError} `backend-reserved` for one of those, or for an empty name
 */
export function registerBackend(name: string, make: BackendFactory): void {
  if (!name || OWN.has(name)) {
    throw new BackendError('backend-reserved', `"${name}" is no name for a backend of the page's own`);
  }
  BACKENDS.set(name, make);
}

/**
 * Makes the backend of a name.
 * @throws {BackendError} when the name is unknown, or the address is missing or not usable
 */
export async function loadBackend(name: string, options: LoadOptions): Promise<Backend> {
  const make = BACKENDS.get(name);
  if (!make) throw new BackendError('backend-unknown', `there is no backend named "${name}"`);
  // A server in the page has no address.
  return make({ ...options, url: name === 'mock' ? '' : resolveAddress(options.url, name === 'native') });
}

/**
 * Resolves an address against the page.
 * @throws {BackendError} `url-missing`, `url-invalid`
 * @param socket whether it is a WebSocket's, so that a relative one gets the scheme which fits the page's own
 */
export function resolveAddress(url: string | undefined, socket: boolean): string {
  if (!url) throw new BackendError('url-missing', 'a chat needs the attribute "url"');
  try {
    const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(url);
    const resolved = new URL(url, globalThis.document?.baseURI);
    if (socket && !hasScheme) resolved.protocol = resolved.protocol.replace('http', 'ws');
    return resolved.href;
  } catch {
    throw new BackendError('url-invalid', `"${url}" is not an address`);
  }
}
