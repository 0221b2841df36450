/** As much of a socket of the official client as is used; `io()` of socket.io-client 4 gives one. */
export interface SocketIoSocket {
  /** Id that the server gave this connection. */
  readonly id?: string | undefined;
  /** Whether events can be sent. */
  readonly connected: boolean;
  /** False once the server has refused or dropped it, so that it would not come back by itself. */
  readonly active: boolean;
  /** Whether the server has given back what was missed, see "Connection state recovery" in its documentation. */
  readonly recovered: boolean;
  /** What it says of itself when it connects. */
  auth: unknown;
  /** What was emitted while nothing could be sent. */
  readonly sendBuffer: unknown[];
  /** The connection below, which belongs to this socket alone. */
  readonly io: SocketIoManager;
  /** The next event may be lost rather than wait. */
  readonly volatile: SocketIoSocket;
  connect(): unknown;
  disconnect(): unknown;
  emit(event: string, ...args: unknown[]): unknown;
  on(event: string, listener: (...args: never[]) => void): unknown;
  onAny(listener: (event: string, ...args: unknown[]) => void): unknown;
  off(): unknown;
  offAny(): unknown;
}

/** As much of the connection below as is used. */
export interface SocketIoManager extends SocketIoEmitter {
  /** What the next attempt goes by. */
  readonly opts: { transports?: unknown };
  /** The wire; another one after each attempt. */
  readonly engine: SocketIoEmitter;
  /** A socket of another namespace on the same wire. */
  socket(namespace: string): SocketIoSocket;
}

/** What tells of its events. */
export interface SocketIoEmitter {
  on(event: string, listener: (...args: never[]) => void): unknown;
  off(event: string, listener: (...args: never[]) => void): unknown;
}

/** The official client: `io` of the package `socket.io-client`, version 4. Its own types are not relied upon. */
export type SocketIo = (address: string, options: never) => unknown;

/** Makes a socket, which does not connect yet. */
export function makeSocket(io: SocketIo, address: string, options: object): SocketIoSocket {
  return io(address, options as never) as SocketIoSocket;
}
