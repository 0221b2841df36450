/** Counts how often elements render, by their tags. */

interface Rendering {
  performUpdate(): void;
}

let updates: Record<string, number> = {};

/** Begins to count the updates of all elements made with the Lit of this one. */
export function watchUpdates(element: Element): void {
  let prototype: unknown = element;
  while (!Object.hasOwn(prototype as object, 'performUpdate')) prototype = Object.getPrototypeOf(prototype);
  const shared = prototype as Rendering;
  const original = shared.performUpdate;
  shared.performUpdate = function count(this: Element & Rendering) {
    updates[this.localName] = (updates[this.localName] ?? 0) + 1;
    original.call(this);
  };
}

/** @returns updates by tag since the last call */
export function takeUpdates(): Record<string, number> {
  const taken = updates;
  updates = {};
  return taken;
}
