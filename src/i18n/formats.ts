const kept = new Map<string, unknown>();

/** An `Intl` object. They are slow to make, the first of a page most of all: made when needed, and kept. */
export function intl<T, O extends object>(
  Kind: new (locale: string, options: O) => T,
  locale: string,
  options: O,
): T {
  const key = `${Kind.name} ${locale} ${Object.entries(options).join()}`;
  if (!kept.has(key)) kept.set(key, new Kind(locale, options));
  return kept.get(key) as T;
}
