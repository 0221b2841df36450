import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Network } from '../src/testing/index.js';
import { bodyOf, socketAddress } from './http-wire.js';

/** Stands between the packets of one answer. */
const SEPARATOR = '\u001E';

/** A session that polls: what waits for it, and the request that waits for something. */
interface Session {
  send(packets: string): void;
  close(): void;
  waiting: string[];
  poll: ServerResponse | undefined;
  over: boolean;
}

/**
 * Engine.IO 4 over requests, as clients of Socket.IO begin unless they are told to use WebSocket alone. A session stays on
 * requests: it is offered no other wire.
 */
export class EnginePolling {
  readonly #network: Network;
  readonly #sessions = new Map<string, Session>();

  constructor(network: Network) {
    this.#network = network;
  }

  /** Answers a request to `/socket.io/`. */
  async answer(request: IncomingMessage, response: ServerResponse, address: URL): Promise<void> {
    const { searchParams } = address;
    const sid = searchParams.get('sid');
    const refuse = (code: number, message: string): void =>
      void response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ code, message }));
    if (searchParams.get('transport') !== 'polling') return refuse(0, 'Transport unknown');
    if (searchParams.get('EIO') !== '4') return refuse(5, 'Unsupported protocol version');
    if (sid === null) return this.#begin(response, address);
    const session = this.#sessions.get(sid);
    if (!session) return refuse(1, 'Session ID unknown');
    if (request.method === 'POST') {
      session.send(await bodyOf(request));
      response.writeHead(200, { 'content-type': 'text/html' }).end('ok');
    } else {
      // A second poll ends the first.
      session.poll?.destroy();
      session.poll = response;
      response.on('close', () => {
        if (session.poll === response) session.poll = undefined;
      });
      flush(session);
    }
    return undefined;
  }

  /** Ends all sessions. */
  close(): void {
    for (const session of this.#sessions.values()) session.close();
  }

  #begin(response: ServerResponse, address: URL): void {
    const sid = randomUUID();
    const session: Session = {
      waiting: [],
      poll: response,
      over: false,
      send(packets) {
        for (const packet of packets.split(SEPARATOR)) grip.send(packet);
      },
      close: () => grip.close(1000, ''),
    };
    const grip = this.#network.dial(
      {
        opened: () => void this.#sessions.set(sid, session),
        received(text) {
          // The double names connections in a way of its own; polls are found by one that nobody guesses.
          session.waiting.push(text.startsWith('0') ? withSid(text, sid) : text);
          flush(session);
        },
        closed: (code) => {
          this.#sessions.delete(sid);
          session.over = true;
          if (code !== 1006) flush(session);
          session.poll?.destroy();
        },
      },
      socketAddress(address),
    );
  }
}

function flush(session: Session): void {
  const { poll, waiting, over } = session;
  if (!poll || (waiting.length === 0 && !over)) return;
  session.poll = undefined;
  // A packet of type 1 is the end.
  const packets = over ? [...waiting, '1'] : waiting;
  session.waiting = [];
  poll.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(packets.join(SEPARATOR));
}

function withSid(text: string, sid: string): string {
  const open = JSON.parse(text.slice(1)) as Record<string, unknown>;
  return `0${JSON.stringify({ ...open, sid })}`;
}
