import {
  createServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { Server, type ServerOptions, type Socket } from 'socket.io';
import { listen } from './listen.js';

/** How a shop server is set up, beyond the contract. */
export interface ShopOptions {
  /** Wires it takes. Default: both. */
  transports?: ('websocket' | 'polling')[];
  /** Answers the upgrade to WebSocket with an error, as some proxies do; polling stays. */
  blockWebSocket?: boolean;
  /** Gives back what was missed after a short loss. */
  recovery?: boolean;
  /** Tokens it takes; without it, everybody may come. */
  tokens?: string[];
  /** Milliseconds between its pings, and until it gives a client up. */
  heart?: { pingInterval: number; pingTimeout: number };
  /** How long it thinks about an answer, in milliseconds. Default 5. */
  thinkMs?: number;
  /** What it answers. Default: `You said: …`. */
  answer?(text: string): string;
  /** Whether it calls back, if the client asks for that; the contract says nothing of it. */
  acks?: boolean;
  /** Whether a message that names itself by `clientId` is kept once, however often it comes. */
  knowsRepeats?: boolean;
  /** Whether every answer has the same `id`, as where a shop puts the session's into it. */
  sameId?: boolean;
  /** Whether it keeps what is said, gives it ids and tells it to `get-history`; the contract says nothing of that either. */
  history?: boolean;
  /** Further options of Socket.IO. */
  io?: Partial<ServerOptions>;
}

/** What a shop server was told. */
export interface ShopMessage {
  readonly sessionId: string;
  readonly message: string;
  readonly sender: string;
  /** Beyond the contract: the message's own name. */
  readonly clientId?: string;
}

/**
 * A shop's chat server as it is found in the field, on the official Socket.IO: `join-session` with the bare session id,
 * `chat-message` in, `chat-response` out to the room of the session, no acks, no ids, no history. Beside it the same by HTTP,
 * a status and a health page. It can be told to misbehave, and to come back on the same port.
 */
export class ShopServer {
  /** Messages it was told over sockets and HTTP, in order. */
  readonly heard: ShopMessage[] = [];
  /** Every event it was told, with its arguments. */
  readonly events: [string, ...unknown[]][] = [];
  /** Handshake data of every connection, in order. */
  readonly handshakes: Record<string, unknown>[] = [];
  /** Whether each connection was recovered, in order. */
  readonly recovered: boolean[] = [];
  /** Requests it answered, as `METHOD path?query`. */
  readonly requests: string[] = [];
  /** What was said, where it keeps that. */
  readonly said: { id: string; message: string; sender: string; timestamp: number; clientId?: string }[] = [];
  options: ShopOptions;
  /** So many messages are stored and never confirmed, from now on; their sockets break. */
  loseAcks = 0;
  readonly #known = new Set<string>();
  #port = 0;
  #http!: HttpServer;
  #io!: Server;
  #close: () => Promise<void> = async () => {};
  readonly #thinking = new Set<NodeJS.Timeout>();

  private constructor(options: ShopOptions) {
    this.options = options;
  }

  /** Starts one on a free port. */
  static async start(options: ShopOptions = {}): Promise<ShopServer> {
    const server = new ShopServer(options);
    await server.start();
    return server;
  }

  /** Address of the shop, without a slash at the end; the same after each start. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Its port; the same after each start. */
  get port(): number {
    return this.#port;
  }

  /** Sockets that are connected. */
  get sockets(): Socket[] {
    return [...this.#io.sockets.sockets.values()];
  }

  /** Names of the wires in use, such as `websocket`. */
  get wires(): string[] {
    return this.sockets.map(({ conn }) => conn.transport.name);
  }

  /** Says something to a session, whether or not anybody is there. */
  say(sessionId: string, data: unknown, event = 'chat-response'): void {
    this.#io.to(sessionId).emit(event, data);
  }

  /** Says something in the words of the contract, and keeps it if it keeps anything. */
  reply(sessionId: string, { message, ...more }: { message: string; id?: string }): void {
    this.say(sessionId, { message, ...more, ...this.#keep(message, 'bot') });
  }

  /** Throws everybody out, as an administrator does. @param warning event that is sent before */
  kick(warning?: string): void {
    for (const socket of this.sockets) {
      if (warning) socket.emit(warning, { message: 'jwt expired' });
      socket.disconnect();
    }
  }

  /** Cuts all connections without a word, so that what is missed can be recovered. */
  cut(): void {
    for (const { conn } of this.sockets) conn.close(true);
  }

  /** Ends it. The port is free afterwards. */
  async stop(): Promise<void> {
    for (const timer of this.#thinking) clearTimeout(timer);
    this.#thinking.clear();
    await this.#io.close();
    await this.#close();
  }

  /** Starts it again; what it kept in memory is gone. */
  async start(): Promise<void> {
    const { transports = ['polling', 'websocket'], blockWebSocket, recovery, heart, io } = this.options;
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#io = new Server(this.#http, {
      // Any origin, as the contract says.
      cors: { origin: '*' },
      transports,
      ...(recovery && { connectionStateRecovery: { maxDisconnectionDuration: 60_000 } }),
      ...heart,
      ...io,
    });
    this.#io.use((socket, next) => this.#admit(socket, next));
    this.#io.on('connection', (socket) => this.#greet(socket));
    if (blockWebSocket) this.#blockWebSocket();
    const { port, close } = await listen(this.#http, this.#port);
    this.#port = port;
    this.#close = close;
  }

  #blockWebSocket(): void {
    this.#http.removeAllListeners('upgrade');
    this.#http.on('upgrade', (_request, socket) =>
      socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'),
    );
  }

  #admit(socket: Socket, next: (error?: Error) => void): void {
    const { tokens } = this.options;
    if (!tokens || tokens.includes(String(socket.handshake.auth['token']))) return next();
    next(Object.assign(new Error('unauthorized'), { data: { code: 'invalid_token' } }));
  }

  #greet(socket: Socket): void {
    this.handshakes.push(socket.handshake.auth);
    this.recovered.push(socket.recovered);
    socket.onAny((event: string, ...args: unknown[]) => {
      const data = args.filter((arg) => typeof arg !== 'function');
      this.events.push([event, ...data]);
      const done = args.at(-1);
      if (event === 'chat-message' && this.loseAcks > 0) {
        this.loseAcks--;
        return void socket.conn.close(true);
      }
      if (typeof done !== 'function' || !this.options.acks) return;
      // What it keeps it names by its number, which is the next one unless it has the message already.
      const { clientId } = (data[0] ?? {}) as Partial<ShopMessage>;
      const kept = this.said.findIndex((said) => clientId !== undefined && said.clientId === clientId);
      const id = this.options.history ? `m${(kept < 0 ? this.said.length : kept) + 1}` : 7;
      if (event !== 'get-history') (done as (answer: object) => void)({ id });
    });
    socket.on('get-history', (_sessionId: string, done: (answer: object) => void) =>
      done({ messages: this.said }),
    );
    socket.on('join-session', (sessionId: string) => void socket.join(sessionId));
    socket.on('chat-message', (message: ShopMessage) => this.#hear(message));
  }

  #hear({ sessionId, message, sender, clientId }: ShopMessage): void {
    if (clientId && this.options.knowsRepeats && this.#known.has(clientId)) return;
    if (clientId) this.#known.add(clientId);
    this.heard.push({ sessionId, message, sender });
    this.#keep(message, sender, clientId);
    const timer = setTimeout(() => {
      this.#thinking.delete(timer);
      this.reply(sessionId, this.#answer(message));
    }, this.options.thinkMs ?? 5);
    this.#thinking.add(timer);
  }

  #keep(message: string, sender: string, clientId?: string): object {
    if (!this.options.history) return {};
    const id = `m${this.said.length + 1}`;
    const kept = { id, message, sender, timestamp: Date.now(), ...(clientId && { clientId }) };
    this.said.push(kept);
    return kept;
  }

  #answer(text: string): { message: string; id?: string } {
    const { answer = (said) => `You said: ${said}`, sameId } = this.options;
    return { message: answer(text), ...(sameId && { id: 'session' }) };
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    this.requests.push(`${method} ${url}`);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'authorization, content-type');
    const answer = (status: number, body: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const timestamp = new Date().toISOString();
    if (method === 'OPTIONS') return void response.writeHead(204).end();
    if (method === 'GET' && url === '/health') return answer(200, { status: 'ok', timestamp });
    if (method === 'GET' && url === '/socket/status') {
      return answer(200, { status: 'running', activeConnections: this.#io.engine.clientsCount, timestamp });
    }
    if (method === 'POST' && url === '/api/chat/message') {
      const { sessionId, message, sender } = JSON.parse(await bodyOf(request)) as ShopMessage;
      this.heard.push({ sessionId, message, sender });
      return answer(200, this.#answer(message));
    }
    answer(404, { error: 'not found' });
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
