import { ENGLISH, type ChatStrings, type StringKey } from './strings.js';

/** What stands for the `{name}`s of a text. */
export type TextValues = Readonly<Record<string, string | number>>;

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
  const text = own ?? ENGLISH[key];
  // English texts count in English, whatever the locale of the numbers in them.
  const form = (rules: Intl.PluralRules): string =>
    typeof text === 'string' ? text : (text[rules.select(Number(values.n)) as 'other'] ?? text.other);
  return form(pluralRules(own ? locale : 'en', type)).replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name] ?? whole;
    return typeof value === 'number' ? numbers(locale).format(value) : value;
  });
}

/** Remembers what `make` made, since `Intl` objects are slow to make. */
function cached<T>(make: (locale: string, ...rest: string[]) => T): (locale: string, ...rest: string[]) => T {
  const made = new Map<string, T>();
  return (...args) => {
    const key = args.join();
    if (!made.has(key)) made.set(key, make(...args));
    return made.get(key)!;
  };
}

const numbers = cached((locale) => new Intl.NumberFormat(locale));
const pluralRules = cached(
  (locale, type) => new Intl.PluralRules(locale, { type: type as Intl.PluralRuleType }),
);
const dates = cached((locale, dateStyle, timeStyle) => {
  const style = (name: string | undefined) => (name || undefined) as 'short' | undefined;
  return new Intl.DateTimeFormat(locale, { dateStyle: style(dateStyle), timeStyle: style(timeStyle) });
});
const weekdays = cached((locale) => new Intl.DateTimeFormat(locale, { weekday: 'long' }));

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

/** Speaks to one reader: texts, times and days in their language. */
export class Language {
  /**
   * @param locale how numbers and times are written
   * @param strings texts that go before the English ones
   */
  constructor(
    readonly locale: string = 'en',
    readonly strings: Partial<ChatStrings> = {},
  ) {}

  /** A text with its values. */
  text(key: StringKey, values?: TextValues): string {
    return format(this.strings, key, values, this.locale);
  }

  /** A place in a row, such as "2nd". */
  place(n: number): string {
    return format(this.strings, 'person.nth', { n }, this.locale, 'ordinal');
  }

  /** Time of day. */
  time(time: number): string {
    return dates(this.locale, '', 'short').format(time);
  }

  /** Date and time in full. */
  moment(time: number): string {
    return dates(this.locale, 'full', 'short').format(time);
  }

  /** Today, yesterday, the weekday within a week, else the date. */
  day(time: number, now: number = Date.now()): string {
    // Noon to noon, so that a day of 23 or 25 hours counts as one.
    const noon = (at: number): number => new Date(at).setHours(12, 0, 0, 0);
    const days = Math.round((noon(now) - noon(time)) / 86_400_000);
    if (days === 0) return this.text('log.today');
    if (days === 1) return this.text('log.yesterday');
    return (days > 1 && days < 7 ? weekdays(this.locale) : dates(this.locale, 'long', '')).format(time);
  }
}
