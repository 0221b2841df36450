/**
 * `npm start`: the shop, the staff desk and the live chat server, all behind one address. Vite serves the pages; sockets to
 * `/chat` and `/staff` are passed on to the chat server, so that visitors need no second port, and can cut the line of the chat.
 */
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { createServer, type ViteDevServer } from 'vite';
import { startChatServer, type ChatServer } from '../server/chat-server.js';
import { aiReply, staffEscalation } from '../src/testing/index.js';
import { SHOP_TEAM, shopAnswer } from './answers.js';
import { PLUG_EVENT, type Plug } from './chat.js';

/** How the demo is started. */
export interface DemoOptions {
  /** Address to listen on. Default `localhost`. */
  host?: string;
  /** Port of the pages. Default 5173, or the next that is free. */
  port?: number;
  /** Port of the chat server. Default 8787, or the next that is free. */
  chatPort?: number;
  /** Whether pages reload when a file changes. Default true. */
  watch?: boolean;
}

/** A running demo. */
export interface Demo {
  /** Address of the shop, without a slash at the end. */
  readonly url: string;
  /** Address of the chat server itself. */
  readonly chatUrl: string;
  close(): Promise<void>;
}

/** How many ports are tried, one after the other. */
const PORTS_TO_TRY = 50;

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Starts everything. */
export async function startDemo({
  host = 'localhost',
  port = 5173,
  chatPort = 8787,
  watch = true,
}: DemoOptions = {}): Promise<Demo> {
  const chat = await startOnFreePort(chatPort);
  const vite = await startPages(host, port, watch);
  const guests = new Set<Duplex>();
  let plugged = true;
  vite.httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Not by URL: what a request asks for need not be one.
    const [pathname] = (request.url ?? '/').split('?', 1);
    if (pathname === '/chat') {
      if (!plugged) return void socket.destroy();
      guests.add(socket);
      socket.on('close', () => guests.delete(socket));
    } else if (pathname !== '/staff') return;
    passOn(request, socket, head, chat.port);
  });
  vite.ws.on(PLUG_EVENT, (asked: Plug) => {
    plugged = asked.plugged ?? plugged;
    if (!plugged) for (const socket of guests) socket.destroy();
    vite.ws.send(PLUG_EVENT, { plugged } satisfies Plug);
  });
  return {
    url: vite.resolvedUrls!.local[0]!.replace(/\/$/, ''),
    chatUrl: chat.url,
    close: async () => void (await Promise.all([vite.close(), chat.kill()])),
  };
}

async function startOnFreePort(port: number): Promise<ChatServer> {
  const scenarios = [staffEscalation(SHOP_TEAM), aiReply({ answer: shopAnswer, format: 'plain' })];
  for (let tried = port; ; tried++) {
    try {
      return await startChatServer({ port: tried, scenarios });
    } catch (error) {
      const taken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!taken || tried === port + PORTS_TO_TRY) throw error;
    }
  }
}

async function startPages(host: string, port: number, watch: boolean): Promise<ViteDevServer> {
  const vite = await createServer({
    configFile: file('vite.config.ts'),
    logLevel: 'warn',
    server: { host, port, ...(watch ? {} : { watch: null }) },
  });
  return vite.listen();
}

/** Joins a visitor's socket to the chat server, byte by byte. */
function passOn(request: IncomingMessage, visitor: Duplex, head: Buffer, port: number): void {
  const server = connect(port, '127.0.0.1');
  server.on('connect', () => {
    const { method, url, httpVersion, rawHeaders } = request;
    const headers = rawHeaders.map((text, i) => (i % 2 ? `${text}\r\n` : `${text}: `)).join('');
    server.write(`${method} ${url} HTTP/${httpVersion}\r\n${headers}\r\n`);
    server.write(head);
    visitor.pipe(server).pipe(visitor);
  });
  // Whichever end breaks, the other shall know; what broke is told by the close that follows.
  server.on('error', () => {}).on('close', () => visitor.destroy());
  visitor.on('error', () => {}).on('close', () => server.destroy());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const demo = await startDemo();
  console.log(`\n  Fernway, a shop with a chat:  ${demo.url}/`);
  console.log(`  Playground:                   ${demo.url}/playground.html`);
  console.log(`  Staff desk:                   ${demo.url}/staff.html`);
  console.log(`  Chat server:                  ${demo.chatUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().finally(() => process.exit()));
  }
}
