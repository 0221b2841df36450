import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Waiter {
  readonly matches: (frame: Told) => boolean;
  readonly resolve: (frame: Told) => void;
}

/** A frame as it was told. */
export interface Told {
  readonly type: string;
  // Tests look into whatever they asked for.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly [field: string]: any;
}

/** A real WebSocket in the hands of a test: waits for frames instead of for time. */
export class SocketClient {
  readonly told: Told[] = [];
  readonly socket: WebSocket;
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  #waiters: Waiter[] = [];

  private constructor(socket: WebSocket) {
    this.socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => {});
    socket.on('message', (data) => this.#hear(JSON.parse(String(data)) as Told));
  }

  /** Connects; rejects when the server refuses. */
  static async open(
    url: string,
    options: { origin?: string; protocols?: string[] } = {},
  ): Promise<SocketClient> {
    const { protocols = ['chat-widget.v1'], origin } = options;
    const socket = new WebSocket(url, protocols, { ...(origin && { origin }) });
    const client = new SocketClient(socket);
    await once(socket, 'open');
    return client;
  }

  /** A guest who said hello and has the history. */
  static async guest(url: string, hello: object = {}): Promise<SocketClient> {
    const client = await SocketClient.open(url);
    client.tell({ type: 'hello', protocol: 1, guestId: 'guest-1', ...hello });
    await client.hears('history');
    return client;
  }

  /** A person at a desk. */
  static async desk(url: string, name = 'Tom'): Promise<SocketClient> {
    const client = await SocketClient.open(url, { protocols: [] });
    client.tell({ type: 'hello', name });
    await client.hears('desk');
    return client;
  }

  tell(...frames: object[]): this {
    for (const frame of frames) this.socket.send(JSON.stringify(frame));
    return this;
  }

  /** The first frame of a type, told already or to come, that has all the given fields. */
  hears(type: string, fields: object = {}): Promise<Told> {
    const matches = (frame: Told): boolean =>
      frame.type === type && Object.entries(fields).every(([name, value]) => frame[name] === value);
    return this.until(matches);
  }

  /** The first frame, told already or to come, that a test looks for. */
  until(matches: (frame: Told) => boolean): Promise<Told> {
    const found = this.told.find(matches);
    if (found) return Promise.resolve(found);
    return new Promise((resolve) => this.#waiters.push({ matches, resolve }));
  }

  /** Forgets what was told, so that only what is new is found. */
  forget(): this {
    this.told.length = 0;
    return this;
  }

  /** What comes back with what the welcome gave. */
  get resume(): object {
    const { conversationId, guestId, resumeToken, epoch } = this.told.findLast(
      ({ type }) => type === 'welcome',
    )!;
    return { conversationId, guestId, resumeToken, epoch };
  }

  async close(): Promise<void> {
    this.socket.close();
    await this.closed;
  }

  #hear(frame: Told): void {
    this.told.push(frame);
    const hit = this.#waiters.filter(({ matches }) => matches(frame));
    this.#waiters = this.#waiters.filter((waiter) => !hit.includes(waiter));
    for (const { resolve } of hit) resolve(frame);
  }
}
