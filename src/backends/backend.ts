import type { Clock } from '../platform/clock.js';
import type { Codec } from '../protocol/codec.js';
import type { LooseEvent } from '../protocol/loose-event.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Transport } from '../transports/transport.js';

/** A backend: a wire, a way to speak on it, and whatever it takes to start a session there. */
export interface Backend {
  /** Short name, for status and diagnosis. */
  readonly name: string;
  /** The wire. */
  readonly transport: Transport;
  /** The way to speak on it. */
  readonly codec: Codec<LooseEvent>;
}

/** A backend that keeps all that docs/protocol.md promises. */
export interface CompleteBackend extends Backend {
  /** The way to speak on it; everything an event has is there. */
  readonly codec: Codec<ServerEvent>;
}

/** Whether a backend keeps all promises by itself; what others lack is filled in by `complete()`. */
export function isComplete(backend: Backend): backend is CompleteBackend {
  const { ack, greets, resend, resume } = backend.codec.traits;
  return greets && ack === 'event' && resend === 'safe' && resume === 'cursor';
}

/** What a named backend is made from. */
export interface BackendOptions {
  /** Absolute address of the backend. */
  url: string;
  /** WebSocket class to use. Default: the global one. */
  WebSocket?: typeof WebSocket;
  /** Default: the real clock. */
  clock?: Clock;
}

/** Codes of `BackendError`; they appear as codes of `chat-error`. */
export type BackendErrorCode =
  | 'backend-unknown'
  | 'backend-reserved'
  | 'options-invalid'
  | 'preset-unknown'
  | 'config'
  | 'scenario-invalid'
  | 'scenario-unknown'
  | 'url-missing'
  | 'url-invalid';

/** A backend could not be made from the options given. */
export class BackendError extends Error {
  override readonly name = 'BackendError';
  constructor(
    /** What was wrong. */
    readonly code: BackendErrorCode,
    message: string,
  ) {
    super(message);
  }
}
