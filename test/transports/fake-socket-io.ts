import type { SocketIo, SocketIoSocket } from '../../src/transports/socket-io-client.js';

type Listener = (...args: never[]) => void;

/** What calls listeners by name, as the official client's parts do. */
class Emitter {
  readonly listeners: [string, Listener][] = [];

  on(event: string, listener: Listener): void {
    this.listeners.push([event, listener]);
  }

  off(event?: string, listener?: Listener): void {
    const kept = this.listeners.filter(
      ([name, each]) => event !== undefined && (name !== event || (listener && each !== listener)),
    );
    this.listeners.splice(0, Infinity, ...kept);
  }

  tell(event: string, ...args: unknown[]): void {
    for (const [name, listener] of [...this.listeners]) {
      if (name === event) (listener as (...args: unknown[]) => void)(...args);
    }
  }
}

/** As much of a socket of the official client as the transport uses, in the hands of a test. */
export class FakeSocketIo extends Emitter {
  id: string | undefined;
  connected = false;
  active = false;
  recovered = false;
  auth: unknown;
  sendBuffer: unknown[] = [];
  attempts = 0;
  /** What was emitted, without the callbacks. */
  readonly sent: unknown[][] = [];
  /** Callbacks of what was emitted, in order. */
  readonly acks: ((...args: unknown[]) => void)[] = [];
  /** Whether the client finds that nothing can be sent any more. */
  stuck = false;
  readonly anyListeners: ((event: string, ...args: unknown[]) => void)[] = [];
  readonly io: FakeManager;
  #volatile = false;

  constructor(manager?: FakeManager) {
    super();
    this.io = manager ?? new FakeManager();
  }

  get volatile(): this {
    this.#volatile = true;
    return this;
  }

  connect(): void {
    this.attempts++;
    this.active = true;
  }

  disconnect(): void {
    this.active = this.connected = false;
  }

  emit(event: string, ...args: unknown[]): void {
    if (this.stuck) return void this.sendBuffer.push(event);
    const done = args.at(-1);
    if (typeof done === 'function') this.acks.push(args.pop() as () => void);
    this.sent.push([...(this.#volatile ? ['volatile'] : []), event, ...args]);
    this.#volatile = false;
  }

  onAny(listener: (event: string, ...args: unknown[]) => void): void {
    this.anyListeners.push(listener);
  }

  offAny(): void {
    this.anyListeners.length = 0;
  }

  /** The server lets it in. @param pid given by servers that recover connections */
  opens(pid?: string): void {
    this.io.engine.tell('handshake', { pingInterval: 25_000 });
    this.io.tell('packet', { type: 0, data: { sid: 's', pid } });
    this.connected = true;
    this.id = 's';
    this.tell('connect');
  }

  /** The server, or the wire, turns it away. */
  fails(error: unknown, byServer = false): void {
    if (byServer) this.active = false;
    this.tell('connect_error', error);
  }

  receives(event: string, ...args: unknown[]): void {
    this.io.engine.tell('packet', {});
    for (const listener of [...this.anyListeners]) listener(event, ...args);
  }

  dies(reason: string): void {
    this.connected = false;
    this.tell('disconnect', reason);
  }
}

class FakeManager extends Emitter {
  readonly opts: { transports?: unknown } = {};
  readonly engine = new Emitter();
  knock: FakeSocketIo | undefined;

  socket(): FakeSocketIo {
    this.knock ??= new FakeSocketIo(this);
    return this.knock;
  }
}

/** A client whose sockets are in the hands of the test. */
export function fakeSocketIo(): { io: SocketIo; sockets: FakeSocketIo[]; calls: unknown[][] } {
  const sockets: FakeSocketIo[] = [];
  const calls: unknown[][] = [];
  const io = (address: string, options: never): SocketIoSocket => {
    const socket = new FakeSocketIo();
    sockets.push(socket);
    calls.push([address, options]);
    return socket as unknown as SocketIoSocket;
  };
  return { io, sockets, calls };
}
