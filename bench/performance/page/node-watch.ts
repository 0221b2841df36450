/** Counts nodes of a tree that may have shadow roots inside: how many there are, how many come and go. */

/** What happened to a tree. */
export interface NodeCounts {
  added: number;
  removed: number;
  /** Changes of text or attributes in place. */
  changed: number;
  /** Changes of any kind in a block of a growing text behind which another one stood already. */
  finishedTouched: number;
}

const none = (): NodeCounts => ({ added: 0, removed: 0, changed: 0, finishedTouched: 0 });

let counts = none();
let blocks = '';
let finished = new Set<Node>();
const observers: MutationObserver[] = [];

function* rootsOf(root: Element | ShadowRoot): Generator<Element | ShadowRoot> {
  yield root;
  if (root instanceof Element && root.shadowRoot) yield* rootsOf(root.shadowRoot);
  for (const element of root.querySelectorAll('*'))
    if (element.shadowRoot) yield* rootsOf(element.shadowRoot);
}

function sizeOf(node: Node): number {
  const walker = document.createTreeWalker(node);
  let size = 1;
  while (walker.nextNode()) size++;
  return size;
}

function note(records: readonly MutationRecord[]): void {
  for (const { type, target, addedNodes, removedNodes } of records) {
    for (let node: Node | null = target; node; node = node.parentNode) {
      if (!finished.has(node)) continue;
      counts.finishedTouched++;
      break;
    }
    if (type !== 'childList') counts.changed++;
    for (const node of addedNodes) counts.added += sizeOf(node);
    for (const node of removedNodes) counts.removed += sizeOf(node);
  }
}

/** Blocks that are behind the end of their text by now; changes from now on should leave them alone. */
function noteFinished(roots: readonly (Element | ShadowRoot)[]): void {
  if (!blocks) return;
  const texts = roots.flatMap((root) => [...root.querySelectorAll(blocks)]);
  finished = new Set(texts.flatMap((text) => [...text.children].slice(0, -1)));
}

/**
 * Begins to count; a node that is put in and taken out within one task is counted as both.
 * @param texts selects what holds the blocks of a growing text as children
 */
export function watchNodes(root: Element | ShadowRoot, texts = ''): void {
  for (const observer of observers.splice(0)) observer.disconnect();
  counts = none();
  blocks = texts;
  const roots = [...rootsOf(root)];
  noteFinished(roots);
  for (const each of roots) {
    const observer = new MutationObserver((records) => {
      note(records);
      noteFinished(roots);
    });
    observer.observe(each, { subtree: true, childList: true, characterData: true, attributes: true });
    observers.push(observer);
  }
}

/** @returns the counts since the last call */
watchNodes.take = (): NodeCounts => {
  for (const observer of observers) note(observer.takeRecords());
  const taken = counts;
  counts = none();
  return taken;
};

/** @returns how many nodes there are under a root, those of shadow roots too */
watchNodes.count = (root: Element | ShadowRoot): number =>
  [...rootsOf(root)].reduce((sum, each) => sum + sizeOf(each), 0);

/** @returns what is written there, without white space */
watchNodes.text = (root: Element | ShadowRoot): string =>
  [...rootsOf(root)].map((each) => (each.textContent ?? '').replace(/\s/g, '')).join('');
