/** What a page keeps for the next one in the same tab, in Node. */
export interface StoredPage {
  /** Takes it away again. */
  leave(): void;
}

/** As much of a browser as it takes to keep things with `persistence: 'session'`. */
export function enterPage(): StoredPage {
  const methods = {
    getItem(this: Record<string, string>, key: string): string | null {
      return Object.hasOwn(this, key) ? this[key]! : null;
    },
    setItem(this: Record<string, string>, key: string, value: string): void {
      this[key] = value;
    },
    removeItem(this: Record<string, string>, key: string): void {
      delete this[key];
    },
  };
  // What is stored are its own fields, as `Object.keys(sessionStorage)` has it.
  const sessionStorage: unknown = Object.create(methods);
  // Nobody else writes into this storage, so there is nothing to be told.
  const addEventListener = (): void => {};
  const removeEventListener = (): void => {};
  const page = { document: new EventTarget(), sessionStorage, addEventListener, removeEventListener };
  Object.assign(globalThis, page);
  return {
    leave() {
      for (const name of Object.keys(page)) Reflect.deleteProperty(globalThis, name);
    },
  };
}
