import { createServer } from 'node:http';
import { WebSocket, WebSocketServer, type RawData } from 'ws';
import { listen } from './listen.js';

/** A frame as it went over the wire. */
export interface TappedFrame {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** One connection as the server's side sees it. */
export interface TappedConnection {
  /** Frames of the widget, in order. */
  readonly sent: TappedFrame[];
  /** Frames of the server, in order. */
  readonly received: TappedFrame[];
  /** How the widget closed it; undefined while it is open or when the server closed it. */
  closedWith?: { code: number; reason: string };
}

/** Stands between widgets and a chat server, passes everything on and writes it down. */
export interface Wiretap {
  readonly url: string;
  readonly connections: readonly TappedConnection[];
  /** All frames of one type that widgets have sent. */
  sent(type: string): TappedFrame[];
  /** Keeps back what the server says, until `release()`. */
  hold(): void;
  release(): void;
  close(): Promise<void>;
}

const OPEN = 1;

/**
 * @param target address of the chat server; without one the tap takes connections and never says a word
 */
export async function startWiretap(target?: string): Promise<Wiretap> {
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  const connections: TappedConnection[] = [];
  let free = (): void => {};
  let gate: Promise<void> | undefined;
  sockets.on('connection', (client) => {
    const connection: TappedConnection = { sent: [], received: [] };
    connections.push(connection);
    const line = target === undefined ? undefined : joined(client, target, connection, () => gate);
    client.on('message', (data, isBinary) => {
      connection.sent.push(JSON.parse(String(data)) as TappedFrame);
      line?.send(data, isBinary);
    });
    client.on('close', (code, reason) => {
      connection.closedWith ??= { code, reason: String(reason) };
      line?.close(code);
    });
  });
  const { url, close } = await listen(server);
  return {
    url: url.replace('http', 'ws'),
    connections,
    sent: (type) => connections.flatMap(({ sent }) => sent).filter((frame) => frame.type === type),
    hold: () => void (gate ??= new Promise((resolve) => (free = resolve))),
    release() {
      gate = undefined;
      free();
    },
    async close() {
      for (const client of sockets.clients) client.terminate();
      await close();
    },
  };
}

/** Opens the other half of the line; what the widget says before it is open waits. */
function joined(
  client: WebSocket,
  target: string,
  connection: TappedConnection,
  gate: () => Promise<void> | undefined,
): { send(data: RawData, isBinary: boolean): void; close(code: number): void } {
  const line = new WebSocket(target, client.protocol || undefined);
  const opened = new Promise((resolve) => line.once('open', resolve));
  let last: Promise<void> | undefined;
  line.on('message', (data, isBinary) => {
    connection.received.push(JSON.parse(String(data)) as TappedFrame);
    const pass = (): void => client.send(data, { binary: isBinary });
    // What waits stays in order: each frame goes behind the one before it.
    const held = gate() ?? last;
    if (held) last = (last ?? Promise.resolve()).then(() => held).then(pass);
    else pass();
  });
  line.on('error', () => client.terminate());
  line.on('close', (code, reason) => {
    if (client.readyState !== OPEN) return;
    // The server ended it: a code that may not be sent means that it went without one.
    connection.closedWith = undefined;
    if (code === 1005 || code === 1006) client.terminate();
    else client.close(code, reason);
  });
  return {
    send: (data, isBinary) => void opened.then(() => line.send(data, { binary: isBinary })),
    close: (code) => line.close(code === 1005 || code === 1006 ? undefined : code),
  };
}
