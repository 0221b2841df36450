import { fetchTexts } from './locales.js';
import type { ChatStrings, StringKey } from './strings.js';
import type { Text } from './text.js';

/** All plural categories there are. */
const CATEGORIES = ['zero', 'one', 'two', 'few', 'many', 'other'];

/** Names of the values that a text takes. */
const valuesIn = (text: Text): string[] =>
  (typeof text === 'string' ? [text] : Object.values(text)).flatMap((form: string) =>
    Array.from(form.matchAll(/\{(\w+)\}/g), ([, name]) => name!),
  );

/**
 * What is wrong with the texts that a page has set, in words that name the text.
 * @param measure all texts in some language
 */
export function textFaults(strings: unknown, measure: ChatStrings): string[] {
  if (typeof strings !== 'object' || strings === null)
    return [`strings is an object of texts, not ${kind(strings)}`];
  return Object.entries(strings).flatMap(([key, text]) =>
    Object.hasOwn(measure, key)
      ? faultOf(text, measure[key as StringKey]).map((fault) => `strings: "${key}" ${fault}`)
      : `strings: there is no text "${key}"`,
  );
}

function faultOf(text: unknown, usual: Text): string[] {
  // Undefined is what a page sets that has no text of its own.
  if (text === undefined) return [];
  if (typeof text !== 'string') {
    if (typeof text !== 'object' || text === null) return [`is a text, not ${kind(text)}`];
    const wrong = Object.entries(text).find(
      ([name, form]) => !CATEGORIES.includes(name) || typeof form !== 'string',
    );
    if (wrong) return [`has plural forms ${CATEGORIES.join(', ')}, each a text; "${wrong[0]}" is none`];
    if (!('other' in text)) return ['needs the plural form "other"'];
    if (!valuesIn(usual).includes('n')) return ['has plural forms and counts nothing'];
  }
  const known = valuesIn(usual);
  return valuesIn(text as Text)
    .filter((name) => !known.includes(name))
    .map((name) => `has no value {${name}}`);
}

const kind = (value: unknown): string => (value === null ? 'null' : typeof value);

const told = new Set<string>();

/** Says what is wrong in the console, each fault once in the life of the page. */
export async function tellTextFaults(strings: unknown): Promise<void> {
  // Any language has all texts with the same values, and only English is scattered over the parts that say it.
  const measure = (await fetchTexts('de', ['panel', 'thread', 'forms'])) as ChatStrings;
  for (const fault of textFaults(strings, measure)) {
    if (!told.has(fault)) console.warn(`<chat-widget>: ${fault}`);
    told.add(fault);
  }
}
