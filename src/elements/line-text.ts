import type { Language } from '../i18n/language.js';
import type { StringKey } from '../i18n/strings.js';
import type { Line } from './line.js';

/** What is said of the line, where there is anything to say. */
const TEXTS: Readonly<Partial<Record<Line['kind'], StringKey>>> = {
  reconnecting: 'net.reconnecting',
  offline: 'net.offline',
  down: 'net.down',
  restored: 'net.restored',
  unsaved: 'store.unsaved',
};

/** The first sentence of a text, and what follows it: in some languages after a space, in some at once. */
const FIRST_SENTENCE = /^(.+?(?:[…。！？]|[.!?।؟](?=\s|$)))(.*)$/su;

/**
 * News of the line, as their first sentence and what follows it.
 * @returns undefined when there are none
 */
export function lineText({ kind, n }: Line, language: Language): readonly [string, string] | undefined {
  const key = TEXTS[kind];
  if (!key) return undefined;
  const text = language.text(key, { n: n ?? 0 });
  const [, first = text, rest = ''] = FIRST_SENTENCE.exec(text) ?? [];
  // What counts is cut to its first sentence where there is nothing to count.
  const counts = kind === 'reconnecting' || kind === 'restored';
  return [first, counts && !n ? '' : rest];
}
