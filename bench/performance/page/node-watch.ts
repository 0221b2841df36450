/** Counts nodes of a tree that may have shadow roots inside: how many there are, how many come and go. */

/** What happened to a tree. */
export interface NodeCounts {
  added: number;
  removed: number;
  /** Changes of text or attributes in place. */
  changed: number;
}

let counts: NodeCounts = { added: 0, removed: 0, changed: 0 };
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
  for (const { type, addedNodes, removedNodes } of records) {
    if (type !== 'childList') counts.changed++;
    for (const node of addedNodes) counts.added += sizeOf(node);
    for (const node of removedNodes) counts.removed += sizeOf(node);
  }
}

/** Begins to count; a node that is put in and taken out within one task is counted as both. */
export function watchNodes(root: Element | ShadowRoot): void {
  for (const observer of observers.splice(0)) observer.disconnect();
  counts = { added: 0, removed: 0, changed: 0 };
  for (const each of rootsOf(root)) {
    const observer = new MutationObserver(note);
    observer.observe(each, { subtree: true, childList: true, characterData: true, attributes: true });
    observers.push(observer);
  }
}

/** @returns the counts since the last call */
watchNodes.take = (): NodeCounts => {
  for (const observer of observers) note(observer.takeRecords());
  const taken = counts;
  counts = { added: 0, removed: 0, changed: 0 };
  return taken;
};

/** @returns how many nodes there are under a root, those of shadow roots too */
watchNodes.count = (root: Element | ShadowRoot): number =>
  [...rootsOf(root)].reduce((sum, each) => sum + sizeOf(each), 0);

/** @returns what is written there, without white space */
watchNodes.text = (root: Element | ShadowRoot): string =>
  [...rootsOf(root)].map((each) => (each.textContent ?? '').replace(/\s/g, '')).join('');
