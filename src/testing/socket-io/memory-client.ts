import type { SocketIo } from '../../transports/socket-io-client.js';

/** What is used of the module `socket.io-client`, 4.8 or newer. */
export interface SocketIoModule {
  /** Makes a socket. */
  readonly io: SocketIo;
  /** Its transport over WebSocket. */
  readonly WebSocket: new (...args: never[]) => object;
}

/**
 * The official client, on sockets that end in a mock server: it is the real one in everything but the class of its sockets.
 * @param Socket such as `memorySocket` makes
 */
export function memorySocketIo(client: SocketIoModule, Socket: typeof WebSocket): SocketIo {
  class MemoryTransport extends client.WebSocket {
    /** Called by the client for each attempt. */
    createSocket(address: string): WebSocket {
      return new Socket(address);
    }
  }
  return ((address: string, options: object) => {
    const socket = client.io(address, options as never) as { io: { opts: object } };
    // Whoever says which wires to try, means wires of the network.
    Object.defineProperty(socket.io.opts, 'transports', {
      get: () => [MemoryTransport],
      set: () => {},
      enumerable: true,
    });
    return socket;
  }) as SocketIo;
}
