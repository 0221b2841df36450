/**
 * `npm start`: the shop, the staff desk and the live chat server, all behind one address. Vite serves the pages; sockets to
 * `/chat` and `/staff` are passed on to the chat server, so that visitors need no second port.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
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
/** Sockets to these paths are for the chat server. */
const DOORS = new Set(['/chat', '/staff']);

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** Starts everything. */
export async function startDemo({
  host = 'localhost',
  port = 5173,
  chatPort = 8787,
  watch = true,
}: DemoOptions = {}): Promise<Demo> {
  // Conversations live as long as this process, also while the visitor stops the chat server.
  const folder = await mkdtemp(path.join(tmpdir(), 'fernway-'));
  const stateFile = path.join(folder, 'conversations.jsonl');
  let chat = await startOnFreePort(chatPort, stateFile);
  const vite = await startPages(host, port, watch);
  vite.httpServer?.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    if (DOORS.has(new URL(request.url ?? '/', 'http://demo').pathname))
      passOn(request, socket, head, chat.port);
  });

  let plugged = true;
  let changing = Promise.resolve();
  const plug = async (wanted = plugged): Promise<void> => {
    if (wanted !== plugged) {
      if (wanted) chat = await startChat(chat.port, stateFile);
      else await chat.kill();
      plugged = wanted;
    }
    vite.ws.send(PLUG_EVENT, { plugged } satisfies Plug);
  };
  vite.ws.on(PLUG_EVENT, (asked: Plug) => {
    // One after the other; a port that somebody else has taken meanwhile leaves the server stopped.
    changing = changing.then(() => plug(asked.plugged)).catch((error: unknown) => console.error(error));
  });

  return {
    url: vite.resolvedUrls!.local[0]!.replace(/\/$/, ''),
    chatUrl: chat.url,
    async close() {
      await changing;
      await Promise.all([vite.close(), chat.kill()]);
      await rm(folder, { recursive: true });
    },
  };
}

function startChat(port: number, stateFile: string): Promise<ChatServer> {
  return startChatServer({
    port,
    stateFile,
    scenarios: [staffEscalation(SHOP_TEAM), aiReply({ answer: shopAnswer, format: 'plain' })],
  });
}

async function startOnFreePort(port: number, stateFile: string): Promise<ChatServer> {
  for (let tried = port; ; tried++) {
    try {
      return await startChat(tried, stateFile);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried === port + PORTS_TO_TRY)
        throw error;
    }
  }
}

async function startPages(host: string, port: number, watch: boolean): Promise<ViteDevServer> {
  const vite = await createServer({
    configFile: false,
    root: file('.'),
    appType: 'mpa',
    logLevel: 'warn',
    // Everything the pages import is an ES module already: nothing has to be bundled before the first page.
    optimizeDeps: { noDiscovery: true, include: [] },
    resolve: {
      // Lit's development build would write into the visitor's console.
      conditions: ['module', 'browser', 'production'],
      // The main file of mock-socket is UMD, without the names that the harness imports.
      alias: { 'mock-socket': file('../node_modules/mock-socket/dist/mock-socket.es.mjs') },
    },
    server: { host, port, fs: { allow: [file('..')] }, ...(watch ? {} : { watch: null }) },
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
  console.log(`  Staff desk:                   ${demo.url}/staff.html`);
  console.log(`  Chat server:                  ${demo.chatUrl}\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void demo.close().then(() => process.exit()));
  }
}
