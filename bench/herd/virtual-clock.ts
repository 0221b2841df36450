import type { Clock, TimerHandle } from '../../src/platform/clock.js';

/** The clock of the simulation: it stands still until it is told the time. Chance comes from a seed. */
export class VirtualClock implements Clock {
  /** Milliseconds since the loss; negative before it. */
  time = 0;
  readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  now(): number {
    return this.time;
  }

  date(): number {
    return this.time;
  }

  setTimeout(): TimerHandle {
    throw new Error('the simulation keeps its own timetable');
  }

  clearTimeout(): void {}
}
