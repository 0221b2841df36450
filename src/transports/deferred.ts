import type { Transport } from './transport.js';

/**
 * A transport whose code is fetched when the first line is opened.
 * @param name name for status and diagnosis
 * @param make fetches the code and makes the transport; asked again when it failed
 */
export function deferredTransport(name: string, url: string, make: () => Promise<Transport>): Transport {
  let made: Promise<Transport> | undefined;
  return {
    name,
    url,
    async open(session, events, signal) {
      made ??= make();
      const loading = made;
      // A page that could not load it now may later.
      loading.catch(() => (made = undefined));
      return (await loading).open(session, events, signal);
    },
  };
}
