import { exceedsBytes } from '../../protocol/frame.js';
import { ProtocolError } from '../../protocol/read.js';
import type { ServerEvent } from '../../protocol/server-event.js';
import type { TextSocket } from '../bindings/text-line.js';
import type { ServerEnd } from '../cable.js';
import type { Dialect } from '../dialects/dialect.js';
import { nativeDialect } from '../dialects/native.js';
import type { ChatHost } from '../host/chat-host.js';
import type { GuestLine } from '../host/guest-line.js';
import {
  ACK,
  CONNECT,
  CONNECT_ERROR,
  DISCONNECT,
  EVENT,
  readPacket,
  writePacket,
  type Packet,
} from './packet.js';

/** As a server with the usual settings, in milliseconds. */
const PING_INTERVAL_MS = 25_000;
const PING_TIMEOUT_MS = 20_000;
const MAX_PAYLOAD_BYTES = 1_000_000;

/** Close codes that are final for a widget: there Socket.IO has a word of its own, `disconnect`. */
const isFinal = (code: number): boolean => code === 1000 || code === 1008 || (code >= 4400 && code !== 4408);

/**
 * A connection of a client of Socket.IO 3 or 4, over a WebSocket: Engine.IO 4, Socket.IO 5, the main namespace. Events have
 * the names of docs/protocol.md. An event that asks for a call back gets one: `send` when the message is stored (`{id, sentAt}`)
 * or refused (`{error}`), any other at once.
 */
export class SocketIoLine implements ServerEnd {
  readonly #host: ChatHost;
  readonly #socket: TextSocket;
  readonly #dialect: Dialect;
  readonly #owed = new Map<string, number>();
  #line: GuestLine | undefined;
  #stopTimer: () => void = () => {};
  #over = false;

  /** @param sid names the connection; anything */
  constructor(host: ChatHost, socket: TextSocket, sid: string, dialect: Dialect = nativeDialect) {
    this.#host = host;
    this.#socket = socket;
    this.#dialect = dialect;
    const open = {
      sid,
      upgrades: [],
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      maxPayload: MAX_PAYLOAD_BYTES,
    };
    socket.send(`0${JSON.stringify(open)}`);
    this.#ping();
  }

  /** A text arrived. */
  receive(text: string): void {
    if (this.#over) return;
    if (exceedsBytes(text, MAX_PAYLOAD_BYTES)) return this.#end(1009, 'too large');
    const rest = text.slice(1);
    switch (text[0]) {
      case '1':
        return this.#end(1000, '');
      case '2':
        return this.#socket.send(`3${rest}`);
      case '3':
        return this.#ping();
      case '4':
        return this.#take(rest);
      default:
        return undefined;
    }
  }

  /** The connection is over. */
  closed(): void {
    if (this.#over) return;
    this.#over = true;
    this.#stopTimer();
    this.#leave();
  }

  /** In this version of the protocol the server asks, and the client answers. */
  #ping(): void {
    this.#stopTimer();
    this.#stopTimer = this.#host.later(PING_INTERVAL_MS, () => {
      this.#socket.send('2');
      this.#stopTimer = this.#host.later(PING_TIMEOUT_MS, () => this.#end(1005, 'ping timeout'));
    });
  }

  #take(text: string): void {
    let packet: Packet;
    try {
      packet = readPacket(text);
    } catch {
      return this.#end(1002, 'parse error');
    }
    const { type, namespace } = packet;
    if (namespace !== '/') {
      const data = { message: 'Invalid namespace' };
      if (type === CONNECT) this.#tell({ type: CONNECT_ERROR, namespace, data });
    } else if (type === CONNECT) this.#enter();
    else if (type === DISCONNECT) this.#leave();
    else if (type === EVENT) this.#hear(packet);
  }

  #enter(): void {
    if (this.#line) return;
    this.#tell({ type: CONNECT, namespace: '/', data: { sid: 'main' } });
    this.#line = this.#host.accept({
      send: (event) => this.#say(event),
      close: (code, reason) => {
        this.#leave();
        if (isFinal(code)) this.#tell({ type: DISCONNECT, namespace: '/' });
        this.#end(code, reason);
      },
    });
  }

  #leave(): void {
    this.#line?.closed();
    this.#line = undefined;
  }

  #hear({ id, data }: Packet): void {
    const [event, fields = {}] = Array.isArray(data) ? (data as unknown[]) : [];
    if (!this.#line || typeof event !== 'string') return;
    const { clientId } = fields as { clientId?: unknown };
    const isSend = event === 'send' && typeof clientId === 'string';
    if (id !== undefined) {
      if (isSend) this.#owed.set(clientId, id);
      else this.#tell({ type: ACK, namespace: '/', id, data: [] });
    }
    try {
      const command = this.#dialect.decode({ event, data: fields });
      if (command) this.#line.receive(command);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#line.fault(error, isSend ? clientId : undefined);
    }
  }

  #say(event: ServerEvent): void {
    if (event.type === 'ack' || event.type === 'nack') {
      const id = this.#owed.get(event.clientId);
      this.#owed.delete(event.clientId);
      if (id !== undefined) {
        const { type, clientId: _clientId, ...answer } = event;
        return this.#tell({
          type: ACK,
          namespace: '/',
          id,
          data: [type === 'ack' ? answer : { error: answer }],
        });
      }
    }
    const { event: name, data } = this.#dialect.encode(event);
    this.#tell({ type: EVENT, namespace: '/', data: [name, data] });
  }

  #tell(packet: Packet): void {
    if (!this.#over) this.#socket.send(`4${writePacket(packet)}`);
  }

  #end(code: number, reason: string): void {
    if (this.#over) return;
    this.closed();
    this.#socket.close(code, reason);
  }
}
