import type { Socket } from 'node:net';

/** Which way bytes go: from the browser or from the server. */
export type Way = 'fromClient' | 'fromServer';

/** What becomes of bytes: handed on, lost without a word, or kept back until they are handed on. */
export type Flow = 'pass' | 'swallow' | 'hold';

/** Both ways of a line. */
export type Flows = Readonly<Record<Way, Flow>>;

/** One TCP connection of a browser and its other half to the server. */
export class TcpLine {
  readonly #client: Socket;
  readonly #server: Socket;
  /** Set once bytes were lost: such a stream can never be whole again, so it stays dead. */
  readonly #lost = new Set<Way>();
  #flows: Flows = { fromClient: 'pass', fromServer: 'pass' };
  #over = false;

  /** @param onEnd the line is over, by whomever */
  constructor(client: Socket, server: Socket, onEnd: () => void) {
    this.#client = client;
    this.#server = server;
    this.#carry('fromClient', client, server);
    this.#carry('fromServer', server, client);
    for (const socket of [client, server]) {
      socket.on('error', () => {});
      socket.once('close', () => {
        const other = socket === client ? server : client;
        // Across a line that swallows, nobody hears of an end.
        if (this.#flow(socket === client ? 'fromClient' : 'fromServer') !== 'swallow') other.destroy();
        if (client.destroyed && server.destroyed && !this.#over) {
          this.#over = true;
          onEnd();
        }
      });
    }
  }

  /** Changes what becomes of bytes from now on. */
  set flows(flows: Flows) {
    this.#flows = flows;
    this.#steer('fromClient', this.#client);
    this.#steer('fromServer', this.#server);
  }

  /** Tears both halves down with RST, as a router does that knows the connection no more. */
  reset(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
  }

  /** Ends both halves with FIN, without a WebSocket close frame before it. */
  finish(): void {
    this.#client.end();
    this.#server.end();
  }

  #carry(way: Way, from: Socket, to: Socket): void {
    from.on('data', (bytes) => {
      if (this.#flow(way) === 'swallow') this.#lost.add(way);
      else if (!to.destroyed) to.write(bytes);
    });
    from.on('end', () => {
      if (this.#flow(way) !== 'swallow') to.end();
    });
  }

  #steer(way: Way, from: Socket): void {
    if (this.#flow(way) === 'hold') from.pause();
    else from.resume();
  }

  #flow(way: Way): Flow {
    return this.#lost.has(way) ? 'swallow' : this.#flows[way];
  }
}
