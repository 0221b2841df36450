import { texts as BADGE } from './en/badge.js';
import { texts as LAUNCHER } from './en/launcher.js';
import { intl } from './formats.js';
import type { ChatStrings, StringKey } from './strings.js';
import type { PluralForms, Text } from './text.js';

const NUMBER = {};
const PLURALS = { cardinal: { type: 'cardinal' }, ordinal: { type: 'ordinal' } } as const;

/** What stands for the `{name}`s of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

/** English of the parts that are here; of the launcher from the beginning. */
let english: Partial<ChatStrings> = { ...LAUNCHER, ...BADGE };

/** Adds English texts: those of a part that has been fetched. */
export function learn(texts: Partial<ChatStrings>): void {
  english = { ...english, ...texts };
}

/** The first of the wanted locales that `Intl` understands, else English. */
export function usableLocale(...wanted: readonly (string | null | undefined)[]): string {
  for (const locale of wanted) {
    try {
      if (locale) return Intl.getCanonicalLocales(locale)[0]!;
    } catch {
      // A page may say lang="en_US" or worse; the next one counts.
    }
  }
  return 'en';
}

/** Speaks to one reader. */
export class Language {
  /**
   * @param locale how numbers and times are written, and how `strings` count
   * @param strings texts of the page, which go before all others; what cannot be read as a text is passed over
   * @param texts texts of a language, which go before the English ones
   * @param tongue the language that is spoken, English if nothing else
   */
  constructor(
    readonly locale = 'en',
    readonly strings: Partial<ChatStrings> = {},
    readonly texts: Partial<ChatStrings> = {},
    readonly tongue = 'en',
  ) {}

  /**
   * A text with its values; numbers are written as the locale does, and `n` chooses the plural form.
   * @param type `ordinal` for places in a row
   */
  text(key: StringKey, values: TextValues = {}, type: Intl.PluralRuleType = 'cardinal'): string {
    const own = this.strings[key];
    if (isText(own)) return this.#fill(own, this.locale, values, type);
    const native = this.texts[key];
    // English texts count in English, whatever the locale of the numbers in them.
    return this.#fill(native ?? english[key] ?? key, native ? this.tongue : 'en', values, type);
  }

  /** A number as the locale writes it. */
  number(value: number): string {
    return intl(Intl.NumberFormat, this.locale, NUMBER).format(value);
  }

  #fill(text: Text, spoken: string, values: TextValues, type: Intl.PluralRuleType): string {
    const form =
      typeof text === 'string'
        ? text
        : (text[intl(Intl.PluralRules, spoken, PLURALS[type]).select(+values.n!) as keyof PluralForms] ??
          text.other);
    return `${form}`.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = values[name] ?? whole;
      return typeof value === 'number' ? this.number(value) : value;
    });
  }
}

/** A page may set anything. */
const isText = (text: unknown): text is Text =>
  typeof text === 'string' || typeof (text as PluralForms | undefined)?.other === 'string';
