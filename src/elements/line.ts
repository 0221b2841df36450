import type { ConnectionState } from '../connection/status.js';
import type { ChatState } from '../conversation/state.js';

/**
 * What the guest is told about the line.
 *
 * - `calm`: nothing; `connecting`: the first attempt is under way; `reconnecting`: with the seconds to the next attempt
 * - `offline`: the browser says so; `down`: only Retry helps, or it has taken too long; `restored`: for a moment
 * - `unsaved`: the line is well, but this device keeps no messages; until the guest has seen it
 */
export interface Line {
  readonly kind: 'calm' | 'connecting' | 'reconnecting' | 'offline' | 'down' | 'restored' | 'unsaved';
  /** Seconds to the next attempt, or the number of messages that went out. */
  readonly n?: number;
}

/** A loss shorter than this is not worth a word, in milliseconds. */
export const QUIET_MS = 2_000;
/** A loss longer than this is called out of reach, in milliseconds. */
export const PATIENCE_MS = 60_000;

/**
 * Puts the state of the connection into what the guest needs to know.
 * @param lostFor how long the line has been gone, in milliseconds; undefined while it is not
 * @param now wall clock, in milliseconds since 1970
 */
export function tellLine(
  { status, retryAt }: ConnectionState,
  lostFor: number | undefined,
  restored: number | undefined,
  now: number,
  unsaved = false,
): Line {
  if (status === 'offline') return { kind: 'offline' };
  if (status === 'failed') return { kind: 'down' };
  if (lostFor !== undefined) {
    if (lostFor < QUIET_MS) return { kind: 'calm' };
    if (lostFor >= PATIENCE_MS) return { kind: 'down' };
    const seconds = retryAt === undefined ? 0 : Math.ceil((retryAt - now) / 1000);
    return seconds > 0 ? { kind: 'reconnecting', n: seconds } : { kind: 'reconnecting' };
  }
  if (status === 'connecting') return { kind: 'connecting' };
  if (restored !== undefined) return { kind: 'restored', n: restored };
  return { kind: unsaved ? 'unsaved' : 'calm' };
}

/** Watches how long the line has been gone. */
export class LineWatch {
  #lostAt: number | undefined;

  /** How long it had been gone when it was last looked at, in milliseconds; undefined while it is not, or the guest is offline. */
  lostFor: number | undefined;

  /**
   * What to tell the guest now.
   * @param now monotonic time in milliseconds: how long it has been is measured with the clock that nobody sets
   * @param wall wall clock, in milliseconds since 1970
   */
  look(
    { connection, restored, unsaved }: Pick<ChatState, 'connection' | 'restored' | 'unsaved'>,
    now: number,
    wall: number,
  ): Line {
    const { status } = connection;
    if (status === 'reconnecting') this.#lostAt ??= now;
    // After being offline the line is still gone, and the guest knows it.
    else if (status === 'offline') this.#lostAt = now - QUIET_MS;
    else if (status !== 'connecting') this.#lostAt = undefined;
    const lostFor = this.#lostAt === undefined ? undefined : now - this.#lostAt;
    this.lostFor = status === 'offline' ? undefined : lostFor;
    return tellLine(connection, lostFor, restored, wall, unsaved);
  }
}
