import type { VirtualClock } from './virtual-clock.js';

/** How the line that everybody had comes to its end. */
export interface Ending {
  /** The close code that clients see. */
  code: number;
  /** What the server announced before, in the words of docs/protocol.md. Only our client listens to it. */
  bye?: { retryAfterMs?: number; spreadMs?: number };
}

/**
 * Why an attempt failed. `refused`: nobody listens, or the backlog is full; browsers tell a close with 1006. `late`: the
 * client's own patience with a socket that does not open was over.
 */
export type Failure = 'refused' | 'late';

/** When one client of a kind comes back. It was connected for a long time before it lost its line. */
export interface ClientModel {
  /** The line ended. @returns milliseconds until the first attempt */
  lost(ending: Ending): number;
  /** An attempt begins. */
  started(): void;
  /** The attempt failed. @returns milliseconds until the next */
  failed(failure: Failure): number;
}

/** A kind of client. */
export interface ClientKind {
  readonly name: string;
  /** What decides when it comes back. */
  readonly parameters: string;
  /** Where that was read. */
  readonly source: string;
  /** How long it waits for a socket to open, in milliseconds. */
  readonly openTimeoutMs: number;
  /** Makes one client. */
  create(clock: VirtualClock): ClientModel;
}
