/** A piece of streamed text and where it belongs. */
export interface Piece {
  /** UTF-16 units before it. */
  offset: number;
  text: string;
}

/**
 * Folds a piece into the text so far: appends where it meets the end, swallows what is known already.
 * @returns the new text, or undefined when something is missing before the piece
 */
export function foldDelta(soFar: string, { offset, text }: Piece): string | undefined {
  if (offset > soFar.length) return undefined;
  const end = offset + text.length;
  // A repeated piece, or a repeat of all so far: the part that is known stays as it is.
  return end > soFar.length ? soFar + text.slice(soFar.length - offset) : soFar;
}
