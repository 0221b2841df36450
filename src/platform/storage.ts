import { memoryNote, webNote, type Note, type Persistence } from './note.js';
import { memoryTable, type Table } from './table.js';

/** A table whose code is loaded when it is first used. */
function lazyTable<T>(load: () => Promise<Table<T>>): Table<T> & { warm(): void } {
  let loading: Promise<Table<T>> | undefined;
  const table = (): Promise<Table<T>> => (loading ??= load());
  return {
    entries: async () => (await table()).entries(),
    put: async (key, value) => (await table()).put(key, value),
    delete: async (key) => (await table()).delete(key),
    clear: async () => (await table()).clear(),
    // A failure shows at the first real use, where it is dealt with.
    warm: () => void table().catch(() => (loading = undefined)),
  };
}

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

/** A browser that has not answered by then has lost its storage, in milliseconds. */
const ANSWER_MS = 3000;

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the storage does not answer')), ANSWER_MS);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * A table that goes on in memory from the first refusal or silence of the storage behind it.
 * @param onDenied told once, with what the browser said
 */
export function enduringTable<T>(table: Table<T>, onDenied: (error: Error) => void): Table<T> {
  let current = table;
  const attempt = async <R>(work: (table: Table<T>) => Promise<R>): Promise<R> => {
    try {
      return await (current === table ? inTime(work(current)) : work(current));
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
  /** Loads what the first write will need; stores nothing. */
  warm(): void;
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
    return { note: memoryNote(), table: memoryTable(), warm() {} };
  }
  if (persistence === 'session') {
    return {
      note: webNote('sessionStorage', name),
      table: enduringTable(sessionTable(name), onDenied),
      warm() {},
    };
  }
  const table = lazyTable<T>(async () => (await import('./idb-table.js')).idbTable(name));
  return { note: webNote('localStorage', name), table: enduringTable(table, onDenied), warm: table.warm };
}
