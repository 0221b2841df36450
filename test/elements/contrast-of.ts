/** Contrast of colours, as WCAG has it. */

/** Red, green and blue, 0 to 255. */
export type Painted = readonly [red: number, green: number, blue: number];

const LINEAR = Array.from({ length: 256 }, (_, value) => {
  const part = value / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

/** Luminance as WCAG defines it, 0 to 1. */
export const luminance = ([red, green, blue]: Painted): number =>
  0.2126 * LINEAR[red]! + 0.7152 * LINEAR[green]! + 0.0722 * LINEAR[blue]!;

/** Contrast as WCAG defines it, 1 to 21. */
export function contrast(one: Painted, other: Painted): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high! + 0.05) / (low! + 0.05);
}
