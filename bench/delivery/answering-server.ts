import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { listen } from '../../test/e2e/support/listen.js';

interface Stored {
  id: number;
  role: 'guest' | 'assistant';
  text: string;
  client_id?: string;
}

/** A server that answers each question in the answer to its request, and tells its messages to who asks for them. */
export class AnsweringServer {
  readonly stored: Stored[] = [];
  /** So many answers are lost after the question was stored. */
  loseAnswers = 0;
  port = 0;
  #http: Server | undefined;
  #close: (() => Promise<void>) | undefined;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async up(): Promise<void> {
    this.#http = createServer((request, response) => void this.#take(request, response));
    const { port, close } = await listen(this.#http, this.port);
    this.port = port;
    this.#close = close;
  }

  cut(): void {
    this.#http?.closeAllConnections();
  }

  async down(): Promise<void> {
    this.cut();
    await this.#close?.();
  }

  say(text: string): void {
    this.stored.push({ id: this.stored.length + 1, role: 'assistant', text });
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = '';
    for await (const part of request) body += String(part);
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('access-control-allow-headers', 'content-type, accept, authorization, if-none-match');
    if (request.method === 'OPTIONS') return void response.writeHead(204).end();
    const { searchParams } = new URL(request.url ?? '/', this.url);
    response.setHeader('content-type', 'application/json');
    if (request.method === 'GET') {
      const after = Number(searchParams.get('after') ?? 0);
      response.end(JSON.stringify({ messages: this.stored.filter(({ id }) => id > after) }));
      return;
    }
    const { message, client_id } = JSON.parse(body) as { message: string; client_id: string };
    let question = this.stored.find((each) => each.client_id === client_id);
    if (!question) {
      question = { id: this.stored.length + 1, role: 'guest', text: message, client_id };
      this.stored.push(question);
      this.say(`re ${message}`);
    }
    if (this.loseAnswers > 0) {
      this.loseAnswers--;
      response.destroy();
      return;
    }
    const answer = this.stored.find(({ text }) => text === `re ${message}`)!;
    response.end(JSON.stringify({ messages: [question, answer] }));
  }
}
