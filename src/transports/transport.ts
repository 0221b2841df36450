import type { Frame } from '../protocol/frame.js';
import type { ProtocolError } from '../protocol/read.js';
import type { Session } from '../protocol/session.js';

/**
 * Why a line ended, in words the connection has a policy for. A transport maps its wire's close codes to these.
 *
 * - `lost`: gone without a word; `late`: too slow to open or to answer; `restart`: the server goes down for a moment;
 *   `busy`: too many; `fault`: one side broke the protocol
 * - `refused`: not wanted here; `unauthorized`: the token is not valid; `gone`: the conversation does not exist
 * - `replaced`: another connection of this guest took over; `ended`: the conversation is over
 * - `token`: the page could not give a token
 */
export type CloseReason =
  | 'lost'
  | 'late'
  | 'restart'
  | 'busy'
  | 'fault'
  | 'refused'
  | 'unauthorized'
  | 'gone'
  | 'replaced'
  | 'ended'
  | 'token';

/** How a line ended, and whether to try again. */
export interface LinkClose {
  /** Why it ended. */
  readonly reason: CloseReason;
  /** Whether another attempt makes sense: at once, after a delay, or not at all. */
  readonly retry: 'now' | 'backoff' | 'never';
  /** Milliseconds to wait at least. */
  readonly retryAfter?: number;
  /** Width of the random part that comes on top of `retryAfter`, in milliseconds. */
  readonly spread?: number;
  /** The wire's own close code, for diagnosis. */
  readonly code?: number;
  /** The wire's own words, for diagnosis. Never shown to the guest. */
  readonly detail?: string;
}

/**
 * What a wire tells for status and diagnosis; a chat works without it.
 *
 * - `wire`: frames come by this provider now, on this channel where the wire has channels
 * - `attempt`: a try to open something, or a request, and how it ended; never with a secret in its address
 * - `ignored`: a frame came whose name means nothing here
 */
export type LinkReport =
  | { readonly kind: 'wire'; readonly provider: string; readonly channel?: string }
  | ({ readonly kind: 'attempt' } & LinkAttempt)
  | { readonly kind: 'ignored'; readonly event: string };

/** One try to open something, or one request. */
export interface LinkAttempt {
  /** Short name of the wire. */
  readonly transport: string;
  /** Address, without secrets. */
  readonly url?: string;
  /** `open`, or why it came to nothing. */
  readonly outcome: 'open' | CloseReason;
  /** The wire's own code: a close code or an HTTP status. */
  readonly code?: number;
  /** The wire's own words. */
  readonly detail?: string;
  /** How long it took, in milliseconds; of a line that was open, how long it lived. */
  readonly ms: number;
  /** Set for the end of a line that was open. */
  readonly ended?: true;
}

/** What a link tells its owner. */
export interface LinkEvents {
  /** A frame arrived. */
  onFrame(frame: Frame): void;
  /** Something arrived that is no frame. The link stays open. */
  onFault(error: ProtocolError): void;
  /** Called once, and nothing after it. Not called when `open` rejects. */
  onClose(close: LinkClose): void;
  /** Something for status and diagnosis, also while the line is being opened. */
  onReport?(report: LinkReport): void;
}

/** One open line. It lives once: opened, carrying, closed. */
export interface Link {
  /** Hands a frame over; resolves with the wire's own reply where it has one. Rejects when it could not be handed over. */
  send(frame: Frame): Promise<Frame | void>;
  /**
   * Asks for a sign of life; the link closes as `lost` when none comes.
   * @param patienceMs how long to wait, in milliseconds; default 5000
   * @param owedForMs how long an answer has been owed already, in milliseconds; counts against the patience unless the
   *   link has shown a sign of life since. Default 0
   */
  probe(patienceMs?: number, owedForMs?: number): void;
  /** Ends the line from our side; `onClose` is not called. Safe to call twice. */
  close(reason?: string): void;
  /**
   * Fetches once more what has come until now, before a better line takes its place. Rejects when that could not be done.
   * Missing where a wire brings everything by itself.
   */
  drain?(): Promise<void>;
}

/** A kind of wire: framing, handshake, liveness and close codes. Knows no chat. */
export interface Transport {
  /** Short name, for status and diagnosis. */
  readonly name: string;
  /** Where it leads, for diagnosis; without secrets. */
  readonly url?: string;
  /**
   * Opens a new line.
   * @throws {LinkError} when it could not be opened; an `AbortError` when `signal` fired
   */
  open(session: Session, events: LinkEvents, signal: AbortSignal): Promise<Link>;
}

/**
 * The wire refused one frame, and the line goes on: the answer to an HTTP request was an error, or a frame is too large.
 * Thrown by `Link.send`.
 */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  constructor(
    /** A code of a `nack` (docs/protocol.md), such as `too-long`, `rate-limited`, `forbidden`, `invalid`, `internal`. */
    readonly code: string,
    message: string,
    /** With it, the frame may be sent again after this time, in milliseconds; without it the refusal is final. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

/** A line could not be opened. */
export class LinkError extends Error {
  override readonly name = 'LinkError';
  constructor(
    /** What the failed attempt means for the next one. */
    readonly close: LinkClose,
  ) {
    super(close.detail || `line not opened: ${close.reason}`);
  }
}
