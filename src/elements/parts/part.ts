import type { CSSResult } from 'lit';
import type { ChatStrings } from '../../i18n/strings.js';

/** A part of the widget that is fetched when it is needed: its elements, what they wear and what they say. */
export interface Part {
  readonly elements: Readonly<Record<string, CustomElementConstructor>>;
  readonly styles: readonly CSSResult[];
  /** What they say, in English. */
  readonly texts: Partial<ChatStrings>;
}
