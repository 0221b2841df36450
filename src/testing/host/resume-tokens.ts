/** How many secrets of a conversation are valid at once. */
const VALID = 2;

/**
 * The next tokens of a conversation when a hello presented one of them. A new one is made only when the newest was
 * presented: who presents the older never got the last welcome, and must not lose the way back by trying again.
 * @param tokens oldest first
 * @param make makes a new secret
 * @returns oldest first; the last goes into the welcome
 */
export function rotate(
  tokens: readonly string[],
  presented: string | undefined,
  make: () => string,
): string[] {
  const isOlder = presented !== undefined && tokens.includes(presented) && tokens.at(-1) !== presented;
  return isOlder ? [...tokens] : [...tokens, make()].slice(-VALID);
}
