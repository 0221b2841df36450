/** A text longer than this is not read out in full, in characters. */
const LONG = 500;
/** What is read of such a text, at most. */
const BEGINNING = 300;

/**
 * A text that is not too long to be listened to: up to 500 characters as it is, else its first sentences.
 * @param more says that there is more to read
 */
export function shortened(text: string, more: string, locale: string): string {
  if (text.length <= LONG) return text;
  let beginning = '';
  for (const { segment } of new Intl.Segmenter(locale, { granularity: 'sentence' }).segment(text)) {
    if (beginning.length + segment.trimEnd().length > BEGINNING) break;
    beginning += segment;
  }
  // One endless sentence is cut between words, or where there are none, between characters.
  const cut = text.slice(0, BEGINNING).replace(/\s+\S*$|[\uD800-\uDBFF]$/u, '');
  return `${beginning.trimEnd() || `${cut}…`} ${more}`;
}
