/**
 * Where the line stands.
 *
 * - `idle`: not wanted yet, or the conversation is over; `connecting`: first attempt under way
 * - `online`: open and greeted; `reconnecting`: lost, or the first attempt failed; will try again
 * - `offline`: the browser says there is no network, nothing is tried; `paused`: left alone for long, or used elsewhere
 * - `failed`: only the guest or the page can help
 */
export type ConnectionStatus =
  | 'idle'
  | 'connecting'
  | 'online'
  | 'reconnecting'
  | 'offline'
  | 'paused'
  | 'failed';

/** Why the status is what it is; a `CloseReason` of the line or one of the connection's own. */
export type StatusReason = string;

/** The whole truth about the line at one moment. */
export interface ConnectionState {
  /** Where the line stands. */
  readonly status: ConnectionStatus;
  /** How many attempts in a row have failed; set while `reconnecting`. */
  readonly attempt?: number;
  /** When the next attempt is due, on the wall clock, in milliseconds since 1970; set while one is scheduled. */
  readonly retryAt?: number;
  /** Why it stands there, for the page and for diagnosis; not shown to the guest. */
  readonly reason?: StatusReason;
  /** The wire that carries, such as `websocket`, `pusher`, `reverb` or `polling`; set while `online`. */
  readonly provider?: string;
  /** The channel that it carries, where the wire has channels. */
  readonly channel?: string;
}

/** Which status may follow which. A move that is not listed is a fault of ours and is refused. */
export const TRANSITIONS: Readonly<Record<ConnectionStatus, readonly ConnectionStatus[]>> = {
  idle: ['connecting', 'offline', 'failed'],
  connecting: ['online', 'reconnecting', 'offline', 'paused', 'failed', 'idle'],
  online: ['reconnecting', 'offline', 'paused', 'failed', 'idle', 'connecting'],
  reconnecting: ['online', 'offline', 'paused', 'failed', 'idle', 'connecting'],
  offline: ['connecting', 'reconnecting', 'paused', 'failed', 'idle'],
  paused: ['connecting', 'reconnecting', 'offline', 'failed', 'idle'],
  failed: ['connecting', 'offline', 'idle'],
};

/** Whether a status may follow another; staying is always allowed, since attempt and time may change. */
export function mayFollow(from: ConnectionStatus, to: ConnectionStatus): boolean {
  return from === to || TRANSITIONS[from].includes(to);
}
