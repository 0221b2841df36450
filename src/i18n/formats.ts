const kept = new Map<object, Map<string, unknown>>();

/**
 * An `Intl` object. They are slow to make, the first of a page most of all: made when needed, and kept.
 * @param options the same object each time: what is kept is found by it
 */
export function intl<T, O extends object>(
  Kind: new (locale: string, options: O) => T,
  locale: string,
  options: O,
): T {
  let made = kept.get(options);
  if (!made) kept.set(options, (made = new Map()));
  if (!made.has(locale)) made.set(locale, new Kind(locale, options));
  return made.get(locale) as T;
}
