import { clear, delMany, entries, setMany, type UseStore } from 'idb-keyval';

/** How long things are kept: over sessions, for this tab, or not at all. */
export type Persistence = 'local' | 'session' | 'none';

/** A small durable table. Every method rejects when the browser denies or loses the storage. */
export interface Table<T> {
  /** All entries, sorted by key. */
  entries(): Promise<[string, T][]>;
  /** Resolves when the entry would survive a crash of the page. */
  put(key: string, value: T): Promise<void>;
  delete(key: string): Promise<void>;
  clear(): Promise<void>;
}

/** A value that must be readable at once, at load. */
export interface Note<T> {
  /** @returns undefined when nothing is stored, the storage is denied, or its content cannot be read */
  read(): T | undefined;
  /** @throws what the browser throws when storage is denied or full */
  write(value: T): void;
  /** Forgets the value. Never throws: what is denied holds nothing. */
  delete(): void;
}

const STORE = 'entries';

const byKey = (a: readonly [string, unknown], b: readonly [string, unknown]): number =>
  a[0] < b[0] ? -1 : Number(a[0] > b[0]);

/** Keeps entries in memory only. */
export function memoryTable<T>(): Table<T> {
  const map = new Map<string, T>();
  return {
    entries: async () => [...map].sort(byKey),
    put: async (key, value) => void map.set(key, value),
    delete: async (key) => void map.delete(key),
    clear: async () => map.clear(),
  };
}

/** A table in IndexedDB, one database per name. The database is made at the first call, not before. */
export function idbTable<T>(name: string): Table<T> {
  const store = durableStore(name);
  return {
    entries: async () => (await entries<string, T>(store)).sort(byKey),
    put: (key, value) => setMany([[key, value]], store),
    delete: (key) => delMany([key], store),
    clear: () => clear(store),
  };
}

/**
 * A store for idb-keyval whose transactions ask for strict durability: without it Chromium and Firefox report success
 * when the data has reached the operating system only, and a crash right after "sent" could lose a message.
 */
function durableStore(name: string): UseStore {
  let opening: Promise<IDBDatabase> | undefined;
  const database = (): Promise<IDBDatabase> =>
    (opening ??= open(name, () => (opening = undefined)).catch((error: unknown) => {
      // Some private windows deny the first try only; the next call asks again.
      opening = undefined;
      throw error;
    }));
  return async (mode, work) => {
    const transaction = (await database()).transaction(STORE, mode, { durability: 'strict' });
    return work(transaction.objectStore(STORE));
  };
}

function open(name: string, onGone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = globalThis.indexedDB.open(name);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      // Safari closes idle databases by itself; another page may want to delete this one.
      database.onclose = onGone;
      database.onversionchange = () => {
        database.close();
        onGone();
      };
      resolve(database);
    };
  });
}

type WebStorage = 'localStorage' | 'sessionStorage';

/** A table in sessionStorage: ends with the tab. */
export function sessionTable<T>(name: string): Table<T> {
  const prefix = `${name} `;
  const keys = (): string[] =>
    Object.keys(sessionStorage)
      .filter((key) => key.startsWith(prefix))
      .sort();
  return {
    entries: async () =>
      keys().map((key) => [key.slice(prefix.length), JSON.parse(sessionStorage.getItem(key)!) as T]),
    put: async (key, value) => sessionStorage.setItem(prefix + key, JSON.stringify(value)),
    delete: async (key) => sessionStorage.removeItem(prefix + key),
    clear: async () => {
      for (const key of keys()) sessionStorage.removeItem(key);
    },
  };
}

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
  };
}

/** A note that lives as long as the page. */
export function memoryNote<T>(): Note<T> {
  let note: T | undefined;
  return {
    read: () => note,
    write: (value) => void (note = value),
    delete: () => void (note = undefined),
  };
}

/**
 * A table that goes on in memory from the first refusal of the storage behind it.
 * @param onDenied told once, with what the browser said
 */
export function enduringTable<T>(table: Table<T>, onDenied: (error: Error) => void): Table<T> {
  let current = table;
  const attempt = async <R>(work: (table: Table<T>) => Promise<R>): Promise<R> => {
    try {
      return await work(current);
    } catch (error) {
      if (current === table) {
        current = memoryTable();
        onDenied(error instanceof Error ? error : new Error(String(error)));
      }
      return work(current);
    }
  };
  return {
    entries: () => attempt((t) => t.entries()),
    put: (key, value) => attempt((t) => t.put(key, value)),
    delete: (key) => attempt((t) => t.delete(key)),
    clear: () => attempt((t) => t.clear()),
  };
}

/** What a conversation keeps on this device. */
export interface Storage<N, T> {
  readonly note: Note<N>;
  readonly table: Table<T>;
}

/**
 * The storage of one conversation.
 * Outside a browser everything is kept in memory.
 * @param name names the note and the table; contains the backend's address, so that no two backends share it
 */
export function openStorage<N, T>(
  persistence: Persistence,
  name: string,
  onDenied: (error: Error) => void,
): Storage<N, T> {
  if (persistence === 'none' || typeof document === 'undefined') {
    return { note: memoryNote(), table: memoryTable() };
  }
  const local = persistence === 'local';
  return {
    note: webNote(local ? 'localStorage' : 'sessionStorage', name),
    table: enduringTable(local ? idbTable(name) : sessionTable(name), onDenied),
  };
}
