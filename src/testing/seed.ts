/**
 * Chance that is the same in every run: a generator of numbers from 0 up to, but not including, 1.
 * @param seed any number; another one is another run
 */
export function seeded(seed: number): () => number {
  // Mulberry32 by Tommy Ettinger, in the public domain: 32 bits of state, and good enough to pick pauses.
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
