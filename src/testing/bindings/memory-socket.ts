import type { ClientGrip, Dialer } from './client-end.js';

const CONNECTING = 0;
const OPEN = 1;
const CLOSING = 2;
const CLOSED = 3;

/** An event of a socket: `Event` with the fields of `MessageEvent` or `CloseEvent`, which Node does not all have. */
class SocketEvent extends Event {
  constructor(type: string, fields: object = {}) {
    super(type);
    Object.assign(this, fields);
  }
}

/** What a socket calls beside its listeners. */
type Handler = ((event: Event) => void) | null;

/**
 * A WebSocket class whose sockets end at a network of the same page: no time passes between both ends beside the
 * network's own, so a `ManualClock` drives it completely. Carries text only.
 */
export function memorySocket(
  dialer: Dialer,
  selectProtocol: (offered: readonly string[]) => string,
): typeof WebSocket {
  class MemorySocket extends EventTarget {
    static readonly CONNECTING = CONNECTING;
    static readonly OPEN = OPEN;
    static readonly CLOSING = CLOSING;
    static readonly CLOSED = CLOSED;
    readonly url: string;
    readonly bufferedAmount = 0;
    readonly extensions = '';
    protocol = '';
    binaryType = 'blob';
    readyState = CONNECTING;
    onopen: Handler = null;
    onmessage: Handler = null;
    onclose: Handler = null;
    onerror: Handler = null;
    readonly #grip: ClientGrip;

    constructor(url: string | URL, protocols: string | string[] = []) {
      super();
      this.url = String(url);
      this.#grip = dialer.dial(
        {
          opened: () => {
            this.readyState = OPEN;
            this.protocol = selectProtocol([protocols].flat());
            this.#tell('open');
          },
          received: (data) => {
            if (this.readyState === OPEN) this.#tell('message', { data });
          },
          closed: (code, reason) => this.#end(code, reason),
        },
        this.url,
      );
    }

    send(data: string): void {
      if (this.readyState === CONNECTING) {
        throw new DOMException('Still in CONNECTING state.', 'InvalidStateError');
      }
      if (this.readyState === OPEN) this.#grip.send(data);
    }

    close(code = 1005, reason = ''): void {
      if (this.readyState >= CLOSING) return;
      const opened = this.readyState === OPEN;
      this.readyState = CLOSING;
      this.#grip.close(code, reason);
      queueMicrotask(() => this.#end(opened ? code : 1006, opened ? reason : ''));
    }

    #end(code: number, reason: string): void {
      if (this.readyState === CLOSED) return;
      this.readyState = CLOSED;
      if (code === 1006) this.#tell('error');
      this.#tell('close', { code, reason, wasClean: code !== 1006 });
    }

    #tell(type: 'open' | 'message' | 'close' | 'error', fields?: object): void {
      const event = new SocketEvent(type, fields);
      this[`on${type}`]?.(event);
      this.dispatchEvent(event);
    }
  }
  // It has what a widget uses of a WebSocket; the rest, binary data and the types of the handlers, it has not.
  return MemorySocket as unknown as typeof WebSocket;
}
