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

/** Numbers from 0 up to 1 that follow from a seed (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
