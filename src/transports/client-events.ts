import type { Clock } from '../platform/clock.js';
import { exceedsBytes, type Frame } from '../protocol/frame.js';
import { isGuarded } from './pusher-frame.js';
import { RefusedError } from './transport.js';

/** Largest frame that Pusher and Reverb take, in UTF-8 bytes; a larger one costs the connection (1009). */
const MAX_FRAME_BYTES = 10_000;
/** "Is typing" is repeated at most this often, in milliseconds: servers take ten client events a second at most. */
const REPEAT_MS = 2000;

/** What a client may say on a Pusher channel by itself: events that begin with `client-`, seldom, and never content. */
export class ClientEvents {
  /** The channel they go to; public ones do not carry them on every server. */
  readonly channel: string | undefined;
  readonly #clock: Clock;
  readonly #nextAt = new Map<string, number>();
  #off = false;

  constructor(clock: Clock, channels: readonly string[]) {
    this.#clock = clock;
    this.channel = channels.find(isGuarded);
  }

  /** The server takes none. They are dropped from now on: none carries anything that must not be lost. */
  stop(): void {
    this.#off = true;
  }

  /**
   * Admits a frame.
   * @returns the text to send; undefined when the frame is dropped, because it repeats itself or nobody wants it
   * @throws {RefusedError} when it is no client event, too large, or there is no channel for it
   */
  admit({ event, data }: Frame): string | undefined {
    const { channel } = this;
    if (!event.startsWith('client-')) throw new RefusedError('invalid', `${event} is no client event`);
    if (!channel) throw new RefusedError('forbidden', 'no private channel');
    const text = JSON.stringify({ event, channel, data });
    if (exceedsBytes(text, MAX_FRAME_BYTES)) {
      throw new RefusedError('too-long', `at most ${MAX_FRAME_BYTES} bytes`);
    }
    return this.#off || this.#repeats(event, data) ? undefined : text;
  }

  #repeats(event: string, data: unknown): boolean {
    const { active, typing } = (data ?? {}) as { active?: unknown; typing?: unknown };
    if (active !== true && typing !== true) return false;
    const now = this.#clock.now();
    if (now < (this.#nextAt.get(event) ?? 0)) return true;
    this.#nextAt.set(event, now + REPEAT_MS);
    return false;
  }
}
