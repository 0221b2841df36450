import { exceedsBytes, readFrame, writeFrame, type Frame } from '../../protocol/frame.js';
import { ProtocolError } from '../../protocol/read.js';
import type { Dialect } from '../dialects/dialect.js';
import { nativeDialect } from '../dialects/native.js';
import type { ChatHost } from '../host/chat-host.js';
import type { GuestLine } from '../host/guest-line.js';

/** A socket that carries text frames, seen from the server. */
export interface TextSocket {
  /** Hands a text to the wire; does nothing when it is closed. */
  send(text: string): void;
  /** Ends it with a close code. */
  close(code: number, reason: string): void;
}

/** Joins a socket of text frames to a host: JSON, sizes, faults. Both the harness and the live server use it. */
export class TextLine {
  readonly #socket: TextSocket;
  readonly #dialect: Dialect;
  readonly #line: GuestLine;
  readonly #maxFrameBytes: number;
  #over = false;

  /** @param dialect what the frames mean; default the native protocol */
  constructor(host: ChatHost, socket: TextSocket, dialect: Dialect = nativeDialect) {
    this.#socket = socket;
    this.#dialect = dialect;
    this.#maxFrameBytes = host.limits.maxFrameBytes;
    this.#line = host.accept({
      send: (event) => {
        if (!this.#over) socket.send(writeFrame(dialect.encode(event)));
      },
      close: (code, reason) => this.#close(code, reason),
    });
  }

  /** Something arrived. */
  receive(data: unknown): void {
    if (this.#over) return;
    if (typeof data !== 'string') return this.#close(1003, 'text frames only');
    if (exceedsBytes(data, this.#maxFrameBytes)) {
      return this.#close(1009, `at most ${this.#maxFrameBytes} bytes`);
    }
    let frame: Frame | undefined;
    try {
      frame = readFrame(data);
      const command = this.#dialect.decode(frame);
      if (command) this.#line.receive(command);
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#line.fault(error, frame && messageId(frame));
    }
  }

  /** The socket was closed, by whomever. */
  closed(): void {
    if (this.#over) return;
    this.#over = true;
    this.#line.closed();
  }

  #close(code: number, reason: string): void {
    if (this.#over) return;
    this.closed();
    this.#socket.close(code, reason);
  }
}

/** The id of a malformed `send`, as far as it can be read: its sender shall hear of it. */
function messageId({ event, data }: Frame): string | undefined {
  const { clientId } = data as { clientId?: unknown };
  return event === 'send' && typeof clientId === 'string' && clientId !== '' ? clientId : undefined;
}
