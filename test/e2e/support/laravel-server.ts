import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { PusherHost } from '../../../src/testing/pusher/pusher-host.js';
import { listen } from './listen.js';

/** One message as such a backend keeps it. */
export interface StoredLine {
  readonly id: number;
  readonly content: string;
  readonly author: 'guest' | 'agent' | 'bot';
  readonly created_at: string;
  readonly client_id?: string;
}

interface Conversation {
  readonly id: number;
  readonly token: string;
  readonly created_at: string;
  status: 'open' | 'closed';
  readonly messages: StoredLine[];
  readonly fingerprint: string | undefined;
}

/** Which contract of the field it keeps. */
export type LaravelContract = 'chatbot' | 'livechat' | 'resume';

/** How it is set up. */
export interface LaravelServerOptions {
  contract: LaravelContract;
  /** Whether a bot answers. Default true. */
  bot?: boolean;
  /** Whether the broadcast goes to the sender, too: no `toOthers()`. */
  echoes?: boolean;
  /** What `/api/chatbot/config` says beside the key and the host of this server. */
  config?: Record<string, unknown>;
  /** Whether messages can be sent twice: it knows `client_id`. Default true. */
  idempotent?: boolean;
  /** Origin that may read answers. Default `*`. */
  origin?: string;
}

/** What each contract calls things. */
const WORDS: Record<LaravelContract, { base: string; start: string; channel: string; event: string }> = {
  chatbot: {
    base: '/api/chatbot/conversations',
    start: '/api/chatbot/conversations',
    channel: 'private-chat.conversation.',
    event: 'ChatMessageReceived',
  },
  livechat: {
    base: '/api/conversations',
    start: '/api/conversations',
    channel: 'private-conversation.',
    event: 'message.sent',
  },
  resume: {
    base: '/api/chat',
    start: '/api/chat/start',
    channel: 'private-conversation.',
    event: 'App\\Events\\MessageSent',
  },
};

/**
 * A chat backend as Laravel applications in the field have it: routes, broadcasts over the Pusher protocol on the same port, channel
 * authorisation by bearer token, a database that survives its restarts. It can be told to misbehave.
 */
export class LaravelServer {
  /** Requests it answered, as `METHOD path?query`. */
  readonly requests: string[] = [];
  /** Bodies of all POST requests. */
  readonly bodies: Record<string, unknown>[] = [];
  readonly conversations: Conversation[] = [];
  /** Whether WebSockets are let in. */
  realtime = true;
  /** How many answers to messages are lost after they were stored, or answered with 500, from now on. */
  loseAnswers = 0;
  failAnswers = 0;
  /** Conversation that is offered to a guest who starts one from elsewhere. */
  offers: number | undefined;
  port = 0;
  readonly host: PusherHost;
  #http: Server | undefined;
  #sockets: WebSocketServer | undefined;
  #close: (() => Promise<void>) | undefined;
  #ids = 0;
  readonly #options: LaravelServerOptions;

  private constructor(options: LaravelServerOptions) {
    this.#options = options;
    this.host = new PusherHost({ personality: 'reverb' });
  }

  /** Starts one on a free port. */
  static async start(options: LaravelServerOptions): Promise<LaravelServer> {
    const server = new LaravelServer(options);
    await server.up();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get words(): (typeof WORDS)[LaravelContract] {
    return WORDS[this.#options.contract];
  }

  /** Comes up, on the port it had. */
  async up(): Promise<void> {
    const http = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
    const sockets = new WebSocketServer({ noServer: true, clientTracking: true });
    http.on('upgrade', (request, socket, head) => {
      if (!this.realtime) return void socket.destroy();
      sockets.handleUpgrade(request, socket, head, (ws) => this.#join(ws, request));
    });
    const { port, close } = await listen(http, this.port);
    Object.assign(this, { port });
    this.#http = http;
    this.#sockets = sockets;
    this.#close = close;
  }

  /** Goes down without a word; what is stored stays. */
  async down(): Promise<void> {
    this.cut();
    this.#sockets?.close();
    this.#http?.closeAllConnections();
    await this.#close?.();
  }

  /** Ends all sockets without a word. */
  cut(): void {
    for (const socket of this.#sockets?.clients ?? []) socket.terminate();
  }

  async stop(): Promise<void> {
    await this.down();
  }

  get conversation(): Conversation {
    return this.conversations.at(-1)!;
  }

  /** A person takes over. */
  async joins(name: string, conversation = this.conversation): Promise<void> {
    const agent = { id: 7, name, avatar: null };
    await this.#broadcast(conversation, 'agent.joined', { conversationId: String(conversation.id), agent });
  }

  /** A person, or the bot, says something. */
  async says(
    content: string,
    author: 'agent' | 'bot' = 'agent',
    to = this.conversation,
  ): Promise<StoredLine> {
    const line = this.#store(to, content, author);
    await this.#tell(to, line);
    return line;
  }

  /** A person is typing. */
  whispers(typing: boolean, conversation = this.conversation): void {
    this.#shout(conversation, 'client-typing', { typing, name: 'Maya' });
  }

  #shout({ id }: Conversation, event: string, data: object): void {
    this.host.broadcast(`${this.words.channel}${id}`, event, data);
  }

  async #broadcast(conversation: Conversation, event: string, data: object, except?: string): Promise<void> {
    await Promise.resolve();
    this.host.broadcast(`${this.words.channel}${conversation.id}`, event, data, except ? { except } : {});
  }

  async #tell(conversation: Conversation, line: StoredLine, except?: string): Promise<void> {
    const { contract } = this.#options;
    const payload =
      contract === 'chatbot'
        ? { conversationId: String(conversation.id), message: { ...line, role: line.author } }
        : { message: line };
    await this.#broadcast(conversation, this.words.event, payload, except);
  }

  #store(
    conversation: Conversation,
    content: string,
    author: StoredLine['author'],
    client_id?: string,
  ): StoredLine {
    const created_at = new Date().toISOString();
    const line = { id: ++this.#ids, content, author, created_at, ...(client_id && { client_id }) };
    conversation.messages.push(line);
    return line;
  }

  #join(ws: WebSocket, { url, headers }: IncomingMessage): void {
    const end = this.host.accept(
      {
        send: (text) => ws.send(text),
        close: (code, reason) => (code === 1006 ? ws.terminate() : ws.close(code, reason)),
      },
      { ...(url && { url }), ...(headers.origin && { origin: headers.origin }) },
    );
    ws.on('message', (data) => end.receive(String(data)));
    ws.on('close', () => end.closed());
    ws.on('error', () => {});
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const text = await bodyOf(request);
    const cors = {
      'access-control-allow-origin': this.#options.origin ?? '*',
      'access-control-allow-headers': '*, authorization, content-type, x-socket-id, if-none-match, accept',
      'access-control-allow-methods': '*',
      'access-control-expose-headers': 'etag, retry-after',
    };
    const say = (status: number, body?: unknown): void => {
      response.writeHead(status, { ...cors, 'content-type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    if (method === 'OPTIONS') return say(204);
    this.requests.push(`${method} ${url}`);
    const { pathname, searchParams } = new URL(url, 'http://x');
    const { base, start } = this.words;
    if (pathname === '/api/chatbot/config') return say(200, this.#config());
    if (pathname === '/broadcasting/auth') return this.#sign(text, headers, say);
    const body = text && (JSON.parse(text) as Record<string, unknown>);
    if (body) this.bodies.push(body);
    if (method === 'POST' && pathname === start) return this.#start(body || {}, say);
    const [, id, what] = new RegExp(`^${base}/(\\d+)/?(\\w*)$`).exec(pathname) ?? [];
    const conversation = this.conversations.find((each) => String(each.id) === id);
    if (!conversation) return say(404, { message: 'Not found.' });
    if (headers.authorization !== `Bearer ${conversation.token}`)
      return say(401, { message: 'Unauthenticated.' });
    if (what === 'status')
      return say(200, {
        id: conversation.id,
        status: conversation.status,
        created_at: conversation.created_at,
      });
    if (what === 'escalate') return say(200, { status: 'queued', position: 1 });
    if (what !== 'messages') return say(404, { message: 'Not found.' });
    if (method === 'GET') return say(200, { messages: page(conversation.messages, searchParams) });
    return this.#hear(conversation, body || {}, headers, response, say);
  }

  #config(): object {
    const { config } = this.#options;
    return {
      realtimeProvider: 'reverb',
      reverb: { enabled: true, key: this.host.key, host: `ws://127.0.0.1:${this.port}` },
      pusher: { enabled: false, key: null, cluster: 'mt1' },
      ...config,
    };
  }

  #start(
    { client_fingerprint, restart }: Record<string, unknown>,
    say: (status: number, body: unknown) => void,
  ): void {
    if (this.offers !== undefined && restart !== true) {
      const offered = this.conversations.find(({ id }) => id === this.offers)!;
      return say(200, { resumable: { id: offered.id }, token: offered.token });
    }
    const conversation: Conversation = {
      id: 100 + this.conversations.length,
      token: randomUUID(),
      created_at: new Date().toISOString(),
      status: 'open',
      messages: [],
      fingerprint: client_fingerprint as string | undefined,
    };
    this.conversations.push(conversation);
    say(201, { conversation: { id: conversation.id }, token: conversation.token });
  }

  async #sign(
    text: string,
    headers: IncomingMessage['headers'],
    say: (status: number, body: unknown) => void,
  ): Promise<void> {
    const fields = new URLSearchParams(text);
    const channel = fields.get('channel_name') ?? '';
    const conversation = this.conversations.find(({ id }) => channel === `${this.words.channel}${id}`);
    if (!headers.authorization) return say(401, { message: 'Unauthenticated.' });
    if (headers.authorization !== `Bearer ${conversation?.token}`) return say(403, { message: 'Forbidden.' });
    say(200, await this.host.sign(fields.get('socket_id') ?? '', channel));
  }

  async #hear(
    conversation: Conversation,
    body: Record<string, unknown>,
    headers: IncomingMessage['headers'],
    response: ServerResponse,
    say: (status: number, body: unknown) => void,
  ): Promise<void> {
    const content = String(body['content'] ?? body['message'] ?? '');
    const client_id = typeof body['client_id'] === 'string' ? body['client_id'] : undefined;
    const { idempotent = true, bot = true, echoes = false } = this.#options;
    const before =
      idempotent && client_id
        ? conversation.messages.find((each) => each.client_id === client_id)
        : undefined;
    const line = before ?? this.#store(conversation, content, 'guest', client_id);
    if (!before) {
      const socketId = headers['x-socket-id'];
      await this.#tell(conversation, line, echoes ? undefined : String(socketId ?? ''));
    }
    if (this.loseAnswers > 0) {
      this.loseAnswers--;
      response.destroy();
    } else if (this.failAnswers > 0) {
      this.failAnswers--;
      say(500, { message: 'Pusher error: cURL error 7' });
    } else say(201, { message: line });
    if (bot && !before) await this.says(`You said: ${content}`, 'bot', conversation);
  }
}

/** A page of messages, as `after`, `before` and `limit` say. */
function page(messages: readonly StoredLine[], query: URLSearchParams): StoredLine[] {
  const after = Number(query.get('after') ?? 0);
  const before = Number(query.get('before') ?? Infinity);
  const limit = Number(query.get('limit') ?? 200);
  const found = messages.filter(({ id }) => id > after && id < before);
  return query.has('after') ? found.slice(0, limit) : found.slice(-limit);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
