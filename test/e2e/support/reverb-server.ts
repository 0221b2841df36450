import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer } from 'ws';
import { PusherHost } from '../../../src/testing/pusher/pusher-host.js';
import { HOST, listen } from './listen.js';

/** The app that a Reverb, or what stands in for it, is set up with. */
export const APP = { id: 'chat', key: 'chat-key', secret: 'chat-secret' } as const;

/**
 * Stands in for Reverb where that cannot be had: the sockets of the Pusher protocol, and the HTTP API by which a backend
 * broadcasts, with its signatures looked at. It can be ended and comes back on the same port.
 */
export class ReverbServer {
  readonly port: number;
  #host = newHost();
  #end: (() => Promise<void>) | undefined;

  /** @param port a free one */
  constructor(port: number) {
    this.port = port;
  }

  async up(): Promise<void> {
    const host = newHost();
    const http = createServer((request, response) => {
      this.#publish(request, response).catch(() => response.destroy());
    });
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (ws, { url, headers }) => {
      const end = host.accept(
        {
          send: (text) => ws.send(text),
          close: (code, reason) => (code === 1006 ? ws.terminate() : ws.close(code, reason)),
        },
        { ...(url && { url }), ...(headers.origin && { origin: headers.origin }) },
      );
      ws.on('message', (data) => end.receive(String(data)));
      ws.on('close', () => end.closed());
      ws.on('error', () => {});
    });
    const { close } = await listen(http, this.port);
    this.#host = host;
    this.#end = async () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await close();
    };
  }

  async down(): Promise<void> {
    await this.#end?.();
    this.#end = undefined;
  }

  /** `POST /apps/{id}/events`, as the libraries of Pusher sign it. */
  async #publish(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '' } = request;
    const body = await bodyOf(request);
    const { pathname, searchParams } = new URL(url, `http://${HOST}`);
    const say = (status: number, answer: object): void =>
      void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    if (method !== 'POST' || pathname !== `/apps/${APP.id}/events`) return say(404, {});
    const signature = searchParams.get('auth_signature');
    searchParams.delete('auth_signature');
    searchParams.sort();
    const signed = [method, pathname, decodeURIComponent(String(searchParams))].join('\n');
    const isSigned = createHmac('sha256', APP.secret).update(signed).digest('hex') === signature;
    const isWhole = createHash('md5').update(body).digest('hex') === searchParams.get('body_md5');
    if (!isSigned || !isWhole) return say(401, { error: 'Authentication signature invalid.' });
    const { name, data, channels, channel, socket_id } = JSON.parse(body) as Record<string, string> & {
      channels?: string[];
    };
    for (const each of channels ?? [channel!]) {
      this.#host.broadcast(each, name!, data, socket_id ? { except: socket_id } : {});
    }
    say(200, {});
  }
}

function newHost(): PusherHost {
  return new PusherHost({ personality: 'reverb', key: APP.key, secret: APP.secret });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
