import { learn } from '../i18n/language.js';
import type { Part } from './parts/part.js';
import { register } from './registry.js';

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
