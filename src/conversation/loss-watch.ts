import { Timer, type Clock } from '../platform/clock.js';

/** "Back online" is said only when the loss was noticeable, in milliseconds. */
const NOTICEABLE_MS = 2000;
/** How long it is said, in milliseconds. */
const SHOWN_MS = 3000;

/** Says for a moment that the line is back, after it was gone long enough to be noticed. */
export class LossWatch {
  readonly #clock: Clock;
  readonly #tell: (count: number | undefined) => void;
  readonly #shown: Timer;
  #lostAt: number | undefined;

  /** @param tell how many messages waited; undefined when the moment is over */
  constructor(clock: Clock, tell: (count: number | undefined) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#shown = new Timer(clock);
  }

  /** The line is gone. */
  lost(): void {
    this.#lostAt ??= this.#clock.now();
  }

  /** The line is back, and so many messages waited for it. */
  back(waited: number): void {
    const lostFor = this.#clock.now() - (this.#lostAt ?? Infinity);
    this.#lostAt = undefined;
    if (lostFor < NOTICEABLE_MS) return;
    this.#tell(waited);
    this.#shown.set(SHOWN_MS, () => this.#tell(undefined));
  }

  /** Says nothing more. */
  clear(): void {
    this.#shown.clear();
  }
}
