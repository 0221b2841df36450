import type { CompleteBackend } from '../../backends/backend.js';
import { complete } from '../../backends/complete.js';
import { laravelBackend } from '../../backends/laravel/index.js';
import type { LaravelOptions } from '../../backends/laravel/wire.js';
import { FakeFetch, type HttpEngine } from '../bindings/fake-fetch.js';
import { memorySocket } from '../bindings/memory-socket.js';
import { nativeDialect } from '../dialects/native.js';
import type { ChatHost } from '../host/chat-host.js';
import { ManualClock } from '../manual-clock.js';
import type { MockChatServer } from '../mock-chat-server.js';
import { PusherHost, type PusherHostOptions } from '../pusher/pusher-host.js';
import { answerTo, bodyOf, pageFor } from './json-answer.js';
import { RequestGuest } from './request-guest.js';

const ONE = '/api/chat/{conversationId}';

/** How the backend `laravel` must be set up for a server that broadcasts the events of docs/protocol.md under their own names. */
export const PUSHER_OPTIONS = {
  channel: 'conversation.{conversationId}',
  events: {
    message: { kind: 'message', at: ['message', ''] },
    delta: 'delta',
    typing: 'typing',
    joined: 'joined',
    left: 'left',
    mode: 'mode',
  },
  fields: {
    text: 'text',
    role: 'role',
    'author.id': 'author.id',
    'author.name': 'author.name',
    'author.avatarUrl': 'author.avatarUrl',
    sentAt: 'sentAt',
    clientId: 'clientId',
    conversationId: 'conversationId',
    resumeToken: 'resumeToken',
    messages: 'messages',
    hasMore: 'hasMore',
    active: 'active',
  },
  routes: {
    end: { path: `${ONE}/end` },
    stop: { path: `${ONE}/stop`, body: { messageId: '$messageId' } },
  },
} as const satisfies Partial<LaravelOptions>;

/**
 * A mock server's engine for a chat on Laravel: routes by HTTP, as docs/backends/laravel.md names them, and broadcasts over a
 * Pusher protocol beside them, on private channels that are signed.
 */
export function laravelEngine(host: ChatHost, pusher: PusherHost): HttpEngine {
  const guests = new Map<string, RequestGuest>();
  const enter = (guestId: string): RequestGuest => {
    const guest: RequestGuest = new RequestGuest(host, guestId, (event) => {
      const { event: name, data } = nativeDialect.encode(event);
      pusher.broadcast(`private-conversation.${guest.welcome.conversationId}`, name, data);
    });
    guests.set(guest.welcome.conversationId, guest);
    return guest;
  };
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/broadcasting/auth') {
      const fields = new URLSearchParams(await request.text());
      return Response.json(
        await pusher.sign(fields.get('socket_id') ?? '', fields.get('channel_name') ?? ''),
      );
    }
    const body = request.method === 'GET' ? {} : await bodyOf(request);
    if (pathname === '/api/chat/start') {
      const { welcome } = enter(typeof body['guest_id'] === 'string' ? body['guest_id'] : 'guest-1');
      const { conversationId, resumeToken, guestId } = welcome;
      return Response.json({ conversationId, resumeToken, guestId }, { status: 201 });
    }
    const [, id = '', what] = /^\/api\/chat\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    const guest = guests.get(decodeURIComponent(id));
    if (!guest) return Response.json({ message: 'not here' }, { status: 404 });
    if (what === 'escalate') {
      guest.obey({ type: 'escalate' });
      const { mode, position, waitSeconds } = guest.conversation.record;
      return Response.json({ mode, position, waitSeconds });
    }
    if (what === 'end') {
      guest.obey({ type: 'end' });
      return Response.json({});
    }
    if (what === 'stop') {
      guest.obey({ type: 'stop', messageId: String(body['messageId']) });
      return Response.json({});
    }
    if (request.method === 'GET') return Response.json(pageFor(guest.conversation.messages, searchParams));
    const { content, client_id, action } = body;
    if (typeof content !== 'string' || typeof client_id !== 'string') {
      return Response.json({ message: 'content and client_id are needed' }, { status: 422 });
    }
    const chosen = action as { messageId: string; value: string } | undefined;
    const verdict = await guest.write({
      clientId: client_id,
      text: content,
      ...(chosen && { action: chosen }),
    });
    return answerTo(verdict, { text: content, clientId: client_id });
  };
}

/**
 * A backend in the same page that reaches a mock server as a chat on Laravel: written to by HTTP, told over the Pusher protocol,
 * handshake, signatures and all.
 * @param options the server to imitate, and its habits; default hosted Pusher
 * @returns the network of the requests and the Pusher server beside it; the step `fault` of scenarios spoils both wires
 */
export function overPusher(
  server: MockChatServer,
  options: Omit<PusherHostOptions, 'clock'> = {},
): CompleteBackend & { readonly network: FakeFetch; readonly pusher: PusherHost } {
  const { clock, host } = server;
  const pusher = new PusherHost({ ...options, clock });
  if (clock instanceof ManualClock) clock.waitsFor(() => pusher.quiet());
  server.answers('/app/', (socket, url) => pusher.accept(socket, { url }));
  const network = new FakeFetch(laravelEngine(host, pusher), { clock });
  server.spoils(network);
  const backend = laravelBackend({
    ...PUSHER_OPTIONS,
    url: 'https://mock.invalid',
    clock,
    csrfCookie: '',
    fetch: network.fetch,
    WebSocket: memorySocket(server.network, () => ''),
    transport: 'pusher',
    pusher: { key: pusher.key, host: 'mock.invalid' },
  });
  return { ...complete(backend, clock), network, pusher };
}
