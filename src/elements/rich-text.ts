import type { LitElement } from 'lit';
import type { ChatMessage } from '../conversation/state.js';
import { loadFeature, type Feature } from '../features/load.js';
import type { Language } from '../i18n/language.js';
import { ChatErrorEvent } from './events.js';
import { wear } from './load.js';

/** What reads Markdown. */
export type Markdown = Feature<'markdown'>;

/** Whether a message is drawn as Markdown: those of the AI and of staff that say so. */
export function isRichText({ role, format, seq, sentAt }: ChatMessage): boolean {
  if (role !== 'ai' && role !== 'staff') return false;
  // Pieces of an answer do not say how it is written; it is taken for Markdown until its final message says otherwise.
  return format === 'markdown' || (role === 'ai' && !format && seq === undefined && sentAt !== '');
}

/** Draws what of a message is more than plain text. */
export interface RichText {
  /** The text, in its bubble. */
  text(message: ChatMessage, language: Language): unknown;
  /** What stands under the bubble. */
  after(message: ChatMessage, language: Language): unknown;
}

type Loaded = [part: typeof import('./parts/rich-text.js'), markdown: Markdown];

const dressed = new WeakMap<Node, RichText>();
let coming: Promise<Loaded> | undefined;
let here: Loaded | undefined;

/** What draws formatted text in a widget, if it is in the page already. */
export function richText(root: Node): RichText | undefined {
  // What has been taken out of the page has nothing to be dressed.
  if (here && 'adoptedStyleSheets' in root && !dressed.has(root)) {
    const [part, markdown] = here;
    wear(part, root as ShadowRoot);
    dressed.set(root, part.richText(markdown));
  }
  return dressed.get(root);
}

/**
 * Fetches what draws formatted text, for all messages that wait for it at once, and has them drawn again. When it cannot be
 * fetched, the first that wanted it says so; the next that does tries again.
 */
export async function loadRichText(message: LitElement): Promise<void> {
  const first = !coming;
  coming ??= Promise.all([import('./parts/rich-text.js'), loadFeature('markdown')]);
  try {
    here = await coming;
    message.requestUpdate();
  } catch (error) {
    coming = undefined;
    if (first) message.dispatchEvent(new ChatErrorEvent('load', error as Error));
  }
}
