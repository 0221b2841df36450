/** A text in its plural forms, by the categories of `Intl.PluralRules`. */
export interface PluralForms {
  /** For none, in languages that have a form for it. */
  zero?: string;
  /** For one. */
  one?: string;
  /** For two, in languages that have a form for it. */
  two?: string;
  /** For few. */
  few?: string;
  /** For many. */
  many?: string;
  /** For all other numbers. */
  other: string;
}

/** A text with `{name}` where values go; in plural forms where it counts `{n}`. */
export type Text = string | PluralForms;
