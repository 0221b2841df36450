/** A WebSocket class whose sockets are in the hands of the test. */
export function fakeWebSocket(): { WebSocket: typeof WebSocket; sockets: FakeSocket[] } {
  const sockets: FakeSocket[] = [];
  class Recorded extends FakeSocket {
    constructor(url: string, protocols?: string) {
      super(url, protocols);
      sockets.push(this);
    }
  }
  return { WebSocket: Recorded as unknown as typeof WebSocket, sockets };
}

/** As much of a WebSocket as the transport uses. */
export class FakeSocket {
  readyState = 0;
  readonly sent: unknown[] = [];
  closed: { code?: number; reason?: string } | undefined;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor(
    readonly url: string,
    readonly protocols?: string,
  ) {
    if (!/^wss?:/.test(url)) throw new DOMException('bad address', 'SyntaxError');
  }

  opens(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  receives(data: unknown): void {
    this.onmessage?.({
      data: typeof data === 'string' || data instanceof Blob ? data : JSON.stringify(data),
    });
  }

  dies(code: number, reason = ''): void {
    this.readyState = 3;
    this.onerror?.();
    this.onclose?.({ code, reason });
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number, reason?: string): void {
    this.readyState = 2;
    this.closed = { code, reason };
  }
}
