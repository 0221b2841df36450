import { createServer } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import { listen } from './listen.js';

/** What a plain chat server does beyond the contract, or instead of it. */
export interface PlainChatOptions {
  /** Whether messages have ids and times. */
  ids?: boolean;
  /** Whether a guest's message comes back to its sender, as where everybody in a room gets everything. */
  echo?: boolean;
  /** Whether each message is told in a frame of its role's type, such as `{type: 'ai', text}`, instead of `message`. */
  byType?: boolean;
  /** Whether it answers `auth`, and hangs up on whoever says something else first. */
  strict?: boolean;
  /** Whether nobody answers: it only keeps what is said. */
  silent?: boolean;
  /** Whether it confirms what it has stored, by `ack` with the client's own id, and knows a repeated one. */
  acks?: boolean;
}

/** A message as this server keeps it. */
export interface PlainMessage {
  readonly role: string;
  readonly text: string;
  readonly name?: string;
  readonly id?: string;
  readonly timestamp?: number;
}

/**
 * A guest chat over a plain WebSocket as it is found in the field: `auth` with the guest's id, `history`, `message` both ways, of
 * the roles guest, ai, staff and system. No acks, no ids unless it is told so. Its script answers by what a message says, and
 * plays the escalation to staff. It can be killed, and comes back on the same port with what it has stored.
 */
export class PlainChatServer {
  options: PlainChatOptions;
  /** What was said, by guest. Outlives the process, as a database does. */
  readonly threads = new Map<string, PlainMessage[]>();
  /** Every frame it was sent, in order. */
  readonly heard: Record<string, unknown>[] = [];
  readonly #sockets = new Map<WebSocket, string | undefined>();
  /** So many confirmations are lost from now on, with their sockets. */
  loseAcks = 0;
  readonly #clientIds = new Set<unknown>();
  readonly #staffed = new Set<string>();
  #listeners: (() => void)[] = [];
  #port = 0;
  #close: () => Promise<void> = async () => {};

  private constructor(options: PlainChatOptions) {
    this.options = options;
  }

  /** Starts one on a free port. */
  static async start(options: PlainChatOptions = {}): Promise<PlainChatServer> {
    const server = new PlainChatServer(options);
    await server.start();
    return server;
  }

  /** Its address; the same after each start. */
  get url(): string {
    return `ws://127.0.0.1:${this.#port}`;
  }

  /** Guests who are connected, one entry for each socket. */
  get guests(): string[] {
    return [...this.#sockets.values()].filter((guestId) => guestId !== undefined);
  }

  /** What was said with one guest, as `role: text`. */
  said(guestId: string): string[] {
    return this.#thread(guestId).map(({ role, text }) => `${role}: ${text}`);
  }

  /** Resolves when something holds; it is looked at after each frame that this server is sent. */
  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }

  /** Starts it again, with what it has stored. */
  async start(): Promise<void> {
    const http = createServer();
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (socket) => this.#serve(socket));
    const { port, close } = await listen(http, this.#port);
    this.#port = port;
    this.#close = close;
  }

  /** Ends it as a crash does: every socket is torn down. The port is free afterwards. */
  async kill(): Promise<void> {
    this.cut();
    await this.#close();
  }

  /** Tears every socket down; new ones can be opened. */
  cut(): void {
    for (const socket of this.#sockets.keys()) socket.terminate();
  }

  /** Says something to a guest, whether or not they are there. */
  say(guestId: string, role: string, text: string, name?: string): void {
    const { ids, byType } = this.options;
    const thread = this.#thread(guestId);
    const named = ids ? { id: `m${thread.length + 1}`, timestamp: 1_764_064_800_000 + thread.length } : {};
    const message = { role, text, ...(name && { name }), ...named };
    thread.push(message);
    if (role === 'guest' && !this.options.echo) return;
    const { role: type, ...rest } = message;
    this.tell(guestId, byType ? { type, ...rest } : { type: 'message', ...message });
  }

  /** Sends one frame to a guest. */
  tell(guestId: string, frame: object | string): void {
    const text = typeof frame === 'string' ? frame : JSON.stringify(frame);
    for (const [socket, owner] of this.#sockets) if (owner === guestId) socket.send(text);
  }

  #thread(guestId: string): PlainMessage[] {
    const thread = this.threads.get(guestId) ?? [];
    this.threads.set(guestId, thread);
    return thread;
  }

  #serve(socket: WebSocket): void {
    this.#sockets.set(socket, undefined);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (data: Buffer) => {
      const frame = JSON.parse(data.toString()) as Record<string, unknown>;
      this.heard.push(frame);
      this.#take(socket, frame);
      for (const tell of this.#listeners.splice(0)) tell();
    });
  }

  #take(socket: WebSocket, frame: Record<string, unknown>): void {
    if (frame['type'] === 'auth') return this.#admit(socket, frame);
    const guestId = this.#sockets.get(socket);
    if (guestId === undefined) return socket.close(4401, 'authenticate first');
    if (frame['type'] === 'history') {
      socket.send(JSON.stringify({ type: 'history', messages: this.#thread(guestId) }));
    } else if (frame['type'] === 'message') {
      this.#hear(socket, guestId, frame);
    }
  }

  #admit(socket: WebSocket, { guestId }: Record<string, unknown>): void {
    if (!this.options.strict) return void this.#sockets.set(socket, String(guestId));
    // It looks the guest up, and until then it knows nobody.
    setImmediate(() => {
      this.#sockets.set(socket, String(guestId));
      socket.send(JSON.stringify({ type: 'authenticated' }));
    });
  }

  #hear(socket: WebSocket, guestId: string, { text, clientId }: Record<string, unknown>): void {
    const { acks, silent } = this.options;
    const isKnown = acks && this.#clientIds.has(clientId);
    this.#clientIds.add(clientId);
    if (!isKnown) {
      if (silent) this.say(guestId, 'guest', String(text));
      else this.#answer(guestId, String(text));
    }
    if (!acks) return;
    if (this.loseAcks-- > 0) return socket.terminate();
    this.loseAcks = 0;
    socket.send(JSON.stringify({ type: 'ack', clientId }));
  }

  #answer(guestId: string, text: string): void {
    this.say(guestId, 'guest', text);
    if (/human|person|staff/.test(text)) {
      this.#staffed.add(guestId);
      this.say(guestId, 'system', 'Maya has joined the chat');
      this.say(guestId, 'staff', 'Hi, I am Maya.', 'Maya');
    } else if (this.#staffed.has(guestId)) {
      this.say(guestId, 'staff', `I see: ${text}`, 'Maya');
    } else if (text !== 'psst') {
      this.tell(guestId, { type: 'typing', role: 'ai' });
      this.say(guestId, 'ai', `You said: ${text}`);
    }
  }
}
