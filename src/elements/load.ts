import { learn } from '../i18n/language.js';
import type { Part } from './parts/part.js';

/**
 * What the launcher can do without.
 *
 * - `panel`: the window, the welcome and the message box; needed when the chat is opened
 * - `thread`: the conversation; it comes right after, and is there before the first answer
 */
const PARTS = {
  panel: () => import('./parts/panel.js'),
  thread: () => import('./parts/thread.js'),
};
type Parts = { [K in keyof typeof PARTS]: Awaited<ReturnType<(typeof PARTS)[K]>> };

/** Registers elements. A tag that the page, or another copy of the widget, has taken is left alone. */
export function register(elements: Part['elements']): void {
  for (const [tag, element] of Object.entries(elements)) {
    if (!customElements.get(tag)) customElements.define(tag, element);
  }
}

/** Dresses the widget's shadow root for a part and brings the part's elements to life. */
export function wear({ elements, styles, texts }: Part, root: ShadowRoot): void {
  const sheets = styles.map(({ styleSheet }) => styleSheet!);
  const worn = root.adoptedStyleSheets;
  if (!worn.includes(sheets[0]!)) root.adoptedStyleSheets = [...worn, ...sheets];
  learn(texts);
  register(elements);
}

/** Parts that are here: their elements are alive in every widget, and are to be dressed from the beginning. */
const here = new Set<Part>();

/** Fetches a part and wears it. */
export async function load<K extends keyof Parts>(name: K, root: ShadowRoot): Promise<Parts[K]> {
  const part = (await PARTS[name]()) as Parts[K];
  here.add(part);
  for (const each of here) wear(each, root);
  return part;
}
