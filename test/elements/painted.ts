/** Colours as the browser paints them, and their contrast. */

/** Red, green and blue, 0 to 255. */
export type Painted = readonly [red: number, green: number, blue: number];

/** Pixels side by side in the canvas. */
const WIDTH = 512;

/**
 * What is on the screen where layers of colour lie over each other: a canvas takes whatever CSS computes, and cuts off
 * what the screen cannot show as the page does.
 * @param stacks each from the lowest layer to the highest
 */
export function paint(stacks: readonly (readonly string[])[]): Painted[] {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = Math.ceil(stacks.length / WIDTH);
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  stacks.forEach((layers, i) => {
    for (const layer of layers) {
      context.fillStyle = layer;
      context.fillRect(i % WIDTH, Math.floor(i / WIDTH), 1, 1);
    }
  });
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return stacks.map((_, i) => [data[4 * i]!, data[4 * i + 1]!, data[4 * i + 2]!]);
}

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
