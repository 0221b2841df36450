import { SPEED, type Side } from './side.js';
import type { Visitor } from './visitor.js';

/** Where a fault happens: a side, its guest, chance and time. */
export class Stage {
  constructor(
    readonly side: Side,
    readonly visitor: Visitor,
    /** From 0 up to 1; the same for the same seed. */
    readonly random: () => number,
  ) {}

  /** Waits in the time of the page, in milliseconds. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms / SPEED));
  }

  /** Waits until something is so. @returns whether it came to be within `ms` milliseconds of the page */
  async until(is: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
    const end = performance.now() + ms / SPEED;
    for (;;) {
      if (await is()) return true;
      if (performance.now() >= end) return false;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
