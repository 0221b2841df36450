import { expect } from '@open-wc/testing';
import { memoryTable, type Table } from '../../src/platform/table.js';
import { idbTable } from '../../src/platform/idb-table.js';
import { webJots } from '../../src/platform/jots.js';
import { memoryNote, webNote } from '../../src/platform/note.js';
import { enduringTable, openStorage, sessionTable } from '../../src/platform/storage.js';

const databases = async (): Promise<string[]> => (await indexedDB.databases()).map(({ name }) => name!);
const tables: [string, () => Table<{ n: number }>][] = [
  ['memory', () => memoryTable()],
  ['IndexedDB', () => idbTable(`test ${crypto.randomUUID()}`)],
  ['sessionStorage', () => sessionTable(`test ${crypto.randomUUID()}`)],
];

for (const [name, make] of tables) {
  describe(`table in ${name}`, () => {
    it('gives back what was put, sorted by key', async () => {
      const table = make();
      expect(await table.entries()).to.deep.equal([]);
      await table.put('0002', { n: 2 });
      await table.put('0001', { n: 1 });
      await table.put('0010', { n: 10 });
      await table.put('0002', { n: 22 });
      expect(await table.entries()).to.deep.equal([
        ['0001', { n: 1 }],
        ['0002', { n: 22 }],
        ['0010', { n: 10 }],
      ]);
      await table.update('0001', ({ n }) => ({ n: n + 10 }));
      await table.update('0010', () => undefined);
      await table.update('never there', ({ n }) => ({ n }));
      expect((await table.entries()).map(([, { n }]) => n)).to.deep.equal([11, 22, 10]);
      await table.delete('0002');
      await table.delete('never there');
      expect((await table.entries()).map(([key]) => key)).to.deep.equal(['0001', '0010']);
      await table.clear();
      expect(await table.entries()).to.deep.equal([]);
    });
  });
}

describe('table in IndexedDB', () => {
  it('makes no database before it is used', async () => {
    const name = `untouched ${crypto.randomUUID()}`;
    const table = idbTable(name);
    expect(await databases()).not.to.include(name);
    await table.put('a', 1);
    expect(await databases()).to.include(name);
  });

  it('asks for strict durability', async () => {
    const { transaction } = IDBDatabase.prototype;
    const durabilities: (string | undefined)[] = [];
    IDBDatabase.prototype.transaction = function (names, mode, options) {
      durabilities.push(options?.durability);
      return transaction.call(this, names, mode, options);
    };
    try {
      await idbTable(`strict ${crypto.randomUUID()}`).put('a', 1);
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(durabilities).to.deep.equal(['strict']);
  });

  it('deletes the database itself when it is cleared', async () => {
    const name = `cleared ${crypto.randomUUID()}`;
    const table = idbTable(name);
    await table.put('a', 1);
    await table.clear();
    expect(await databases()).not.to.include(name);
    await idbTable(`never used ${name}`).clear();
    expect(await databases()).not.to.include(`never used ${name}`);
  });

  it('lets another page delete the database and makes it anew', async () => {
    const name = `deleted ${crypto.randomUUID()}`;
    const table = idbTable(name);
    await table.put('a', 1);
    await new Promise<void>((resolve, reject) => {
      const request = indexedDB.deleteDatabase(name);
      request.onsuccess = () => resolve();
      request.onblocked = () => reject(new Error('blocked'));
    });
    expect(await table.entries()).to.deep.equal([]);
    await table.put('b', 2);
    expect(await table.entries()).to.deep.equal([['b', 2]]);
  });
});

describe('enduring table', () => {
  const refusing = (work: () => Promise<never>): Table<number> => ({
    entries: work,
    put: work,
    update: work,
    delete: work,
    clear: work,
  });

  it('goes on in memory when the storage refuses, and says that this is a risk', async () => {
    const refusals: string[] = [];
    const table = enduringTable<number>(
      refusing(async () => {
        throw new DOMException('no room', 'QuotaExceededError');
      }),
      ({ error, atRisk }) => atRisk && refusals.push(error.name),
    );
    await table.put('a', 1);
    await table.put('b', 2);
    await table.update('b', (value) => value + 1);
    await table.delete('a');
    expect(await table.entries()).to.deep.equal([['b', 3]]);
    expect(refusals).to.include('QuotaExceededError');
  });

  it('does not wait for a storage that does not answer', async function () {
    this.timeout(10_000);
    const refusals: string[] = [];
    const table = enduringTable<number>(
      refusing(() => new Promise(() => {})),
      ({ error }) => refusals.push(error.message),
    );
    await table.put('a', 1);
    await table.put('b', 2);
    expect(refusals).to.deep.equal(['the storage does not answer']);
  });

  it('has written down what is on its way, so that a page that goes at once loses nothing', async () => {
    const name = `jots ${crypto.randomUUID()}`;
    const never = enduringTable<number>(
      refusing(() => new Promise(() => {})),
      () => {},
      webJots(name),
    );
    void never.put('a', 1);
    // The next page.
    const table = enduringTable<number>(memoryTable(), () => {}, webJots(name));
    expect(await table.entries()).to.deep.equal([['a', 1]]);
    await table.put('a', 2);
    expect(Object.keys(localStorage).filter((key) => key.startsWith(name))).to.deep.equal([]);
    expect(await table.entries()).to.deep.equal([['a', 2]]);
  });

  it('survives a browser without IndexedDB', async () => {
    const original = Object.getOwnPropertyDescriptor(globalThis, 'indexedDB')!;
    const refusals: Error[] = [];
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    try {
      const table = enduringTable<number>(idbTable('denied'), ({ error, atRisk }) => {
        if (atRisk) refusals.push(error);
      });
      await table.put('a', 1);
      expect(await table.entries()).to.deep.equal([['a', 1]]);
    } finally {
      Object.defineProperty(globalThis, 'indexedDB', original);
    }
    expect(refusals).to.have.length(1);
  });
});

describe('note', () => {
  it('is read at once and forgotten on demand', () => {
    for (const note of [
      memoryNote<{ a: number }>(),
      webNote<{ a: number }>('localStorage', `test ${crypto.randomUUID()}`),
      webNote<{ a: number }>('sessionStorage', `test ${crypto.randomUUID()}`),
    ]) {
      expect(note.read()).to.equal(undefined);
      note.write({ a: 1 });
      expect(note.read()).to.deep.equal({ a: 1 });
      note.delete();
      expect(note.read()).to.equal(undefined);
    }
  });

  it('reads nothing from what is no JSON', () => {
    localStorage.setItem('test broken', '{');
    expect(webNote('localStorage', 'test broken').read()).to.equal(undefined);
    localStorage.removeItem('test broken');
  });
});

describe('openStorage', () => {
  it('keeps apart what has another name, and stores nothing by itself', async () => {
    const before = await databases();
    const stored = localStorage.length + sessionStorage.length;
    for (const persistence of ['local', 'session', 'none'] as const) {
      const { note } = openStorage(persistence, `test ${crypto.randomUUID()}`, () => {});
      expect(note.read()).to.equal(undefined);
    }
    expect(await databases()).to.deep.equal(before);
    expect(localStorage.length + sessionStorage.length).to.equal(stored);
  });
});
