/** How long things are kept: over sessions, for this tab, or not at all. */
export type Persistence = 'local' | 'session' | 'none';

/** A value that must be readable at once, at load. */
export interface Note<T> {
  /** @returns undefined when nothing is stored, the storage is denied, or its content cannot be read */
  read(): T | undefined;
  /** @throws what the browser throws when storage is denied or full */
  write(value: T): void;
  /** Forgets the value. Never throws: what is denied holds nothing. */
  delete(): void;
  /**
   * Calls `fn` when another page forgets the value.
   * @returns a function that ends it
   */
  onForgotten(fn: () => void): () => void;
}

type WebStorage = 'localStorage' | 'sessionStorage';

/** A note in localStorage or sessionStorage. */
export function webNote<T>(area: WebStorage, name: string): Note<T> {
  return {
    read() {
      try {
        return (JSON.parse(globalThis[area].getItem(name) ?? 'null') as T | null) ?? undefined;
      } catch {
        return undefined;
      }
    },
    write: (value) => globalThis[area].setItem(name, JSON.stringify(value)),
    delete() {
      try {
        globalThis[area].removeItem(name);
      } catch {
        // Denied storage holds nothing to forget.
      }
    },
    onForgotten(fn) {
      // Only when this very value went: a page that empties its storage for reasons of its own does not mean the chat.
      const listener = ({ key, newValue }: StorageEvent): void => {
        if (key === name && newValue === null) fn();
      };
      globalThis.addEventListener('storage', listener);
      return () => globalThis.removeEventListener('storage', listener);
    },
  };
}

/** A note that lives as long as the page. */
export function memoryNote<T>(): Note<T> {
  let note: T | undefined;
  return {
    read: () => note,
    write: (value) => void (note = value),
    delete: () => void (note = undefined),
    onForgotten: () => () => {},
  };
}
