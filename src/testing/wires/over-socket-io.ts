import type { CompleteBackend } from '../../backends/backend.js';
import { complete } from '../../backends/complete.js';
import { socketIoBackend } from '../../backends/socket-io/index.js';
import { memorySocket } from '../bindings/memory-socket.js';
import type { MockChatServer } from '../mock-chat-server.js';
import { memorySocketIo, type SocketIoModule } from '../socket-io/memory-client.js';
import { SocketIoLine } from '../socket-io/socket-io-line.js';

/** How a backend must be set up for a server that speaks docs/protocol.md over Socket.IO. */
export const SOCKET_IO_OPTIONS = { ack: 'event', greets: true, resume: 'history', resend: 'safe' } as const;

/** Makes a mock server answer clients of Socket.IO, on the path `/socket.io/`. */
export function answerSocketIo(server: MockChatServer): void {
  let connections = 0;
  server.answers('/socket.io/', (socket) => new SocketIoLine(server.host, socket, `socket-${++connections}`));
}

/**
 * A backend in the same page that reaches a mock server over Socket.IO, by the official client: Engine.IO handshake, packets,
 * namespaces and all.
 * @param client the module `socket.io-client`, 4.8 or newer: `import * as client from 'socket.io-client'`
 */
export function overSocketIo(server: MockChatServer, client: SocketIoModule): CompleteBackend {
  const { clock, network } = server;
  answerSocketIo(server);
  const io = memorySocketIo(
    client,
    memorySocket(network, () => ''),
  );
  const backend = socketIoBackend({ url: 'https://mock.invalid', io, clock, ...SOCKET_IO_OPTIONS });
  return complete(backend, clock);
}
