import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { HOST } from './listen.js';
import { TcpLine, type Flows } from './tcp-line.js';

/** How a new connection is met. */
type Welcome =
  | { kind: 'accept'; afterMs: number }
  | { kind: 'reset' }
  | { kind: 'answer'; status: 401 | 503; left: number };

/** Which connections a fault concerns: those that are open now, or also those that are opened until `heal()`. */
export type Scope = 'open' | 'all';

const PASS: Flows = { fromClient: 'pass', fromServer: 'pass' };

/**
 * Bad networks between a browser and any server, on the level of TCP: what is carried is not looked at. One method per
 * fault; `heal()` ends all that last. A line that has lost bytes stays dead also after that, since no stream can go on
 * with a hole in it; the network may be fine all the same, as with a router that forgot a connection.
 */
export class TcpProxy {
  /** When somebody tried to connect, in milliseconds of `performance.now()`, whatever became of it. */
  readonly attempts: number[] = [];
  readonly #target: number;
  readonly #lines = new Set<TcpLine>();
  readonly #sockets = new Set<Socket>();
  #server: Server | undefined;
  #port = 0;
  #welcome: Welcome = { kind: 'accept', afterMs: 0 };
  #flows: Flows = PASS;

  /** Made by `start`. @param target port of the server on this machine */
  protected constructor(target: number) {
    this.#target = target;
  }

  /** Starts a proxy on a free port. @param target port of the server on this machine */
  static async start(target: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(target);
    await proxy.openPort();
    return proxy;
  }

  /** The port it listens on; stays the same when it is closed and opened. */
  get port(): number {
    return this.#port;
  }

  /** Address of the proxy as `host:port`. */
  get host(): string {
    return `${HOST}:${this.#port}`;
  }

  /** How many connections are open. */
  get open(): number {
    return this.#lines.size;
  }

  /** RST on all open lines; the network is fine at once. */
  reset(): void {
    for (const line of [...this.#lines]) line.reset();
  }

  /** FIN on all open lines without a close frame, as when a process exits; the network is fine at once. */
  finish(): void {
    for (const line of [...this.#lines]) line.finish();
  }

  /** Both ways swallow, sockets stay open: a cable that was pulled somewhere in between. */
  blackHole(scope: Scope = 'all'): void {
    this.#flow({ fromClient: 'swallow', fromServer: 'swallow' }, scope);
  }

  /** Half open: what the server says is lost; what the browser says arrives. */
  loseFromServer(scope: Scope = 'all'): void {
    this.#flow({ fromClient: 'pass', fromServer: 'swallow' }, scope);
  }

  /** Half open: what the browser says is lost; what the server says arrives. */
  loseFromClient(scope: Scope = 'all'): void {
    this.#flow({ fromClient: 'swallow', fromServer: 'pass' }, scope);
  }

  /** Holds every byte of both ways back until `heal()`; then all of it is delivered, in order. */
  stall(): void {
    this.#flow({ fromClient: 'hold', fromServer: 'hold' }, 'all');
  }

  /** Answers every attempt with RST; open lines stay. */
  refuse(): void {
    this.#welcome = { kind: 'reset' };
  }

  /** Closes the port itself, so that the kernel refuses attempts (which cannot be counted then); open lines stay. */
  async closePort(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    // It calls back only when the last line is gone; the port is free at once.
    server?.close();
  }

  /** Opens the port again after `closePort()`. */
  async openPort(): Promise<void> {
    if (this.#server) return;
    const server = createServer({ noDelay: true }, (client) => this.#accept(client));
    this.#server = server;
    server.listen(this.#port, HOST);
    await once(server, 'listening');
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Lets every new connection wait before anything of it is passed on. */
  acceptAfter(ms: number): void {
    this.#welcome = { kind: 'accept', afterMs: ms };
  }

  /** Answers requests, the upgrade to WebSocket among them, with an HTTP status. @param times then all is well again */
  answer(status: 401 | 503, times = Infinity): void {
    this.#welcome = { kind: 'answer', status, left: times };
  }

  /** Ends every fault that lasts. */
  heal(): Promise<void> {
    return this.restore();
  }

  /** Ends every fault of the network, and nothing that is above it. */
  async restore(): Promise<void> {
    this.#welcome = { kind: 'accept', afterMs: 0 };
    this.#flow(PASS, 'all');
    await this.openPort();
  }

  /** Ends the proxy and everything that goes through it. */
  async close(): Promise<void> {
    await this.closePort();
    for (const socket of this.#sockets) socket.destroy();
  }

  #flow(flows: Flows, scope: Scope): void {
    if (scope === 'all') this.#flows = flows;
    for (const line of this.#lines) line.flows = flows;
  }

  #accept(client: Socket): void {
    this.attempts.push(performance.now());
    this.#track(client);
    const welcome = this.#welcome;
    if (welcome.kind === 'reset') {
      client.resetAndDestroy();
    } else if (welcome.kind === 'answer') {
      if (--welcome.left <= 0) this.#welcome = { kind: 'accept', afterMs: 0 };
      refuse(client, welcome.status);
    } else if (welcome.afterMs > 0) {
      client.pause();
      const timer = setTimeout(() => this.#join(client), welcome.afterMs);
      client.once('close', () => clearTimeout(timer));
    } else {
      this.#join(client);
    }
  }

  #join(client: Socket): void {
    if (client.destroyed) return;
    const server = this.#track(connect({ port: this.#target, host: HOST, noDelay: true }));
    const line: TcpLine = new TcpLine(client, server, () => this.#lines.delete(line));
    line.flows = this.#flows;
    this.#lines.add(line);
  }

  #track(socket: Socket): Socket {
    this.#sockets.add(socket);
    socket.on('error', () => {});
    socket.once('close', () => this.#sockets.delete(socket));
    return socket;
  }
}

function refuse(client: Socket, status: 401 | 503): void {
  const words = { 401: 'Unauthorized', 503: 'Service Unavailable' }[status];
  // Only once the request is here: an answer to nothing would be a reset.
  client.once('data', () =>
    client.end(`HTTP/1.1 ${status} ${words}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`),
  );
}
