import { createServer } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import { FrameRules, type From } from './frame-rules.js';
import { listen } from './listen.js';
import { TcpProxy } from './tcp-proxy.js';

/** What is no frame, or one that nobody knows, as text or as binary data. */
export const GARBAGE: readonly (string | Buffer)[] = [
  'certainly no JSON',
  '{"type":"message","message":{"id":"m',
  '[]',
  'null',
  '"message"',
  '{"type":42}',
  '{"type":"telepathy","thought":"hm"}',
  '{"type":"message","message":{"id":"x1","seq":"two","role":"ai","text":7,"sentAt":null}}',
  '{"type":"ack"}',
  '{"type":"delta","id":"x2","offset":-1,"text":"?"}',
  '{"type":"receipt","upTo":1e400,"kind":"read","by":{"id":"ai","role":"ai"}}',
  '{"__proto__":{"polluted":true},"type":"error","code":"__proto__","message":"x"}',
  '{"type":"typing","author":{"id":"__proto__","role":"ai","__proto__":{"polluted":true}},"active":true}',
  '{"type":"joined","author":{"id":"constructor","role":"staff"},"constructor":{"prototype":{"polluted":true}}}',
  Buffer.from([0, 255, 1, 254]),
  Buffer.from('{"type":"bye","reason":"as binary"}'),
];

/** A frame that is larger than any widget takes: 4 MB in one message. */
export const HUGE = JSON.stringify({
  type: 'message',
  message: {
    id: 'huge',
    seq: 1,
    role: 'ai',
    text: 'x'.repeat(4 * 1024 * 1024),
    sentAt: '2026-05-04T10:41:07Z',
  },
});

/**
 * Bad networks and bad servers between a `<chat-widget>` and its chat server. It has every fault of TCP, and ends
 * WebSocket itself, so that it can also close with any code and drop, double, swap and forge frames.
 */
export class FaultProxy extends TcpProxy {
  readonly #inner: WebSocketServer;
  readonly #closeInner: () => Promise<void>;
  readonly #path: string;
  /** Frames as they went over the wire, and what shall become of the next ones. */
  readonly frames = new FrameRules();
  #closing: { code: number; left: number } | undefined;

  private constructor(inner: WebSocketServer, port: number, close: () => Promise<void>, path: string) {
    super(port);
    this.#inner = inner;
    this.#closeInner = close;
    this.#path = path;
  }

  /** Stands in front of a chat server. @param target its address; a restart behind the same address is fine */
  static async before(target: string): Promise<FaultProxy> {
    const http = createServer();
    const inner = new WebSocketServer({
      server: http,
      handleProtocols: (offered) => [...offered][0] ?? false,
    });
    const { port, close } = await listen(http);
    const proxy = new FaultProxy(inner, port, close, new URL(target).pathname);
    inner.on('connection', (client) => proxy.#serve(client, target));
    await proxy.openPort();
    return proxy;
  }

  /** Address for widgets. */
  get url(): string {
    return `ws://${this.host}${this.#path}`;
  }

  /** Closes all open lines with a code; the server sees them cut. */
  closeWith(code: number, reason = ''): void {
    for (const client of this.#inner.clients) closeLine(client, code, reason);
  }

  /** Closes new lines with a code as soon as they are open. @param times then all is well again */
  closeNewWith(code: number, times = Infinity): void {
    this.#closing = { code, left: times };
  }

  /** Loses the next frames of a type. */
  drop(from: From, type: string, count = 1): void {
    this.frames.add({ from, type, count, what: 'drop' });
  }

  /** Delivers the next frames of a type twice. */
  duplicate(from: From, type: string, count = 1): void {
    this.frames.add({ from, type, count, what: 'duplicate' });
  }

  /** Delivers the next frame of a type after the one of the same way that follows it. */
  swap(from: From, type: string): void {
    this.frames.add({ from, type, count: 1, what: 'swap' });
  }

  /** Says something to all browsers that the server did not say: a text frame for a string, else a binary one. */
  inject(data: string | Buffer): void {
    for (const client of this.#inner.clients) client.send(data, { binary: typeof data !== 'string' });
  }

  override async heal(): Promise<void> {
    this.#closing = undefined;
    this.frames.clear();
    await super.heal();
  }

  override async close(): Promise<void> {
    await super.close();
    for (const client of this.#inner.clients) client.terminate();
    await this.#closeInner();
  }

  #serve(client: WebSocket, target: string): void {
    client.on('error', () => {});
    if (this.#closing && this.#closing.left-- > 0) {
      closeLine(client, this.#closing.code, '');
      return;
    }
    const server = new WebSocket(target, client.protocol || undefined);
    const opened = new Promise<void>((resolve) => server.once('open', () => resolve()));
    const lane = this.frames.line();
    const toServer = (text: string): void =>
      void opened.then(() => server.readyState === WebSocket.OPEN && server.send(text));
    const toClient = (text: string): void => {
      if (client.readyState === WebSocket.OPEN) client.send(text);
    };
    client.on('message', (data) => lane.pass('client', String(data), toServer));
    server.on('message', (data) => lane.pass('server', String(data), toClient));
    client.on('close', () => server.terminate());
    server.on('error', () => client.terminate());
    server.on('close', (code, reason) => {
      if (client.readyState === WebSocket.OPEN) closeLine(client, code, String(reason));
    });
  }
}

/** Codes that cannot be sent: the line ends without one. */
const SILENT = new Set([1005, 1006, 1015]);

function closeLine(client: WebSocket, code: number, reason: string): void {
  if (code === 1005) client.close();
  else if (SILENT.has(code)) client.terminate();
  else client.close(code, reason);
}
