import { Timer, type Clock } from '../platform/clock.js';
import { HttpError, cutOff } from '../platform/http.js';
import { EventStreamParser } from './event-stream.js';

/** How an answer is read that comes in pieces. */
export interface AnswerStreamOptions {
  clock: Clock;
  /** Silence after which it counts as dead, in milliseconds. */
  silenceMs: number;
  /** One piece: an event of a `text/event-stream`, or a line of `application/x-ndjson`, as the event `message`. */
  onEvent(event: string, data: string, id: string): void;
  /** The server asks for no reconnect within so many milliseconds. */
  onRetry?(ms: number): void;
  /** Something has come, if only a comment. */
  onLife?(): void;
}

/** Longest line that is read, in UTF-16 units; a server that never ends one must not fill the memory. */
const MAX_LINE_LENGTH = 1_000_000;

/** Takes the next bytes; without any, the answer has ended. */
type Taker = (bytes?: Uint8Array) => void;

const TYPES: Readonly<Record<string, (options: AnswerStreamOptions) => Taker>> = {
  'text/event-stream': ({ onEvent, onRetry }) => {
    const parser = new EventStreamParser({
      onEvent: ({ event, data, id }) => onEvent(event, data, id),
      ...(onRetry && { onRetry }),
    });
    return (bytes) => bytes && parser.push(bytes);
  },
  'application/x-ndjson': ({ onEvent }) => {
    const decoder = new TextDecoder();
    let rest = '';
    return (bytes) => {
      // The last line needs no end.
      rest += bytes ? decoder.decode(bytes, { stream: true }) : '\n';
      const lines = rest.split('\n');
      rest = lines.pop()!;
      if (rest.length > MAX_LINE_LENGTH) throw new RangeError('a line without an end');
      for (const line of lines) if (line.trim()) onEvent('message', line, '');
    };
  },
};

/** The media type of an answer, without parameters, in small letters. */
export function mediaTypeOf(answer: Response): string {
  return (answer.headers.get('content-type') ?? '').split(';')[0]!.trim().toLowerCase();
}

/** Whether an answer comes in pieces that can be told apart. */
export function isStream(answer: Response): boolean {
  return Object.hasOwn(TYPES, mediaTypeOf(answer)) && answer.body !== null;
}

/**
 * Reads an answer for which `isStream` holds, piece by piece, to its end.
 * @throws {HttpError} `timeout` after a silence, `network` when it is cut off, `content` for an event without an end;
 *   whatever ended the request when it was aborted
 */
export async function readStream(answer: Response, options: AnswerStreamOptions): Promise<void> {
  const { clock, silenceMs, onLife } = options;
  const take = TYPES[mediaTypeOf(answer)]!(options);
  const reader = answer.body!.getReader();
  const timer = new Timer(clock);
  let silent = false;
  const watch = (): void =>
    timer.set(silenceMs, () => {
      silent = true;
      void reader.cancel().catch(() => {});
    });
  try {
    for (;;) {
      watch();
      const { done, value } = await reader.read();
      if (silent) throw new HttpError('timeout', `nothing came for ${silenceMs} ms`, answer.status);
      if (done) return take();
      onLife?.();
      take(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => {});
    if (error instanceof RangeError) throw new HttpError('content', error.message, answer.status);
    throw cutOff(error, answer);
  } finally {
    timer.clear();
  }
}
