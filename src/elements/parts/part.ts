import type { CSSResult } from 'lit';

/** A part of the widget that is fetched when it is needed: its elements and what they wear. */
export interface Part {
  readonly elements: Readonly<Record<string, CustomElementConstructor>>;
  readonly styles: readonly CSSResult[];
}
