import { Timer, systemClock, type Clock } from '../platform/clock.js';
import { readFrame, writeFrame, type Frame, type Framing } from '../protocol/frame.js';
import { ProtocolError } from '../protocol/read.js';
import { readCloseCode } from './close-codes.js';
import { Heartbeat } from './heartbeat.js';
import { OPEN, createSocket, silence } from './socket.js';
import { LinkError, type Link, type LinkClose, type LinkEvents, type Transport } from './transport.js';

/** The socket must open within this time (docs/protocol.md, "Timing"). */
const OPEN_TIMEOUT_MS = 10_000;
/** After an error the `close` follows at once, in milliseconds; Chromium leaves it out where the page's policy forbids the address. */
const CLOSE_MS = 100;

/** How a WebSocket line is set up. */
export interface WebSocketTransportOptions {
  /** Address, `ws:` or `wss:`. */
  url: string;
  /** Subprotocol to offer. */
  subprotocol?: string;
  /** Class to use; default the global one, looked up when a line is opened. */
  WebSocket?: typeof WebSocket;
  /** Default: the real clock. */
  clock?: Clock;
  /** How frames are written as texts. Default: one JSON object each, its name in `type`, as in docs/protocol.md. */
  framing?: Framing;
  /** How life is asked for; without it silence is never noticed. */
  heartbeat?: {
    /** Silence before a ping, in milliseconds, until the server announces another. */
    intervalMs: number;
    /** The frame that asks for a sign of life. */
    ping(now: number): Frame;
    /** Reads the interval a server announces from one of its frames. */
    announced?(frame: Frame): number | undefined;
  };
  /** Meaning of a close code. Default: the codes of docs/protocol.md. */
  readClose?(code: number, detail: string): LinkClose;
}

/** A wire of JSON text frames over WebSocket. */
export function webSocketTransport(options: WebSocketTransportOptions): Transport {
  let offered = options.subprotocol;
  return {
    name: 'websocket',
    url: options.url,
    async open(_session, events, signal) {
      signal.throwIfAborted();
      try {
        return await openLink(options, offered, events, signal);
      } catch (error) {
        // Chromium fails the handshake when a server selects none of the offered subprotocols, and says no more than
        // 1006. So every other failed attempt goes without one: servers that never heard of ours are reached, too.
        offered = offered ? undefined : options.subprotocol;
        throw error;
      }
    },
  };
}

function openLink(
  options: WebSocketTransportOptions,
  subprotocol: string | undefined,
  events: LinkEvents,
  signal: AbortSignal,
): Promise<Link> {
  const { clock = systemClock, readClose = readCloseCode } = options;
  return new Promise((resolve, reject) => {
    const socket = createSocket(options, subprotocol);
    const timeout = new Timer(clock);
    const settle = (finish: () => void): void => {
      timeout.clear();
      signal.removeEventListener('abort', onAbort);
      finish();
    };
    const giveUp = (error: unknown): void =>
      settle(() => {
        silence(socket);
        socket.close();
        reject(error);
      });
    const onAbort = (): void => giveUp(signal.reason);
    signal.addEventListener('abort', onAbort);
    timeout.set(OPEN_TIMEOUT_MS, () =>
      giveUp(new LinkError({ reason: 'late', retry: 'backoff', detail: 'the socket did not open in time' })),
    );
    socket.onopen = () => settle(() => resolve(new WebSocketLink(socket, options, clock, events)));
    socket.onclose = ({ code, reason }) => giveUp(new LinkError(readClose(code, reason)));
    // `error` says nothing that the `close` after it does not.
    socket.onerror = () => timeout.set(CLOSE_MS, () => giveUp(new LinkError(readClose(1006, ''))));
  });
}

class WebSocketLink implements Link {
  readonly #socket: WebSocket;
  readonly #options: WebSocketTransportOptions;
  readonly #events: LinkEvents;
  readonly #heartbeat: Heartbeat | undefined;

  constructor(socket: WebSocket, options: WebSocketTransportOptions, clock: Clock, events: LinkEvents) {
    this.#socket = socket;
    this.#options = options;
    this.#events = events;
    const { heartbeat, readClose = readCloseCode } = options;
    if (heartbeat) {
      this.#heartbeat = new Heartbeat({
        clock,
        intervalMs: heartbeat.intervalMs,
        ping: () => this.#ping(heartbeat.ping(clock.now())),
        onDead: () => this.#end({ reason: 'lost', retry: 'backoff', detail: 'no sign of life' }),
      });
    }
    // Without a listener some clients throw.
    socket.onerror = () => {};
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => this.#end(readClose(code, reason));
  }

  async send(frame: Frame): Promise<void> {
    this.#write(frame);
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#heartbeat?.probe(patienceMs, owedForMs);
  }

  close(reason?: string): void {
    this.#heartbeat?.stop();
    silence(this.#socket);
    this.#socket.close(1000, reason);
  }

  #ping(frame: Frame): void {
    // A socket that is closing cannot carry it; the heartbeat's verdict ends such a line.
    if (this.#socket.readyState === OPEN) this.#write(frame);
  }

  #write(frame: Frame): void {
    if (this.#socket.readyState !== OPEN) throw new Error('the socket is not open');
    for (const text of this.#options.framing?.write(frame) ?? [writeFrame(frame)]) this.#socket.send(text);
  }

  #receive(data: unknown): void {
    this.#heartbeat?.seen();
    let frame: Frame;
    try {
      frame = this.#options.framing?.read(data) ?? readFrame(data);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#events.onFault(error);
      return;
    }
    const interval = this.#options.heartbeat?.announced?.(frame);
    if (interval && this.#heartbeat) this.#heartbeat.intervalMs = interval;
    this.#events.onFrame(frame);
  }

  #end(close: LinkClose): void {
    this.close();
    this.#events.onClose(close);
  }
}
