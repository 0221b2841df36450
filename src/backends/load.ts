import { BackendError, type Backend, type BackendOptions } from './backend.js';
import { nativeBackend } from './native/index.js';

/** The backends that can be named. Those beside the native one are loaded on demand. */
const BACKENDS: Readonly<Record<string, (options: BackendOptions) => Backend | Promise<Backend>>> = {
  native: nativeBackend,
};

/** What a backend is named and made by. */
export interface LoadOptions extends Omit<BackendOptions, 'url'> {
  /** Address, absolute or relative to the page. */
  url?: string;
}

/**
 * Makes the backend of a name.
 * @throws {BackendError} when the name is unknown, or the address is missing or not usable
 */
export async function loadBackend(name: string, options: LoadOptions): Promise<Backend> {
  const make = Object.hasOwn(BACKENDS, name) ? BACKENDS[name] : undefined;
  if (!make) throw new BackendError('backend-unknown', `there is no backend named "${name}"`);
  return make({ ...options, url: resolveAddress(options.url) });
}

/** Resolves an address against the page, with the WebSocket scheme that fits the page's own where none is given. */
function resolveAddress(url: string | undefined): string {
  if (!url) throw new BackendError('url-missing', 'a chat needs the attribute "url"');
  try {
    const hasScheme = /^[a-z][a-z\d+.-]*:/i.test(url);
    const resolved = new URL(url, globalThis.document?.baseURI);
    if (!hasScheme) resolved.protocol = resolved.protocol.replace('http', 'ws');
    return resolved.href;
  } catch {
    throw new BackendError('url-invalid', `"${url}" is not an address`);
  }
}
