import { Server, WebSocket as BaseSocket } from 'mock-socket';
import type { ClientEnd, ClientGrip } from './client-end.js';

/** What listens on an address of mock-socket. */
export interface MockSocketServer {
  /** The address. */
  readonly url: string;
  /** Class to hand to the widget; the global one is left alone. */
  readonly WebSocket: typeof WebSocket;
  /** Cuts the open lines and frees the address; later attempts fail with 1006. */
  stop(): void;
}

/** What a listener needs. */
export interface ListenOptions {
  /** Opens the connection of a widget. */
  dial(end: ClientEnd, url: string): ClientGrip & { cut(): void };
  selectProtocol(offered: readonly string[]): string;
  /** Told of everything that takes time of mock-socket's own. */
  onBusy(until: Promise<void>): void;
}

/** mock-socket delays opening, sending and closing by a timer of this many milliseconds. */
const OWN_DELAY_MS = 4;

/** The fields mock-socket keeps writable, unlike its types say. */
interface Writable {
  readyState: number;
}

/**
 * Listens on an address of mock-socket.
 * @throws when somebody listens on it already
 */
export function listenOnMockSocket(
  url: string,
  { dial, selectProtocol, onBusy }: ListenOptions,
): MockSocketServer {
  const server = new Server(url, { mock: false, selectProtocol });
  const grips = new Set<ClientGrip & { cut(): void }>();

  /** mock-socket's client, opened by our network instead of at once, and without its wrong close codes. */
  class MockSocket extends BaseSocket {
    // Not #private: mock-socket calls methods through a proxy, which has no private fields.
    private opened = false;
    private opening: Event | undefined;

    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols);
      busy();
    }

    override send(data: string): void {
      super.send(data);
      busy();
    }

    override close(code?: number, reason?: string): void {
      super.close(code, reason);
      busy();
    }

    override dispatchEvent(event: Event, ...rest: unknown[]): boolean {
      if (event.type === 'open' && !this.opening) {
        // Whether and when it opens is for the network to say; the server's `connection` event follows at once.
        this.opening = event;
        (this as Writable).readyState = BaseSocket.CONNECTING;
        return true;
      }
      // A connection that was never opened ends with 1000 in mock-socket, which would mean "conversation over".
      if (event.type === 'close' && !this.opened) Object.assign(event, { code: 1006 });
      return (super.dispatchEvent as (event: Event, ...rest: unknown[]) => boolean).call(
        this,
        event,
        ...rest,
      );
    }

    /** The network opened it. */
    open(): void {
      if (this.readyState !== BaseSocket.CONNECTING || !this.opening) return;
      this.opened = true;
      (this as Writable).readyState = BaseSocket.OPEN;
      this.dispatchEvent(this.opening);
    }
  }

  /** A timer set after mock-socket's own of the same length fires after it. */
  function busy(): void {
    onBusy(new Promise((resolve) => setTimeout(resolve, OWN_DELAY_MS)));
  }

  server.on('connection', (client) => {
    const socket = client.target as MockSocket;
    const grip = dial(
      {
        opened: () => socket.open(),
        received: (text) => {
          // mock-socket delivers to closed sockets, too.
          if (socket.readyState === BaseSocket.OPEN) client.send(text);
        },
        closed: (code, reason) => {
          if (socket.readyState === BaseSocket.CLOSED) return;
          if (code === 1006) socket.dispatchEvent(new Event('error'));
          client.close({ code, reason, wasClean: code !== 1006 });
          busy();
        },
      },
      socket.url,
    );
    grips.add(grip);
    client.on('message', (data) => grip.send(data as string));
    socket.addEventListener('close', (event: Event) => {
      const { code = 1005, reason = '' } = event as CloseEvent;
      grips.delete(grip);
      grip.close(code, reason);
    });
  });

  return {
    url,
    // It has what a widget uses of a WebSocket; TypeScript knows its own class only.
    WebSocket: MockSocket as unknown as typeof WebSocket,
    stop: () => {
      for (const grip of grips) grip.cut();
      server.stop();
    },
  };
}
