import { ENGLISH, type ChatStrings, type StringKey } from './strings.js';

/** What stands for the `{name}`s of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

const rules = new Map<string, Intl.PluralRules>();

/** Plural rules are slow to make and are kept. */
function pluralRules(locale: string, type: Intl.PluralRuleType): Intl.PluralRules {
  const key = type + locale;
  if (!rules.has(key)) rules.set(key, new Intl.PluralRules(locale, { type }));
  return rules.get(key)!;
}

/**
 * Puts values into a text.
 * @param strings texts that go before the English ones
 * @param values numbers are written as the locale does; `n` chooses the plural form
 * @param type `ordinal` for places in a row
 */
export function format(
  strings: Partial<ChatStrings>,
  key: StringKey,
  values: TextValues = {},
  locale = 'en',
  type: Intl.PluralRuleType = 'cardinal',
): string {
  const own = strings[key];
  const text = own ?? (ENGLISH as ChatStrings)[key];
  const form =
    typeof text === 'string'
      ? text
      : // English texts count in English, whatever the locale of the numbers in them.
        (text[pluralRules(own ? locale : 'en', type).select(+values.n!) as 'other'] ?? text.other);
  return form.replace(/\{(\w+)\}/g, (whole, name: string) => (values[name] ?? whole).toLocaleString(locale));
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
   * @param locale how numbers and times are written
   * @param strings texts that go before the English ones
   */
  constructor(
    readonly locale: string = 'en',
    readonly strings: Partial<ChatStrings> = {},
  ) {}

  /**
   * A text with its values.
   * @param type `ordinal` for places in a row
   */
  text(key: StringKey, values?: TextValues, type?: Intl.PluralRuleType): string {
    return format(this.strings, key, values, this.locale, type);
  }
}
