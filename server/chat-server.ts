import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WebSocket } from 'ws';
import { TextLine } from '../src/testing/bindings/text-line.js';
import type { ChatHost } from '../src/testing/host/chat-host.js';
import { Journal } from './journal.js';
import { openChat, type OpenChatOptions } from './open-chat.js';
import { checkLife, serve, socketServer, upgrade } from './sockets.js';
import type { StaffDesk } from './staff-desk.js';

/** How a chat server is set up. */
export interface ChatServerOptions extends OpenChatOptions {
  /** Default 8787; 0 for any free one. */
  port?: number;
  /** Address to listen on. Default `127.0.0.1`, which no other machine reaches. */
  host?: string;
  /** File that keeps the conversations over a restart. Default none: they end with the process. */
  stateFile?: string;
}

/** How often clients are asked for a sign of life; one that gave none since the last time is gone, in milliseconds. */
const PING_MS = 30_000;
/** Clients that do not answer a close within this time are torn down, in milliseconds. */
const CLOSE_MS = 1000;

/**
 * Starts a chat server on real sockets: widgets on `/chat`, desks on `/staff`, `GET /health` for whoever watches it.
 * @throws what listening throws, such as `EADDRINUSE`
 */
export async function startChatServer(options: ChatServerOptions = {}): Promise<ChatServer> {
  const { port = 8787, host = '127.0.0.1', stateFile } = options;
  const http = createServer();
  await listen(http, port, host);
  // From here on nothing waits, so no connection comes before there is somebody to answer it. The file comes after the
  // port: a second server of one configuration fails above, before it touches what the first one writes.
  const journal = stateFile === undefined ? undefined : new Journal(stateFile);
  const { chat, desk } = openChat(options, journal);
  return new ChatServer(http, chat, desk, journal);
}

/** A running chat server. */
export class ChatServer {
  readonly port: number;
  /** Address for widgets. */
  readonly url: string;
  /** Address for desks. */
  readonly staffUrl: string;
  /** The engine, to look into. */
  readonly chat: ChatHost;
  readonly #http: Server;
  readonly #journal: Journal | undefined;
  readonly #guests: ReturnType<typeof socketServer>;
  readonly #desks: ReturnType<typeof socketServer>;
  readonly #watch: NodeJS.Timeout;
  #ending: Promise<void> | undefined;

  /** Made by `startChatServer`; `http` listens already. */
  constructor(http: Server, chat: ChatHost, desk: StaffDesk, journal: Journal | undefined) {
    this.chat = chat;
    this.#http = http;
    this.#journal = journal;
    this.#guests = socketServer(chat.limits.maxFrameBytes);
    this.#desks = socketServer(chat.limits.maxFrameBytes);
    const { address, family, port } = http.address() as AddressInfo;
    const base = `ws://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
    this.port = port;
    this.url = `${base}/chat`;
    this.staffUrl = `${base}/staff`;
    http.on('request', (request, response) => answerHttp(request, response, chat));
    http.on('upgrade', (request, socket, head) =>
      upgrade(request, socket, head, { chat: this.#guests, staff: this.#desks }),
    );
    this.#guests.on('connection', (socket) => serve(socket, (end) => new TextLine(chat, end)));
    this.#desks.on('connection', (socket) => serve(socket, (end) => desk.connect(end)));
    this.#watch = setInterval(() => this.#clients().forEach(checkLife), PING_MS);
  }

  /** A planned restart: says `bye`, closes with 1012, and resolves when the port is free. */
  stop(): Promise<void> {
    return (this.#ending ??= this.#leave());
  }

  /** Tears every socket down at once, as a crash does, and resolves when the port is free. */
  kill(): Promise<void> {
    return (this.#ending ??= this.#tearDown());
  }

  async #leave(): Promise<void> {
    const gone = this.#clients().map((client) => new Promise((resolve) => client.once('close', resolve)));
    this.chat.shutDown({ reason: 'restart', retryAfterMs: 500, spreadMs: 1000 });
    for (const client of this.#desks.clients) client.close(1012, 'restart');
    let patience: NodeJS.Timeout | undefined;
    await Promise.race([
      Promise.all(gone),
      new Promise((resolve) => (patience = setTimeout(resolve, CLOSE_MS))),
    ]);
    clearTimeout(patience);
    await this.#tearDown();
  }

  async #tearDown(): Promise<void> {
    clearInterval(this.#watch);
    this.chat.stop();
    const closed = new Promise((resolve) => this.#http.close(resolve));
    for (const client of this.#clients()) client.terminate();
    this.#http.closeAllConnections();
    await closed;
    this.#journal?.close();
  }

  #clients(): WebSocket[] {
    return [...this.#guests.clients, ...this.#desks.clients];
  }
}

function answerHttp({ url, method }: IncomingMessage, response: ServerResponse, chat: ChatHost): void {
  const known = url === '/health' && method === 'GET';
  const { conversations } = chat;
  const connections = conversations.reduce((sum, conversation) => sum + conversation.connections, 0);
  const body = known
    ? { status: 'ok', conversations: conversations.length, connections }
    : { status: 'not found' };
  response.writeHead(known ? 200 : 404, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function listen(http: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}
