/** One event of a `text/event-stream`. */
export interface StreamEvent {
  /** Name of the event; `message` where the server gave none. */
  readonly event: string;
  /** Its lines, joined by line feeds. */
  readonly data: string;
  /** Id of the last event that had one; what a reconnect sends as `Last-Event-ID`. */
  readonly id: string;
}

/** What a parser tells. */
export interface EventStreamOptions {
  onEvent(event: StreamEvent): void;
  /** The server asks for no reconnect within so many milliseconds. */
  onRetry?(ms: number): void;
  /** The server shows that it lives. */
  onComment?(): void;
}

/** Longest event that is read, in UTF-16 units; a server that never ends one must not fill the memory. */
const MAX_EVENT_LENGTH = 1_000_000;

/**
 * Reads `text/event-stream` piece by piece, wherever the pieces are cut: within a line, between CR and LF, within a
 * character. The rules are those of the HTML standard ("Server-sent events"); an event that is not ended is not told.
 */
export class EventStreamParser {
  readonly #options: EventStreamOptions;
  // The decoder takes off a byte order mark by itself.
  readonly #decoder = new TextDecoder();
  #rest = '';
  #afterReturn = false;
  #event = '';
  #data: string[] = [];
  #length = 0;
  #id = '';

  constructor(options: EventStreamOptions) {
    this.#options = options;
  }

  /** @throws {RangeError} when one event takes more than a million characters */
  push(bytes: Uint8Array): void {
    let text = this.#decoder.decode(bytes, { stream: true });
    if (!text) return;
    // The other half of a line end that was cut in two.
    if (this.#afterReturn && text.startsWith('\n')) text = text.slice(1);
    this.#afterReturn = text.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|\n|\r/);
    this.#rest = lines.pop()!;
    for (const line of lines) this.#take(line);
    if (this.#rest.length + this.#length > MAX_EVENT_LENGTH) throw new RangeError('an event without an end');
  }

  #take(line: string): void {
    if (line === '') return this.#dispatch();
    const colon = line.indexOf(':');
    if (colon === 0) return this.#options.onComment?.();
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#data.push(value);
      this.#length += value.length + 1;
    } else if (field === 'event') {
      this.#event = value;
    } else if (field === 'id') {
      // An id with a NUL is not one.
      if (!value.includes('\0')) this.#id = value;
    } else if (field === 'retry' && /^\d{1,9}$/.test(value)) {
      this.#options.onRetry?.(Number(value));
    }
  }

  #dispatch(): void {
    const data = this.#data.splice(0);
    const event = this.#event || 'message';
    this.#event = '';
    this.#length = 0;
    if (data.length > 0) this.#options.onEvent({ event, data: data.join('\n'), id: this.#id });
  }
}
