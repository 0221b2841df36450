import { intl } from './formats.js';
import type { Language } from './language.js';

const TIME = { timeStyle: 'short' } as const;
const MOMENT = { dateStyle: 'full', timeStyle: 'short' } as const;
const DATE = { dateStyle: 'long' } as const;
const WEEKDAY = { weekday: 'long' } as const;
const RELATIVE = { numeric: 'auto' } as const;
const SPANS = {
  minute: { style: 'unit', unit: 'minute', unitDisplay: 'long' },
  hour: { style: 'unit', unit: 'hour', unitDisplay: 'long' },
  day: { style: 'unit', unit: 'day', unitDisplay: 'long' },
} as const;

const write = (time: number, locale: string, style: Intl.DateTimeFormatOptions): string =>
  intl(Intl.DateTimeFormat, locale, style).format(time);

/** Time of day. */
export const timeOf = (time: number, { locale }: Language): string => write(time, locale, TIME);

/** Date and time in full. */
export const momentOf = (time: number, { locale }: Language): string => write(time, locale, MOMENT);

/** How many midnights lie between; noon to noon, so that a day of 23 or 25 hours counts as one. */
function daysBetween(from: number, to: number): number {
  const noon = (at: number): number => new Date(at).setHours(12, 0, 0, 0);
  return Math.round((noon(to) - noon(from)) / 86_400_000);
}

/** Today, yesterday, the weekday within a week, else the date. */
export function dayOf(time: number, language: Language, now: number = Date.now()): string {
  const { locale } = language;
  const days = daysBetween(time, now);
  if (days === 0) return language.text('log.today');
  if (days === 1) return language.text('log.yesterday');
  if (days < 1 || days > 6) return write(time, locale, DATE);
  // Many languages write weekdays small; standing alone it begins as “Today” does.
  const [first, ...rest] = write(time, locale, WEEKDAY);
  return first!.toLocaleUpperCase(locale) + rest.join('');
}

/**
 * How far a time is from now, such as “in 5 minutes” or “tomorrow”; for `header.back`.
 * @param time milliseconds since 1970
 */
export function whenOf(time: number, { locale }: Language, now: number = Date.now()): string {
  const minutes = Math.round((time - now) / 60_000);
  const days = daysBetween(now, time);
  if (Math.abs(days) > 6) return write(time, locale, DATE);
  const relative = intl(Intl.RelativeTimeFormat, locale, RELATIVE);
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute');
  return days === 0 ? relative.format(Math.round(minutes / 60), 'hour') : relative.format(days, 'day');
}

/** A length of time in one unit, such as “5 minutes”, never less than a minute; for `header.reply`. */
export function spanOf(seconds: number, { locale }: Language): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  const [value, style] =
    minutes < 60
      ? [minutes, SPANS.minute]
      : minutes < 1440
        ? [minutes / 60, SPANS.hour]
        : [minutes / 1440, SPANS.day];
  return intl(Intl.NumberFormat, locale, style).format(Math.round(value));
}
