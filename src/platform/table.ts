/** A small durable table. Every method rejects when the browser denies or loses the storage. */
export interface Table<T> {
  /** All entries, sorted by key. */
  entries(): Promise<[string, T][]>;
  /** Resolves when the entry would survive a crash of the page. */
  put(key: string, value: T): Promise<void>;
  /**
   * Changes an entry in one step that no other page can come between.
   * @param change gives the new value, or undefined to leave the entry as it is; not called when there is none
   */
  update(key: string, change: (value: T) => T | undefined): Promise<void>;
  delete(key: string): Promise<void>;
  clear(): Promise<void>;
  /** Lets go of what is held open; what is still written is written all the same. */
  close?(): void;
}

/** Orders entries by key. */
export const byKey = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  a[0] < b[0] ? -1 : Number(a[0] > b[0]);

/** Keeps entries in memory only. */
export function memoryTable<T>(): Table<T> {
  const map = new Map<string, T>();
  return {
    entries: async () => [...map].sort(byKey),
    put: async (key, value) => void map.set(key, value),
    update: async (key, change) => {
      const changed = map.has(key) ? change(map.get(key)!) : undefined;
      if (changed !== undefined) map.set(key, changed);
    },
    delete: async (key) => void map.delete(key),
    clear: async () => map.clear(),
  };
}
