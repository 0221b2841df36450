import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as this server stores it. */
export interface StoredMessage {
  id: number;
  role: 'user' | 'assistant';
  text: string;
  client_id?: string;
}

/** What goes wrong with the next requests to a path, one each. */
export type HttpFault =
  /** The message is stored, and the answer is 500. */
  | 'stored-500'
  /** The page's proof is missing. */
  | '419'
  /** Too many; come back in two seconds. */
  | '429'
  /** The token is not valid. */
  | '401'
  /** The answer begins, and the connection breaks. */
  | 'cut'
  /** The headers do not come until the server is closed. */
  | 'stall'
  /** A page of a proxy, with status 200. */
  | 'html'
  /** Nothing more will come. */
  | '204';

/** One request as it arrived. */
export interface ArrivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const PIECES = ['Za', 'żółć ', '🐢', ' end'];

/**
 * A chat server over HTTP as they are in the field, on a real port, with faults on request. `POST /chat` stores and answers in
 * JSON; `POST /v1/chat/completions` streams, cutting characters in two; `GET /messages` has ETags; `GET /events` is an event
 * stream; every path allows other origins, and a preflight says so.
 */
export class HttpChatServer {
  readonly stored: StoredMessage[] = [];
  readonly arrived: ArrivedRequest[] = [];
  /** Preflights that were answered. */
  preflights = 0;
  /** Streams that the other side has given up. */
  givenUp = 0;
  readonly #faults = new Map<string, HttpFault[]>();
  readonly #server = createServer((request, response) => void this.#take(request, response));
  readonly #streams = new Set<ServerResponse>();
  #watchers: (() => void)[] = [];

  /** Listens on a free port. @returns the address, without a path */
  async start(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** What goes wrong with the next requests to a path. */
  fail(path: string, ...faults: HttpFault[]): void {
    this.#faults.set(path, [...(this.#faults.get(path) ?? []), ...faults]);
  }

  /** Tells everybody who listens to `/events`. */
  tell(text: string): void {
    for (const stream of this.#streams) stream.write(text);
  }

  /** Ends all event streams, by their end or by breaking the connection. */
  hangUp(broken = false): void {
    for (const stream of this.#streams) void (broken ? stream.destroy() : stream.end());
  }

  /** Resolves when something holds; looked at after each request, and when a stream ends. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', headers } = request;
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://server');
    let body = '';
    for await (const part of request.setEncoding('utf8')) body += part as string;
    response.setHeader('access-control-allow-origin', headers.origin ?? '*');
    response.setHeader('access-control-expose-headers', 'ETag, Retry-After');
    if (method === 'OPTIONS') {
      this.preflights++;
      response.setHeader('access-control-allow-headers', headers['access-control-request-headers'] ?? '');
      response.setHeader('access-control-allow-methods', 'GET, POST');
      response.writeHead(204).end();
      return;
    }
    this.arrived.push({ method, path: pathname, headers, body });
    const fault = this.#faults.get(pathname)?.shift();
    response.on('close', () => {
      if (!response.writableFinished) this.givenUp++;
      this.#streams.delete(response);
      this.#look();
    });
    this.#answer(fault, pathname, searchParams, body, headers, response);
    this.#look();
  }

  #answer(
    fault: HttpFault | undefined,
    path: string,
    query: URLSearchParams,
    body: string,
    headers: IncomingMessage['headers'],
    response: ServerResponse,
  ): void {
    if (fault === 'stall') return;
    if (fault === 'html')
      return void json(response, 200, '<h1>Sign in</h1>', { 'content-type': 'text/html' });
    if (fault === '204') return void response.writeHead(204).end();
    if (fault === '429') return void json(response, 429, { message: 'Too many' }, { 'retry-after': '2' });
    if (fault === '419' || fault === '401') return void json(response, Number(fault), { message: 'No.' });
    if (path === '/chat') return this.#chat(fault, body, response);
    if (path === '/v1/chat/completions') return this.#complete(fault, body, response);
    if (path === '/messages') return this.#list(query, headers, response);
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.flushHeaders();
      this.#streams.add(response);
      return;
    }
    json(response, 404, { message: 'Not here' });
  }

  #chat(fault: HttpFault | undefined, body: string, response: ServerResponse): void {
    const { message, client_id } = JSON.parse(body) as { message: string; client_id: string };
    if (!this.stored.some((known) => known.client_id === client_id)) {
      this.stored.push({ id: this.stored.length + 1, role: 'user', text: message, client_id });
    }
    if (fault === 'stored-500') return void json(response, 500, { message: 'Broadcast failed' });
    if (fault === 'cut') {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1000 });
      response.write('{"reply":"Hel', () => response.destroy());
      return;
    }
    json(response, 200, { reply: `re ${message}` });
  }

  #complete(fault: HttpFault | undefined, body: string, response: ServerResponse): void {
    const { stream } = JSON.parse(body) as { stream?: boolean };
    if (!stream) return void json(response, 200, { choices: [{ message: { content: PIECES.join('') } }] });
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    const events = PIECES.map(
      (content) => `data: ${JSON.stringify({ choices: [{ delta: { content }, finish_reason: null }] })}\n\n`,
    );
    const text = [': hello\n\n', ...events, 'data: {"choices":[],"usage":{}}\n\n', 'data: [DONE]\n\n'].join(
      '',
    );
    const bytes = Buffer.from(text);
    // Within the first character that takes more than a byte.
    const within = bytes.findIndex((byte) => byte > 127) + 1;
    response.write(bytes.subarray(0, within), () => {
      // Two writes in one turn may travel together.
      setImmediate(() => {
        if (fault === 'cut') return response.destroy();
        response.end(bytes.subarray(within));
        return undefined;
      });
    });
  }

  #list(query: URLSearchParams, headers: IncomingMessage['headers'], response: ServerResponse): void {
    const after = Number(query.get('after') ?? 0);
    const messages = this.stored.filter(({ id }) => id > after);
    const etag = `"${after}-${this.stored.length}"`;
    if (headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end();
    json(response, 200, { messages }, { etag });
  }

  #look(): void {
    for (const look of this.#watchers.splice(0)) look();
  }
}

function json(response: ServerResponse, status: number, value: unknown, headers: object = {}): void {
  const type = { 'content-type': 'application/json' };
  response
    .writeHead(status, { ...type, ...headers })
    .end(typeof value === 'string' ? value : JSON.stringify(value));
}
