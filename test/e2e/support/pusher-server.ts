import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { PusherHost, type PusherHostOptions } from '../../../src/testing/pusher/pusher-host.js';
import type { PusherMember } from '../../../src/testing/pusher/pusher-room.js';
import { listen } from './listen.js';

/** What the backend was asked when a channel was to be signed. */
export interface AuthCall {
  readonly headers: IncomingMessage['headers'];
  readonly socketId: string;
  readonly channel: string;
}

/** A Pusher server on real sockets, with a backend that signs channels. */
export interface PusherServer {
  readonly host: PusherHost;
  readonly port: number;
  /** Address of the app, for our own transport. */
  readonly url: string;
  /** Address of the channel authorisation. */
  readonly authUrl: string;
  readonly authCalls: readonly AuthCall[];
  /** Resolves when a client says an event, from now on. */
  hears(event: string): Promise<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** How a backend answers. */
export interface PusherServerOptions extends PusherHostOptions {
  /** Who the caller is on presence channels; the name after `Bearer` by default. */
  member?(call: AuthCall): PusherMember;
  /** Status of a refusal; undefined when the channel is signed. */
  refuses?(call: AuthCall): number | undefined;
  /** Whether signatures are made with a wrong secret. */
  forges?: boolean;
}

/** Starts one on a free port. */
export async function startPusherServer(options: PusherServerOptions = {}): Promise<PusherServer> {
  const host = new PusherHost(options);
  const signer = options.forges ? new PusherHost({ ...options, secret: 'not-the-secret' }) : host;
  const authCalls: AuthCall[] = [];
  const http = createServer((request, response) => void authorise(request, response));
  const sockets = new WebSocketServer({ server: http });
  const ears = new Set<(said: Record<string, unknown>) => void>();
  sockets.on('connection', (socket, request) => {
    join(host, socket, request);
    socket.on('message', (data) => {
      const said = JSON.parse(String(data)) as Record<string, unknown>;
      for (const ear of [...ears]) ear(said);
    });
  });
  const { port, close } = await listen(http);

  async function authorise(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fields = new URLSearchParams(await bodyOf(request));
    const call = {
      headers: request.headers,
      socketId: fields.get('socket_id') ?? '',
      channel: fields.get('channel_name') ?? '',
    };
    authCalls.push(call);
    const status = options.refuses?.(call);
    response.writeHead(status ?? 200, { 'content-type': 'application/json' });
    if (status !== undefined) return void response.end('{"message":"no"}');
    const member = options.member ?? bearer;
    const isPresence = call.channel.startsWith('presence-');
    response.end(
      JSON.stringify(await signer.sign(call.socketId, call.channel, isPresence ? member(call) : undefined)),
    );
  }

  return {
    host,
    port,
    url: `ws://127.0.0.1:${port}/app/${host.key}?protocol=7`,
    authUrl: `http://127.0.0.1:${port}/broadcasting/auth`,
    authCalls,
    hears: (event) =>
      new Promise((resolve) => {
        const ear = (said: Record<string, unknown>): void => {
          if (said.event !== event || !ears.delete(ear)) return;
          resolve(said);
        };
        ears.add(ear);
      }),
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await close();
    },
  };
}

function bearer({ headers }: AuthCall): PusherMember {
  const name = headers.authorization?.replace('Bearer ', '') ?? 'nobody';
  return { user_id: name, user_info: { id: name } };
}

function join(host: PusherHost, socket: WebSocket, { url, headers }: IncomingMessage): void {
  const { origin } = headers;
  const end = host.accept(
    {
      send: (text) => socket.send(text),
      close: (code, reason) => {
        // Codes that no close frame carries.
        if (code === 1006) socket.terminate();
        else socket.close(code, reason);
      },
    },
    { ...(url !== undefined && { url }), ...(origin !== undefined && { origin }) },
  );
  socket.on('message', (data) => end.receive(String(data)));
  socket.on('close', () => end.closed());
  socket.on('error', () => {});
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
