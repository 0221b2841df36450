import type { Language } from './language.js';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are slow to make and are kept. */
function write(time: number, locale: string, style: Intl.DateTimeFormatOptions): string {
  const key = locale + Object.entries(style).join();
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, style));
  return formats.get(key)!.format(time);
}

/** Time of day. */
export const timeOf = (time: number, { locale }: Language): string =>
  write(time, locale, { timeStyle: 'short' });

/** Date and time in full. */
export const momentOf = (time: number, { locale }: Language): string =>
  write(time, locale, { dateStyle: 'full', timeStyle: 'short' });

/** Today, yesterday, the weekday within a week, else the date. */
export function dayOf(time: number, language: Language, now: number = Date.now()): string {
  // Noon to noon, so that a day of 23 or 25 hours counts as one.
  const noon = (at: number): number => new Date(at).setHours(12, 0, 0, 0);
  const days = Math.round((noon(now) - noon(time)) / 86_400_000);
  if (days === 0) return language.text('log.today');
  if (days === 1) return language.text('log.yesterday');
  return write(time, language.locale, days > 1 && days < 7 ? { weekday: 'long' } : { dateStyle: 'long' });
}
