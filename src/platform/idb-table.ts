import { delMany, entries, promisifyRequest, setMany, type UseStore } from 'idb-keyval';
import { byKey, type Table } from './table.js';

const STORE = 'entries';

/** A table in IndexedDB, one database per name. The database is made at the first call, not before. */
export function idbTable<T>(name: string): Table<T> {
  const { store, close } = durableStore(name);
  return {
    close,
    entries: async () => (await entries<string, T>(store)).sort(byKey),
    put: (key, value) => setMany([[key, value]], store),
    update: (key, change) =>
      store('readwrite', (entriesStore) => {
        const request: IDBRequest<T | undefined> = entriesStore.get(key);
        // What is put in this very callback belongs to the same transaction.
        request.onsuccess = () => {
          const changed = request.result === undefined ? undefined : change(request.result);
          if (changed !== undefined) entriesStore.put(changed, key);
        };
        return promisifyRequest(entriesStore.transaction);
      }),
    delete: (key) => delMany([key], store),
    clear: () => destroy(name),
  };
}

/**
 * A store for idb-keyval whose transactions ask for strict durability: without it Chromium and Firefox report success
 * when the data has reached the operating system only, and a crash right after "sent" could lose a message.
 */
function durableStore(name: string): { store: UseStore; close(): void } {
  let opening: Promise<IDBDatabase> | undefined;
  let closed = false;
  const database = (): Promise<IDBDatabase> =>
    (opening ??= open(name, () => (opening = undefined)).catch((error: unknown) => {
      // Some private windows deny the first try only; the next call asks again.
      opening = undefined;
      throw error;
    }));
  /** A connection ends when the transactions that have begun are done; browsers keep it, and all it refers to, until then. */
  const close = (): void => {
    closed = true;
    void opening?.then(
      (open) => open.close(),
      () => {},
    );
    opening = undefined;
  };
  const store: UseStore = async (mode, work) => {
    const transaction = (await database()).transaction(STORE, mode, { durability: 'strict' });
    // What is written late has a connection of its own.
    if (closed) close();
    return work(transaction.objectStore(STORE));
  };
  return { store, close };
}

/** Deletes the database itself: nothing of a guest who wants to be forgotten stays. Open connections give way. */
function destroy(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = globalThis.indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
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
