import { ProtocolError, id, plainObject } from './read.js';

/** What any wire carries: a name and its data. Codecs give it meaning, transports give it bytes. */
export interface Frame {
  /** Name of the event on the wire. */
  readonly event: string;
  /** Untrusted payload. */
  readonly data: unknown;
}

/** How frames become the texts of a wire, and texts frames. */
export interface Framing {
  /** The texts of a frame, in the order in which they are sent: one, as a rule. */
  write(frame: Frame): readonly string[];
  /**
   * Reads one text.
   * @throws {ProtocolError} when it is no frame
   */
  read(text: unknown): Frame;
}

/** Largest frame that is parsed at all, in UTF-8 bytes (docs/protocol.md, "Carriage"). */
export const MAX_FRAME_BYTES = 256 * 1024;

/** Length of a text in UTF-8 bytes. */
export function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Whether a text takes more than `limit` UTF-8 bytes; counts only when the cheap bounds do not decide. */
export function exceedsBytes(text: string, limit: number): boolean {
  // A UTF-16 unit is one to three bytes in UTF-8, so most texts are decided without encoding them.
  if (text.length > limit) return true;
  if (text.length * 3 <= limit) return false;
  return utf8Bytes(text) > limit;
}

/** The text of a frame: one JSON object with its name as `type` beside its data. */
export function writeFrame({ event, data }: Frame): string {
  return JSON.stringify({ type: event, ...(data as object) });
}

/**
 * Reads the text of a frame.
 * @throws {ProtocolError} when it is binary, too large, not JSON, not an object or without a type
 */
export function readFrame(text: unknown): Frame {
  const { type, ...data } = readJsonObject(text);
  return { event: id(type, 'type'), data };
}

/**
 * Reads the one JSON object that a frame of text is, on any wire.
 * @throws {ProtocolError} when it is binary, too large, not JSON or not an object
 */
export function readJsonObject(text: unknown): Record<string, unknown> {
  return plainObject(readJson(text), '');
}

/**
 * Reads the JSON that a frame of text is.
 * @param maxBytes largest that is parsed at all, in UTF-8 bytes
 * @throws {ProtocolError} when it is binary, too large or not JSON
 */
export function readJson(text: unknown, maxBytes = MAX_FRAME_BYTES): unknown {
  if (typeof text !== 'string') throw new ProtocolError('', 'text, not binary data');
  if (exceedsBytes(text, maxBytes)) throw new ProtocolError('', `at most ${maxBytes} bytes`);
  try {
    return JSON.parse(text);
  } catch {
    throw new ProtocolError('', 'JSON');
  }
}
