/** How the panel stands on the page. */
export type Mode = 'floating' | 'inline';
/** Which bottom corner, in the direction of reading. */
export type Position = 'end' | 'start';
/** Which colours; `auto` as the guest's system has it. */
export type Theme = 'auto' | 'light' | 'dark';
/** Where the floating parts stand: among those of the page, or in the browser's top layer. */
export type Layer = 'page' | 'top';

/** What an attribute that is a choice can be; the first holds while the page has said nothing. */
export const CHOICES = {
  mode: ['floating', 'inline'],
  position: ['end', 'start'],
  theme: ['auto', 'light', 'dark'],
  layer: ['page', 'top'],
  persistence: ['local', 'session', 'none'],
} as const;

/** Names of the choices. */
export type Choice = keyof typeof CHOICES;
/** The same as they came from the page: anything may stand in an attribute. */
export type RawChoices = { readonly [K in Choice]?: unknown };

/** Whether what the page has said is one of the possible things, or nothing. */
export const isChoice = (raw: RawChoices, name: Choice): boolean =>
  ([undefined, null, ...CHOICES[name]] as unknown[]).includes(raw[name]);

/** What holds: what the page has said, or the default where that is nothing, or nothing usable. */
export const chosen = <K extends Choice>(raw: RawChoices, name: K): (typeof CHOICES)[K][number] =>
  ((isChoice(raw, name) && raw[name]) || CHOICES[name][0]) as (typeof CHOICES)[K][number];
