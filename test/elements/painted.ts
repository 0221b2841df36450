/** Colours as the browser paints them. */
import type { Painted } from './contrast-of.js';

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
