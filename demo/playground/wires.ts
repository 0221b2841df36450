/// <reference types="vite/client" />
import type { ChatWidget } from '../../src/index.js';
import {
  overHttp,
  overPusher,
  overSocketIo,
  type HttpExchange,
  type MockChatServer,
  type Spoilable,
} from '../../src/testing/index.js';

/** What may stand between the chat and what answers it. */
export const WIRE_NAMES = ['memory', 'websocket', 'socket-io', 'pusher', 'http', 'live'] as const;

/** One of them. */
export type WireName = (typeof WIRE_NAMES)[number];

/** Those that end in a server inside the page. */
export type DoubleName = Exclude<WireName, 'live'>;

/** A wire that is laid: to the widget it is done already. */
export interface Wire {
  /** What can be spoiled on it. */
  readonly networks: readonly Spoilable[];
  /** Requests, on a wire that makes some. */
  readonly exchanges: readonly HttpExchange[];
}

/** Whether the server of `npm start` is behind this page. Static files have none. */
export const hasLiveServer = import.meta.hot !== undefined;

/** Whether a wire carries frames of its own, which can be repeated, turned round, damaged and closed with a code. */
export const hasSockets = (name: WireName): boolean => name !== 'http' && name !== 'live';

const ADDRESS = 'wss://playground.invalid/chat';

/** Lays a wire between a widget that is not on the page yet and a server. */
export async function layWire(name: DoubleName, server: MockChatServer, widget: ChatWidget): Promise<Wire> {
  const { network } = server;
  switch (name) {
    case 'memory':
      widget.backend = server.backend();
      return { networks: [network], exchanges: [] };
    case 'websocket':
      widget.url = ADDRESS;
      widget.WebSocket = server.listen(ADDRESS).WebSocket;
      return { networks: [network], exchanges: [] };
    case 'socket-io':
      widget.backend = overSocketIo(server, await import('socket.io-client'));
      return { networks: [network], exchanges: [] };
    case 'pusher': {
      const backend = overPusher(server);
      widget.backend = backend;
      return { networks: [network, backend.network], exchanges: backend.network.log };
    }
    case 'http': {
      const backend = overHttp(server);
      widget.backend = backend;
      return { networks: [backend.network], exchanges: backend.network.log };
    }
  }
}
