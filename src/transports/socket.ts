import { LinkError } from './transport.js';

/** `WebSocket.OPEN`; the class may be injected, so its constants are not relied upon. */
export const OPEN = 1;

/** Where a socket goes, and of which class it is. */
export interface SocketOptions {
  /** Address, `ws:` or `wss:`. */
  url: string;
  /** Class to use; default the global one, looked up when a line is opened. */
  WebSocket?: typeof WebSocket;
}

/**
 * Begins to connect.
 * @throws {LinkError} for an address that no socket takes
 */
export function createSocket({ url, ...options }: SocketOptions, subprotocol?: string): WebSocket {
  const Socket = options.WebSocket ?? globalThis.WebSocket;
  try {
    return subprotocol ? new Socket(url, subprotocol) : new Socket(url);
  } catch (error) {
    // A wrong address, or an insecure one on a secure page: no later attempt will do better.
    const detail = error instanceof Error ? error.message : String(error);
    throw new LinkError({ reason: 'refused', retry: 'never', detail });
  }
}

/** Takes every listener off, so that nothing is heard of a socket that was given up. */
export function silence(socket: WebSocket): void {
  socket.onopen = socket.onmessage = socket.onclose = null;
  // Without a listener some clients throw.
  socket.onerror = () => {};
}
