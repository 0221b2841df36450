import type { Persistence } from '../platform/note.js';
import {
  chosen,
  CHOICES,
  isChoice,
  type Choice,
  type Layer,
  type Mode,
  type Position,
  type Theme,
} from './choices.js';

/** A question that is offered before the guest has written anything. */
export interface Suggestion {
  /** What is shown. */
  label: string;
  /** What is sent. */
  value: string;
}

/** What the page has set and every part of the widget may need, checked. */
export interface Options {
  readonly mode: Mode;
  readonly position: Position;
  readonly theme: Theme;
  readonly layer: Layer;
  readonly persistence: Persistence;
  readonly resumeHours: number;
  readonly idlePause: number;
  readonly heading?: string;
  readonly subheading?: string;
  readonly launcherLabel?: string;
  readonly placeholder?: string;
  readonly avatar?: string;
  readonly welcome?: string;
  readonly suggestions: readonly Suggestion[];
}

/** The same as it came from the page: anything may stand in an attribute. */
export type RawOptions = { readonly [K in keyof Options]?: unknown };

const NUMBERS = { resumeHours: 24, idlePause: 300 } as const;
const TEXTS = ['heading', 'subheading', 'launcherLabel', 'placeholder', 'avatar', 'welcome'] as const;

/** Names of all options. */
export const OPTION_NAMES = [
  ...Object.keys(CHOICES),
  ...Object.keys(NUMBERS),
  ...TEXTS,
  'suggestions',
] as (keyof Options)[];

/** What holds while the page has said nothing. */
export const DEFAULT_OPTIONS = readOptions({}, () => {});

/**
 * Checks what the page has set. What is not usable is told and replaced by the default.
 * @param onFault told in words that name the option
 */
export function readOptions(raw: RawOptions, onFault: (message: string) => void): Options {
  const options: Record<string, unknown> = { suggestions: readSuggestions(raw.suggestions, onFault) };
  for (const name of Object.keys(CHOICES) as Choice[]) {
    options[name] = chosen(raw, name);
    if (!isChoice(raw, name)) onFault(`${name} is one of ${CHOICES[name].join(', ')}, not "${raw[name]}"`);
  }
  for (const [name, fallback] of Object.entries<number>(NUMBERS)) {
    const value = raw[name as keyof Options] ?? fallback;
    const usable = typeof value === 'number' && value >= 0;
    options[name] = usable ? value : fallback;
    if (!usable) onFault(`${name} is a number from 0 up, not "${value}"`);
  }
  for (const name of TEXTS) if (raw[name] != null) options[name] = String(raw[name]);
  return options as unknown as Options;
}

function readSuggestions(raw: unknown, onFault: (message: string) => void): Suggestion[] {
  const suggestions = (Array.isArray(raw) ? (raw as unknown[]) : [])
    .map((item) => (typeof item === 'string' ? { label: item, value: item } : (item as Suggestion)))
    .filter((item) => typeof item?.label === 'string' && typeof item.value === 'string');
  if (raw != null && suggestions.length !== (raw as unknown[]).length) {
    onFault('suggestions is a list of texts or {label, value}');
  }
  return suggestions;
}
