import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  answerSocketIo,
  FakeFetch,
  httpEngine,
  laravelEngine,
  type MockChatServer,
  type PusherHost,
} from '../src/testing/index.js';
import { EnginePolling } from './engine-polling.js';
import { frontPage, widgetFile } from './front-page.js';
import { addressOf, allowOrigin, answerWith, bodyOf, socketAddress } from './http-wire.js';

/** The name that the widget offers when it opens a socket. */
const SUBPROTOCOL = 'chat-widget.v1';
/** Larger frames are not even buffered. */
const MAX_FRAME_BYTES = 1_000_000;

/** How a site is set up. */
export interface MockSiteOptions {
  /** What is played, in words. */
  title: string;
  /** Told of each request that was answered. */
  onRequest?: ((line: string) => void) | undefined;
}

/** A mock server on a real port: each path speaks another wire. */
export class MockSite {
  readonly #server: MockChatServer;
  readonly #pusher: PusherHost;
  readonly #options: MockSiteOptions;
  readonly #http = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  readonly #polling: EnginePolling;
  readonly #plain: FakeFetch;
  readonly #laravel: FakeFetch;

  constructor(server: MockChatServer, pusher: PusherHost, options: MockSiteOptions) {
    this.#server = server;
    this.#pusher = pusher;
    this.#options = options;
    answerSocketIo(server);
    server.answers('/app/', (socket, url) => pusher.accept(socket, { url }));
    this.#polling = new EnginePolling(server.network);
    this.#plain = new FakeFetch(httpEngine(server.host));
    this.#laravel = new FakeFetch(laravelEngine(server.host, pusher));
    // Faults of a story are for everybody.
    server.spoils(this.#plain).spoils(this.#laravel);
    this.#http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) =>
      this.#upgrade(request, socket, head),
    );
  }

  /** @throws what listening throws, such as `EADDRINUSE` */
  async listen(port: number, host: string): Promise<void> {
    this.#http.listen(port, host);
    await once(this.#http, 'listening');
  }

  /** Tears everything down. */
  async close(): Promise<void> {
    const closed = once(this.#http, 'close');
    this.#http.close();
    for (const client of this.#sockets.clients) client.terminate();
    this.#polling.close();
    this.#http.closeAllConnections();
    await closed;
  }

  /** What is where, for whoever reads the console. */
  get about(): string {
    const { address, family, port } = this.#http.address() as AddressInfo;
    const place = `${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    return [
      `chat-widget mock server, playing ${this.#options.title}`,
      '',
      `  try it      http://${place}/`,
      `  WebSocket   ws://${place}/chat`,
      `  Socket.IO   http://${place}/socket.io/`,
      `  Pusher      ws://${place}/app/${this.#pusher.key}`,
      `              channels are signed at http://${place}/broadcasting/auth`,
      `              messages are written to http://${place}/api/chat`,
      `  HTTP, SSE   http://${place}/chat`,
    ].join('\n');
  }

  /** The network decides whether a call is answered, so the handshake waits for it. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // A client that goes away in the middle of the handshake is no reason to end the process.
    socket.on('error', () => {});
    const address = addressOf(request);
    if (!address) return void socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\n\r\n');
    let client: WebSocket | undefined;
    const grip = this.#server.network.dial(
      {
        opened: () => {
          if (socket.destroyed) return grip.close(1006, '');
          return this.#sockets.handleUpgrade(request, socket, head, (made) => {
            client = made;
            client.on('message', (data: Buffer) => grip.send(data.toString('utf8')));
            client.on('close', (code) => grip.close(code, ''));
            client.on('error', () => {});
          });
        },
        received: (text) => {
          if (client?.readyState === client?.OPEN) client?.send(text);
        },
        closed: (code, reason) => {
          if (!client) socket.destroy();
          else if (canBeSent(code)) client.close(code, reason);
          else if (code === 1005) client.close();
          else client.terminate();
        },
      },
      socketAddress(address),
    );
    socket.on('close', () => {
      if (!client) grip.close(1006, '');
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = request;
    if (this.#options.onRequest) {
      response.on('close', () => this.#options.onRequest?.(`${method} ${url} ${response.statusCode}`));
    }
    allowOrigin(request, response);
    const address = addressOf(request);
    if (!address) return void response.writeHead(400).end();
    const { pathname } = address;
    try {
      if (method === 'OPTIONS') response.writeHead(204).end();
      else if (pathname === '/') {
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(frontPage(this.about));
      } else if (pathname.startsWith('/widget/')) widgetFile(pathname.slice('/widget/'.length), response);
      else if (pathname.startsWith('/socket.io/')) await this.#polling.answer(request, response, address);
      else await this.#pass(request, response, address);
    } catch (error) {
      if (error instanceof RangeError && !response.headersSent) {
        return void response.writeHead(413, { connection: 'close' }).end();
      }
      // The network of the story failed, or the client has gone: what is left of the answer is cut.
      response.destroy();
    }
  }

  async #pass(request: IncomingMessage, response: ServerResponse, { href, pathname }: URL): Promise<void> {
    const isLaravel = pathname.startsWith('/api/chat/') || pathname === '/broadcasting/auth';
    const { fetch } = isLaravel ? this.#laravel : this.#plain;
    const body = await bodyOf(request);
    const leaving = new AbortController();
    response.on('close', () => leaving.abort());
    const headers = Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value] as [string, string]] : [],
    );
    const answer = await fetch(href, {
      method: request.method ?? 'GET',
      headers,
      signal: leaving.signal,
      ...(body !== '' && { body }),
    });
    await answerWith(answer, response);
  }
}

/** Whether a close frame may carry a code; all others are said by the end of the connection itself. */
function canBeSent(code: number): boolean {
  return (
    code === 1000 || (code >= 1001 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000
  );
}
