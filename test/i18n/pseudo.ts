import type { ChatStrings } from '../../src/i18n/strings.js';
import type { PluralForms, Text } from '../../src/i18n/text.js';

const ACCENTS: Readonly<Record<string, string>> = {
  a: 'å',
  c: 'ç',
  e: 'é',
  i: 'ï',
  n: 'ñ',
  o: 'ö',
  s: 'š',
  u: 'ü',
  y: 'ý',
  A: 'Å',
  C: 'Ç',
  E: 'É',
  I: 'Ï',
  N: 'Ñ',
  O: 'Ö',
  S: 'Š',
  U: 'Ü',
  Y: 'Ý',
};

/** A word with accents, longer by two fifths: the letters that it begins with are written twice. */
function stretch(word: string): string {
  const letters = [...word].map((letter) => ACCENTS[letter] ?? letter);
  return letters
    .map((letter, i) => (i < Math.ceil(letters.length * 0.4) ? letter + letter : letter))
    .join('');
}

/** A text in a language that nobody speaks, 40 % longer in every word; values keep their names. */
export function pseudo(text: Text): Text {
  if (typeof text !== 'string') {
    return Object.fromEntries(
      Object.entries(text as PluralForms).map(([name, form]: [string, string]) => [name, pseudo(form)]),
    ) as unknown as PluralForms;
  }
  return text.replace(/\{\w+\}|\p{L}+/gu, (found) => (found.startsWith('{') ? found : stretch(found)));
}

/** All texts of a table in that language. */
export const pseudoTexts = <T extends Partial<ChatStrings>>(texts: T): T =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, pseudo(text as Text)])) as T;
