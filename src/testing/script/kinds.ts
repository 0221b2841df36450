/** The kinds of values in the scenario format: what each expects, in words, and how it is known. */
import type { ScenarioComplaints } from './scenario-complaints.js';

/** Looks at one value and complains where it is wrong. */
export type Kind = (value: unknown, path: string, complaints: ScenarioComplaints) => void;

/** A kind that holds for a whole value or not at all. */
export function kind(expected: string, holds: (value: unknown) => boolean): Kind {
  return (value, path, complaints) => {
    if (!holds(value)) complaints.expected(path, expected, value);
  };
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isMs = (value: unknown): boolean => typeof value === 'number' && Number.isFinite(value) && value >= 0;
const isFunction = (value: unknown): boolean => typeof value === 'function';

export const text = kind('a text', (value) => typeof value === 'string');
export const name = kind('a text that is not empty', (value) => typeof value === 'string' && value !== '');
export const yes = kind('true', (value) => value === true);
export const flag = kind('true or false', (value) => typeof value === 'boolean');
export const object = kind('an object', isRecord);
export const words = kind('a text', (value) => typeof value === 'string' || isFunction(value));
export const pieces = kind(
  'a text',
  (value) =>
    typeof value === 'string' ||
    isFunction(value) ||
    (Array.isArray(value) && value.length > 0 && value.every((piece) => typeof piece === 'string')),
);
export const milliseconds = kind('milliseconds', isMs);
export const duration = kind(
  'milliseconds, or a pair of them from the shortest to the longest',
  (value) =>
    isMs(value) || (Array.isArray(value) && value.length === 2 && value.every(isMs) && value[0] <= value[1]),
);

/** A whole number within bounds. */
export const whole = (from: number, to = Infinity): Kind =>
  kind(
    to === Infinity ? `a whole number from ${from}` : `a whole number from ${from} to ${to}`,
    (value) => Number.isSafeInteger(value) && (value as number) >= from && (value as number) <= to,
  );

/** One of some words. */
export const oneOf = (...options: readonly string[]): Kind =>
  kind(`one of ${options.join(', ')}`, (value) => options.includes(value as string));

/** The source of a regular expression. */
export const pattern: Kind = (value, path, complaints) => {
  if (typeof value !== 'string') return complaints.expected(path, 'a regular expression', value);
  try {
    patternOf(value);
  } catch (error) {
    complaints.say(path, `no regular expression: ${(error as Error).message}`);
  }
};

/** The regular expression that a scenario means by a text. */
export function patternOf(source: string): RegExp {
  return new RegExp(source, 'iu');
}

/** A list, each item of a kind. */
export function listOf(item: Kind, expected: string): Kind {
  return (value, path, complaints) => {
    if (!Array.isArray(value)) return complaints.expected(path, expected, value);
    value.forEach((each, index) => item(each, `${path}[${index}]`, complaints));
  };
}

/** An object with keys of its author's own. */
export function mapOf(item: Kind, expected: string): Kind {
  return (value, path, complaints) => {
    if (!isRecord(value)) return complaints.expected(path, expected, value);
    for (const [key, each] of Object.entries(value)) item(each, `${path}.${key}`, complaints);
  };
}

/** What an object may have. */
export type Fields = Readonly<Record<string, Kind>>;

/** What stands under a key, and not what every object has, such as `constructor`: the keys come from somebody's file. */
export const own = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** An object with known fields. @param needed those that it must have */
export function fields(expected: string, known: Fields, needed: readonly string[] = []): Kind {
  return (value, path, complaints) => {
    if (!isRecord(value)) return complaints.expected(path, expected, value);
    for (const key of needed) {
      if (value[key] === undefined) complaints.say(path, `${expected} needs "${key}"`);
    }
    for (const [key, each] of Object.entries(value)) {
      const of = own(known, key);
      if (of) {
        if (each !== undefined) of(each, path ? `${path}.${key}` : key, complaints);
      } else complaints.unknown(path, key, Object.keys(known), expected);
    }
  };
}
