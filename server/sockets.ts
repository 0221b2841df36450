import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { SUBPROTOCOL } from '../src/backends/native/wire.js';
import type { TextSocket } from '../src/testing/bindings/text-line.js';
import { isTrustedOrigin } from './origin.js';

/** A client that takes nothing while this many bytes wait for it is gone. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024;

/** Sockets that showed a sign of life since the last look. */
const alive = new WeakSet<WebSocket>();

/** What sits at the other end of a socket. */
export interface SocketUser {
  /** A text, or binary data as it came. */
  receive(data: unknown): void;
  /** The socket is closed. */
  closed(): void;
}

/** Joins a socket to whoever uses it. */
export function serve(socket: WebSocket, accept: (socket: TextSocket) => SocketUser): void {
  const user = accept({
    send: (text) => {
      if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.terminate();
      else if (socket.readyState === socket.OPEN) socket.send(text);
    },
    close: (code, reason) => socket.close(code, reason),
  });
  alive.add(socket);
  socket.on('pong', () => alive.add(socket));
  socket.on('message', (data, isBinary) => user.receive(isBinary ? data : String(data)));
  socket.on('close', () => user.closed());
  // Without a listener an error, such as a frame that is too large, would end the process; its close follows.
  socket.on('error', () => {});
}

/** Ends a socket that did not answer the last ping, and pings the others. */
export function checkLife(socket: WebSocket): void {
  if (!alive.delete(socket)) socket.terminate();
  else socket.ping();
}

/** The WebSocket half of an HTTP server. @param maxPayload larger frames are not even buffered; ws closes with 1009 */
export function socketServer(maxPayload: number): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    maxPayload,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
}

/** Answers a request to become a WebSocket: `/chat` is for guests of any page, `/staff` for desks. */
export function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { chat, staff }: { chat: WebSocketServer; staff: WebSocketServer },
): void {
  const refuse = (status: string): void => void socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
  // A client that goes away in the middle of the handshake is no reason to end the process.
  socket.on('error', () => {});
  const path = request.url?.split('?')[0];
  const server = path === '/chat' ? chat : path === '/staff' ? staff : undefined;
  if (!server) return refuse('404 Not Found');
  // A desk shows everybody's conversations: no page of a stranger may open one in the browser of the team.
  if (server === staff && !isTrustedOrigin(request.headers)) return refuse('403 Forbidden');
  server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
}
