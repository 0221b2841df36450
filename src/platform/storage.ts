import { webJots, type Jots } from './jots.js';
import { memoryNote, webNote, type Note, type Persistence } from './note.js';
import { byKey, memoryTable, type Table } from './table.js';

/** A table whose code is loaded when it is first used. */
function lazyTable<T>(load: () => Promise<Table<T>>): Table<T> & { warm(): void; close(): void } {
  let loading: Promise<Table<T>> | undefined;
  let closed = false;
  const begin = async (): Promise<Table<T>> => {
    try {
      const table = await load();
      if (closed) table.close?.();
      return table;
    } catch (error) {
      // The file may come with the next try.
      loading = undefined;
      throw error;
    }
  };
  const table = (): Promise<Table<T>> => (loading ??= begin());
  return {
    entries: async () => (await table()).entries(),
    put: async (key, value) => (await table()).put(key, value),
    update: async (key, change) => (await table()).update(key, change),
    delete: async (key) => (await table()).delete(key),
    clear: async () => (await table()).clear(),
    // A failure shows at the first real use, where it is dealt with.
    warm: () => void table().catch(() => {}),
    close() {
      closed = true;
      void loading?.then(
        (open) => open.close?.(),
        () => {},
      );
    },
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
    update: async (key, change) => {
      const value = sessionStorage.getItem(prefix + key);
      const changed = value === null ? undefined : change(JSON.parse(value) as T);
      if (changed !== undefined) sessionStorage.setItem(prefix + key, JSON.stringify(changed));
    },
    delete: async (key) => sessionStorage.removeItem(prefix + key),
    clear: async () => {
      for (const key of keys()) sessionStorage.removeItem(key);
    },
  };
}

/** A browser that has not answered by then is not waited for any longer, in milliseconds. */
const ANSWER_MS = 3000;

/** @throws an error when the work takes too long; it goes on all the same */
function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the storage does not answer')), ANSWER_MS);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** What goes wrong with a storage. */
export interface Denial {
  /** What the browser said. */
  readonly error: Error;
  /** Whether something is kept in memory only, and would be lost with the page. */
  readonly atRisk: boolean;
}

/**
 * A table that never refuses: what the storage behind it does not take, or has not taken yet, is kept in memory, and jotted
 * down beside it where that is possible. A storage that is silent is not waited for, but may still take what it was given.
 * @param onDenied told with each refusal
 */
export function enduringTable<T>(
  table: Table<T>,
  onDenied: (denial: Denial) => void,
  jots?: Jots<T>,
): Table<T> {
  const unstored = new Map<string, T>();
  let silent = false;
  const stored = (key: string, value: T): void => {
    if (unstored.get(key) !== value) return;
    unstored.delete(key);
    jots?.strike(key);
  };
  const denied = (cause: unknown, atRisk: boolean): void =>
    onDenied({ error: cause instanceof Error ? cause : new Error(String(cause)), atRisk });
  return {
    async entries() {
      const entries = new Map(await table.entries().catch((error: unknown) => (denied(error, false), [])));
      for (const [key, value] of [...(jots?.all() ?? []), ...unstored]) entries.set(key, value);
      return [...entries].sort(byKey);
    },
    async put(key, value) {
      unstored.set(key, value);
      const jotted = jots?.write(key, value) ?? false;
      const work = table.put(key, value).then(() => {
        silent = false;
        stored(key, value);
      });
      try {
        await (silent ? Promise.race([work, undefined]) : inTime(work));
      } catch (error) {
        silent = true;
        denied(error, !jotted);
      }
      // Once the wait is over nobody listens to it any more.
      work.catch(() => {});
    },
    async update(key, change) {
      const here = unstored.get(key);
      if (here === undefined)
        return table.update(key, change).catch((error: unknown) => denied(error, false));
      const changed = change(here);
      if (changed !== undefined) await this.put(key, changed);
    },
    async delete(key) {
      unstored.delete(key);
      jots?.strike(key);
      // What stays in the storage although it is done with goes out once more, and the server knows it already.
      await table.delete(key).catch(() => {});
    },
    async clear() {
      unstored.clear();
      jots?.clear();
      await inTime(table.clear()).catch((error: unknown) => denied(error, false));
    },
  };
}

/** One value that is nice to have: kept if the browser likes, never missed. */
export interface Cache<T> {
  /** @returns undefined when there is none, or it cannot be read */
  read(): Promise<T | undefined>;
  write(value: T): Promise<void>;
  delete(): Promise<void>;
}

/** A cache beside the entries of a table, under a key that sorts behind them. */
function cacheIn<T>(table: Table<unknown>, key = 'thread'): Cache<T> {
  const quietly = (work: Promise<void>): Promise<void> => work.catch(() => {});
  return {
    read: () =>
      table.entries().then(
        (entries) => entries.find(([name]) => name === key)?.[1] as T | undefined,
        () => undefined,
      ),
    write: (value) => quietly(table.put(key, value)),
    delete: () => quietly(table.delete(key)),
  };
}

/** What a conversation keeps on this device. */
export interface Storage<N, T, C> {
  readonly note: Note<N>;
  readonly table: Table<T>;
  /** Gone when the table is cleared. */
  readonly cache: Cache<C>;
  /** Loads what the first write will need; stores nothing. */
  warm(): void;
  /** Lets go of what is held open; what is still written is written all the same. */
  close(): void;
}

/**
 * The storage of one conversation.
 * Outside a browser everything is kept in memory.
 * @param name names the note and the table; contains the backend's address, so that no two backends share it
 */
export function openStorage<N, T, C>(
  persistence: Persistence,
  name: string,
  onDenied: (denial: Denial) => void,
): Storage<N, T, C> {
  if (persistence === 'none' || typeof document === 'undefined') {
    return { note: memoryNote(), table: memoryTable(), cache: cacheIn(memoryTable()), warm() {}, close() {} };
  }
  if (persistence === 'session') {
    const table = sessionTable<T>(name);
    return {
      note: webNote('sessionStorage', name),
      table: enduringTable(table, onDenied),
      cache: cacheIn(table as Table<unknown>),
      warm() {},
      close() {},
    };
  }
  const table = lazyTable<T>(async () => (await import('./idb-table.js')).idbTable(name));
  return {
    note: webNote('localStorage', name),
    table: enduringTable(table, onDenied, webJots<T>(name)),
    cache: cacheIn(table as Table<unknown>),
    warm: table.warm,
    close: table.close,
  };
}
