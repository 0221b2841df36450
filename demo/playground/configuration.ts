import { scenarioLibrary } from '../../src/testing/index.js';
import { LOCALES } from '../gallery/look.js';
import { FIRST_STORY, OWN } from './story.js';
import { WIRE_NAMES, type WireName } from './wires.js';

/** All that can be chosen. It stands in the address, so that it can be shared. */
export interface Configuration {
  readonly wire: WireName;
  /** A name of the library, or `own`. */
  readonly scenario: string;
  /** Number for the chance of scenarios; empty for real chance. */
  readonly seed: string;
  readonly locale: string;
  readonly theme: 'auto' | 'light' | 'dark';
  /** Direction; empty for that of the language. */
  readonly dir: '' | 'ltr' | 'rtl';
  readonly mode: 'floating' | 'inline';
  readonly position: 'end' | 'start';
  /** A colour as `#rrggbb`. */
  readonly brand: string;
  /** How much longer everything takes, each way, in milliseconds. */
  readonly delay: string;
  /** Whether frames of the server arrive twice: `on`, or empty. */
  readonly duplicate: '' | 'on';
  /** Whether frames that the server sends in one go arrive in reverse order. */
  readonly reorder: '' | 'on';
  /** The visitor's own scenario, as JSON. */
  readonly story: string;
}

/** A name of the configuration, and of the field in the form. */
export type Choice = keyof Configuration;

/** What a choice may be, and what it is at first. */
interface Field {
  readonly first: string;
  /** What is allowed, in words, for who has written something else. */
  readonly allowed: string;
  fits(value: string): boolean;
}

const oneOf = (...values: readonly [string, ...string[]]): Field => {
  const [first] = values;
  const allowed = values.map((value) => value || '(nothing)').join(', ');
  return { first, allowed: `one of ${allowed}`, fits: (value) => values.includes(value) };
};
const whole = (first: string, max: number, empty = false): Field => ({
  first,
  allowed: `a whole number up to ${max}`,
  fits: (value) => (value === '' ? empty : /^\d{1,9}$/.test(value) && Number(value) <= max),
});

/** Longest address part that is taken for a story, in UTF-16 units: some browsers cut addresses that are longer. */
const MAX_STORY = 32_000;

const FIELDS: Readonly<Record<Choice, Field>> = {
  wire: oneOf(...WIRE_NAMES),
  scenario: oneOf(...otherwise('staff-escalation', [...scenarioLibrary.keys(), OWN])),
  seed: whole('', 999_999_999, true),
  locale: oneOf(...(Object.keys(LOCALES) as [string, ...string[]])),
  theme: oneOf('auto', 'light', 'dark'),
  dir: oneOf('', 'ltr', 'rtl'),
  mode: oneOf('floating', 'inline'),
  position: oneOf('end', 'start'),
  brand: {
    first: '#0b6a73',
    allowed: 'a colour such as #0b6a73',
    fits: (value) => /^#[\da-f]{6}$/.test(value),
  },
  delay: whole('0', 10_000),
  duplicate: oneOf('', 'on'),
  reorder: oneOf('', 'on'),
  story: {
    first: FIRST_STORY,
    allowed: `at most ${MAX_STORY} characters`,
    fits: (value) => value.length <= MAX_STORY,
  },
};

/** The first, then all others. */
function otherwise(first: string, all: readonly string[]): [string, ...string[]] {
  return [first, ...all.filter((name) => name !== first)];
}

/** All names, in the order in which they stand in an address. */
export const CHOICES = Object.keys(FIELDS) as readonly Choice[];

/** What is chosen before anybody has. */
export const FIRST: Configuration = Object.fromEntries(
  CHOICES.map((name) => [name, FIELDS[name].first]),
) as unknown as Configuration;

/** A configuration, and what could not be read. */
export interface Reading {
  readonly configuration: Configuration;
  /** What was passed over, each in a sentence. */
  readonly complaints: readonly string[];
}

/**
 * Reads the part of an address after the `#`. What cannot be used is told, and left as it is at first.
 * @param hash with or without the `#`
 */
export function readConfiguration(hash: string): Reading {
  const complaints: string[] = [];
  const chosen: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(hash.replace(/^#/, ''))) {
    const field = Object.hasOwn(FIELDS, name) ? FIELDS[name as Choice] : undefined;
    if (!field) complaints.push(`There is nothing called “${shortened(name)}” to choose.`);
    else if (field.fits(value)) chosen[name] = value;
    else complaints.push(`“${shortened(value)}” is no ${name}: it is ${field.allowed}.`);
  }
  return { configuration: { ...FIRST, ...chosen } as Configuration, complaints };
}

/** Writes a configuration as the part of an address after the `#`; empty when it is the first one. */
export function hashOf(configuration: Configuration): string {
  const said = CHOICES.filter((name) => configuration[name] !== FIRST[name])
    // Somebody else's story is of no use to who plays one of the library.
    .filter((name) => name !== 'story' || configuration.scenario === OWN);
  return `${new URLSearchParams(said.map((name) => [name, configuration[name]]))}`;
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
