import type { Transport } from './transport.js';

/**
 * No line at all, for backends that only ever answer requests: it opens at once, cannot be lost, and brings nothing down.
 * Whether the server is there shows when something is sent; see `withHttpUplink`.
 */
export function requestOnlyTransport(name = 'http'): Transport {
  return {
    name,
    async open(_session, _events, signal) {
      signal.throwIfAborted();
      let over = false;
      return {
        // What has no request of its own is dropped, as on any wire that does not know a name.
        send: async () => {
          if (over) throw new Error('the line is closed');
        },
        probe: () => {},
        close: () => void (over = true),
      };
    },
  };
}
