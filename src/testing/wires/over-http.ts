import type { CompleteBackend } from '../../backends/backend.js';
import { complete } from '../../backends/complete.js';
import { httpBackend } from '../../backends/http/index.js';
import type { ServerEvent } from '../../protocol/server-event.js';
import { FakeFetch, type HttpEngine } from '../bindings/fake-fetch.js';
import type { ChatHost } from '../host/chat-host.js';
import type { MockChatServer } from '../mock-chat-server.js';
import { answerTo, bodyOf, pageFor } from './json-answer.js';
import { RequestGuest } from './request-guest.js';

/** Where what is, as the options of the backend `http` name it. */
export const HTTP_ROUTES = {
  history: { path: '/chat/{guestId}/messages' },
  events: { path: '/chat/{guestId}/events' },
  typing: { path: '/chat/{guestId}/typing' },
} as const;

/**
 * A mock server's engine for HTTP: `POST /chat`, `GET /chat/:guest/messages` and `GET /chat/:guest/events`, as docs/backends/http.md
 * describes them. It is a function from a request to an answer, for any wire.
 */
export function httpEngine(host: ChatHost): HttpEngine {
  const guests = new Map<string, RequestGuest>();
  const ears = new Map<string, Set<(event: ServerEvent) => void>>();
  const guestOf = (guestId: string): RequestGuest => {
    let guest = guests.get(guestId);
    if (!guest) {
      const heard = new Set<(event: ServerEvent) => void>();
      ears.set(guestId, heard);
      guests.set(
        guestId,
        (guest = new RequestGuest(host, guestId, (event) => heard.forEach((ear) => ear(event)))),
      );
    }
    guest.enter();
    return guest;
  };
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (request.method === 'POST' && pathname === '/chat') {
      const { message, session_id, client_id, action, reply_to } = await bodyOf(request);
      if (typeof message !== 'string' || typeof session_id !== 'string' || typeof client_id !== 'string') {
        return Response.json(
          { message: 'a message, a session_id and a client_id are needed' },
          { status: 422 },
        );
      }
      const chosen = action as { messageId: string; value: string } | undefined;
      const verdict = await guestOf(session_id).write({
        clientId: client_id,
        text: message,
        ...(chosen && { action: chosen }),
        ...(typeof reply_to === 'string' && { replyTo: reply_to }),
      });
      return answerTo(verdict, { text: message, client_id });
    }
    const [, guestId, what] = /^\/chat\/([^/]+)\/(\w+)$/.exec(pathname) ?? [];
    if (guestId === undefined) return Response.json({ message: 'not here' }, { status: 404 });
    const guest = guestOf(decodeURIComponent(guestId));
    if (what === 'typing') {
      guest.obey({ type: 'typing', active: (await bodyOf(request))['active'] === true });
      return new Response(null, { status: 204 });
    }
    if (what === 'messages') {
      const { messages, hasMore } = pageFor(guest.conversation.messages, searchParams);
      return Response.json({ messages, has_more: hasMore });
    }
    return eventStream(ears.get(guest.guestId)!);
  };
}

/** New messages as server-sent events. Such a wire knows neither who types nor pieces of a reply. */
function eventStream(ears: Set<(event: ServerEvent) => void>): Response {
  const encoder = new TextEncoder();
  let ear: (event: ServerEvent) => void;
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      ear = (event) => {
        if (event.type !== 'message') return;
        const { message } = event;
        controller.enqueue(encoder.encode(`id: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`));
      };
      ears.add(ear);
      // A first comment, so that the line is known to be open.
      controller.enqueue(encoder.encode(': open\n\n'));
    },
    cancel: () => void ears.delete(ear),
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}

/**
 * A backend in the same page that reaches a mock server over HTTP, with server-sent events.
 * @returns the network beside it, for its log and its faults; the step `fault` of scenarios spoils it, too
 */
export function overHttp(server: MockChatServer): CompleteBackend & { readonly network: FakeFetch } {
  const { clock, host } = server;
  const network = new FakeFetch(httpEngine(host), { clock });
  server.spoils(network);
  const url = 'https://mock.invalid/chat';
  const backend = httpBackend({ url, clock, fetch: network.fetch, routes: HTTP_ROUTES });
  return { ...complete(backend, clock), network };
}
