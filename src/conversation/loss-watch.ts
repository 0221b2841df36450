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
  /** Messages that waited for the line and have arrived since; undefined while there is nothing to say. */
  #arrived: number | undefined;

  /** @param tell how many messages went out; undefined when the moment is over */
  constructor(clock: Clock, tell: (count: number | undefined) => void) {
    this.#clock = clock;
    this.#tell = tell;
    this.#shown = new Timer(clock);
  }

  /** The line is gone. */
  lost(): void {
    this.#lostAt ??= this.#clock.now();
    this.#arrived = undefined;
  }

  /** The line is back. @param waiting how many messages waited for it */
  back(waiting: number): void {
    const lostFor = this.#clock.now() - (this.#lostAt ?? Infinity);
    this.#lostAt = undefined;
    if (lostFor < NOTICEABLE_MS) return;
    this.#arrived = 0;
    this.settled(0, waiting);
  }

  /** Messages were acknowledged. It is said when none waits any more, so that the number is true. */
  settled(arrived: number, waiting: number): void {
    if (this.#arrived === undefined) return;
    this.#arrived += arrived;
    if (waiting > 0) return;
    this.#tell(this.#arrived);
    this.#arrived = undefined;
    this.#shown.set(SHOWN_MS, () => this.#tell(undefined));
  }

  /** Says nothing more. */
  clear(): void {
    this.#shown.clear();
    this.#arrived = undefined;
  }
}
