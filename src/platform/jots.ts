/**
 * What is on its way into a table, written down at once: a page can be gone before a database has so much as opened, and
 * what was written in the last moment before a reload must not be gone with it.
 */
export interface Jots<T> {
  /** Everything that was jotted down and not struck out, in no order. */
  all(): [string, T][];
  /** @returns whether it is written; false where the storage is denied or full */
  write(key: string, value: T): boolean;
  /** Strikes one out. */
  strike(key: string): void;
  /** Strikes out everything. */
  clear(): void;
}

/** Jots in localStorage, under names that begin with `name`. */
export function webJots<T>(name: string): Jots<T> {
  const prefix = `${name} jot `;
  // The last page may have left some; after the first look only our own have to be known.
  const known = new Set<string>();
  const attempt = <R>(work: () => R, otherwise: R): R => {
    try {
      return work();
    } catch {
      return otherwise;
    }
  };
  return {
    all: () =>
      attempt(
        () =>
          Object.keys(localStorage)
            .filter((key) => key.startsWith(prefix))
            .flatMap((key) =>
              attempt<[string, T][]>(() => {
                known.add(key);
                return [[key.slice(prefix.length), JSON.parse(localStorage.getItem(key)!) as T]];
              }, []),
            ),
        [],
      ),
    write: (key, value) =>
      attempt(() => {
        localStorage.setItem(prefix + key, JSON.stringify(value));
        known.add(prefix + key);
        return true;
      }, false),
    strike(key) {
      if (known.delete(prefix + key)) attempt(() => localStorage.removeItem(prefix + key), undefined);
    },
    clear() {
      for (const [key] of this.all()) this.strike(key);
    },
  };
}
