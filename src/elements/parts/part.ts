import type { CSSResult } from 'lit';
import type { Text } from '../../i18n/strings.js';

/** A part of the widget that is fetched when it is needed: its elements and what they wear. */
export interface Part {
  readonly elements: Readonly<Record<string, CustomElementConstructor>>;
  readonly styles: readonly CSSResult[];
  /** What they say in English, if nothing else says it. */
  readonly texts?: Readonly<Record<string, Text>>;
}
