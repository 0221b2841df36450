/** The languages that there are texts in beside English; their doors are in `locales.ts`, which is fetched for them. */
export const TONGUES = ['ar', 'de', 'es', 'fr', 'hi', 'ja', 'ko', 'pt-BR', 'tr', 'uk', 'zh-Hans'];

/**
 * The language whose texts serve a locale: `de` for `de-AT`, `pt-BR` for `pt`.
 * @param locale a canonical BCP 47 tag
 * @returns undefined for English, and for all that there are no texts for
 */
export function tongueFor(locale: string): string | undefined {
  // Who reads traditional characters is better served by English, or by `strings`, than by simplified ones.
  if (/^zh-(?:Hant|TW|HK|MO)/.test(locale)) return undefined;
  const language = locale.split('-')[0]!;
  return TONGUES.find((tongue) => tongue.startsWith(language));
}

/** Whether a locale is written from right to left. */
export const isRtl = (locale: string): boolean => /^(?:ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/.test(locale);
