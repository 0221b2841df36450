import { expect } from '@open-wc/testing';
import { Outbox, type OutboxEntry } from '../../src/conversation/outbox.js';
import type { Lease } from '../../src/platform/lease.js';
import { memoryTable, type Table } from '../../src/platform/table.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const entry = (clientId: string): OutboxEntry => ({ clientId, text: clientId, writtenAt: 0 });

const numbering = (): { lastKey: number; numbered(): void } => ({ lastKey: 0, numbered() {} });
const quiet = {
  anyStored: () => true,
  numbering: numbering(),
  owner: undefined,
  lease: undefined,
  probe() {},
  giveUp() {},
  onLoaded() {},
  onHandOver() {},
};

const setUp = (table: Table<OutboxEntry> = memoryTable(), owner?: string, lease?: Lease) => {
  const clock = new ManualClock();
  const loaded: OutboxEntry[] = [];
  const handedOver: string[] = [];
  const owed: number[] = [];
  const givenUp: number[] = [];
  const sent: string[] = [];
  const deliveries: string[] = [];
  const outbox = new Outbox({
    clock,
    table,
    owner,
    anyStored: () => true,
    numbering: numbering(),
    lease,
    confirmedByEvents: () => true,
    transmit: async ({ clientId }) => sent.push(clientId),
    probe: (owedForMs) => owed.push(owedForMs),
    giveUp: () => givenUp.push(clock.now()),
    onLoaded: (entries) => loaded.push(...entries),
    onHandOver: (_key, { clientId }) => handedOver.push(clientId),
    onDelivery: (clientId, state) => deliveries.push(`${clientId} ${state}`),
  });
  const stored = async (): Promise<string[]> => (await table.entries()).map(([, { clientId }]) => clientId);
  const flow = async (): Promise<void> => {
    await outbox.lead();
    outbox.open();
  };
  return { clock, table, outbox, sent, deliveries, stored, loaded, handedOver, owed, givenUp, flow };
};

describe('Outbox', () => {
  it('stores a message before it sends it', async () => {
    const order: string[] = [];
    const table = memoryTable<OutboxEntry>();
    const put = table.put;
    table.put = async (key, value) => {
      await put(key, value);
      order.push('stored');
    };
    const outbox = new Outbox({
      clock: new ManualClock(),
      table,
      ...quiet,
      confirmedByEvents: () => true,
      transmit: async () => order.push('sent'),
      onDelivery() {},
    });
    await outbox.lead();
    outbox.open();
    await outbox.add(entry('a'));
    expect(order).to.deep.equal(['stored', 'sent']);
  });

  it('sends in order of writing, even when a later one is stored first', async () => {
    const table = memoryTable<OutboxEntry>();
    const put = table.put;
    let release = (): void => {};
    table.put = async (key, value) => {
      if (value.clientId === 'a') await new Promise<void>((resolve) => (release = resolve));
      return put(key, value);
    };
    const { outbox, sent, flow } = setUp(table);
    await flow();
    const first = outbox.add(entry('a'));
    await outbox.add(entry('b'));
    expect(sent).to.deep.equal([]);
    release();
    await first;
    expect(sent).to.deep.equal(['a', 'b']);
  });

  it('settles by ack, and only then forgets', async () => {
    const { outbox, stored, flow } = setUp();
    await flow();
    await outbox.add(entry('a'));
    expect(await stored()).to.deep.equal(['a']);
    expect(outbox.settle('a')).to.equal(true);
    expect(outbox.settle('a')).to.equal(false);
    expect(await stored()).to.deep.equal([]);
  });

  it('keeps up to 32 under way', async () => {
    const { outbox, sent, flow } = setUp();
    for (let i = 0; i < 40; i++) await outbox.add(entry(`m${i}`));
    await flow();
    expect(sent).to.have.length(32);
    outbox.settle('m0');
    expect(sent.at(-1)).to.equal('m32');
  });

  it('sends again, in order and under the same ids, when the line comes back', async () => {
    const { outbox, sent, deliveries, flow } = setUp();
    await flow();
    await outbox.add(entry('a'));
    await outbox.add(entry('b'));
    outbox.settle('a');
    outbox.close();
    expect(deliveries.at(-1)).to.equal('b queued');
    await outbox.add(entry('c'));
    expect(sent).to.deep.equal(['a', 'b']);
    outbox.open();
    expect(sent).to.deep.equal(['a', 'b', 'b', 'c']);
  });

  it('probes after 4 s without an ack and repeats after 10 s, without a word to the guest', async () => {
    const { clock, outbox, sent, deliveries, owed, flow } = setUp();
    await flow();
    await outbox.add(entry('a'));
    await clock.advance(4000);
    expect(owed.length).to.equal(1);
    expect(sent).to.deep.equal(['a']);
    await clock.advance(6000);
    expect(sent).to.deep.equal(['a', 'a']);
    expect(deliveries).not.to.include('a queued');
    outbox.settle('a');
    await clock.advance(60_000);
    expect(sent).to.have.length(2);
    expect(clock.pending).to.equal(0);
  });

  it('gives up a line that brings no ack for what was repeated', async () => {
    const { clock, outbox, givenUp, flow } = setUp();
    await flow();
    await outbox.add(entry('a'));
    await clock.advance(19_999);
    expect(givenUp).to.deep.equal([]);
    await clock.advance(1);
    expect(givenUp).to.deep.equal([20_000]);
  });

  it('does not take up again what was settled while the storage was being read', async () => {
    const { table, outbox, sent, clock, flow } = setUp();
    await flow();
    await outbox.add(entry('a'));
    const { entries } = table;
    let answer = (): void => {};
    table.entries = async () => {
      const read = await entries();
      await new Promise<void>((resolve) => (answer = resolve));
      return read;
    };
    outbox.refresh();
    await clock.settle();
    outbox.settle('a');
    answer();
    await clock.settle();
    expect(sent).to.deep.equal(['a']);
    expect(outbox.waiting).to.equal(0);
  });

  it('waits as a temporary refusal says and goes on from the refused one', async () => {
    const { clock, outbox, sent, flow } = setUp();
    await flow();
    for (const id of ['a', 'b', 'c']) await outbox.add(entry(id));
    outbox.settle('a');
    outbox.refuse({ clientId: 'b', code: 'rate-limited', message: '', retryAfterMs: 2000 });
    outbox.refuse({ clientId: 'c', code: 'behind', message: '', retryAfterMs: 2000 });
    await outbox.add(entry('d'));
    await clock.advance(1999);
    expect(sent).to.deep.equal(['a', 'b', 'c']);
    await clock.advance(1);
    expect(sent).to.deep.equal(['a', 'b', 'c', 'b', 'c', 'd']);
  });

  it('keeps what is refused for good, visibly, also for the next page, and goes on', async () => {
    const { table, outbox, sent, deliveries, flow } = setUp();
    await flow();
    await outbox.add(entry('a'));
    await outbox.add(entry('b'));
    outbox.refuse({ clientId: 'a', code: 'forbidden', message: 'no' });
    expect(deliveries.at(-1)).to.equal('a failed');
    expect(outbox.waiting).to.equal(1);
    const next = setUp(table);
    await next.outbox.lead();
    expect(next.loaded.map(({ clientId, failure }) => [clientId, failure?.code])).to.deep.equal([
      ['a', 'forbidden'],
      ['b', undefined],
    ]);
    next.outbox.open();
    expect(next.sent).to.deep.equal(['b']);
    await next.outbox.retry('a');
    expect(next.sent).to.deep.equal(['b', 'a']);
    expect(sent).to.deep.equal(['a', 'b']);
  });

  it('drops what the guest deletes, but not what is under way', async () => {
    const { outbox, stored, flow } = setUp();
    await outbox.add(entry('a'));
    await outbox.add(entry('b'));
    expect(outbox.remove('a')).to.equal(true);
    await flow();
    expect(outbox.remove('b')).to.equal(false);
    expect(await stored()).to.deep.equal(['b']);
  });

  it('takes up what another page left, in order, even after the wall clock was set back', async () => {
    const first = setUp();
    await first.outbox.add(entry('a'));
    first.clock.setDate('2001-01-01T00:00:00Z');
    await first.outbox.add(entry('b'));
    const second = setUp(first.table);
    second.clock.setDate('1999-01-01T00:00:00Z');
    await second.outbox.lead();
    await second.outbox.add(entry('c'));
    second.outbox.open();
    expect(second.sent).to.deep.equal(['a', 'b', 'c']);
    expect(await second.stored()).to.deep.equal(['a', 'b', 'c']);
  });

  it('takes up only what is from the same guest and has the form of a message', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', { ...entry('a'), owner: 'ann' });
    await table.put('2', { ...entry('b'), owner: 'bob' });
    await table.put('3', entry('anybody'));
    await table.put('4', { clientId: 'broken' } as OutboxEntry);
    const { outbox, sent } = setUp(table, 'bob');
    outbox.open();
    await outbox.lead();
    expect(sent).to.deep.equal(['b']);
  });

  it('takes a message once that is stored twice', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', { ...entry('a'), failure: { code: 'forbidden', message: '' } });
    await table.put('2', entry('b'));
    await table.put('3', entry('a'));
    const { outbox, sent, loaded } = setUp(table);
    outbox.open();
    await outbox.lead();
    expect(loaded.map(({ clientId }) => clientId)).to.deep.equal(['b', 'a']);
    expect(sent).to.deep.equal(['b', 'a']);
  });

  it('takes up nothing that was forgotten while the storage was answering', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', entry('secret'));
    const { outbox, sent, loaded } = setUp(table);
    outbox.open();
    const loading = outbox.lead();
    await outbox.clear();
    await loading;
    expect(loaded).to.deep.equal([]);
    outbox.open();
    expect(sent).to.deep.equal([]);
  });

  it('stores under different keys what two pages write in the same millisecond', async () => {
    const table = memoryTable<OutboxEntry>();
    await setUp(table).outbox.add(entry('a'));
    await setUp(table).outbox.add(entry('b'));
    expect(await table.entries()).to.have.length(2);
  });

  it('lets no shorter pause cut a longer one short', async () => {
    const { clock, outbox, sent, flow } = setUp();
    await flow();
    for (const id of ['a', 'b']) await outbox.add(entry(id));
    outbox.refuse({ clientId: 'a', code: 'rate-limited', message: '', retryAfterMs: 5000 });
    outbox.refuse({ clientId: 'b', code: 'behind', message: '', retryAfterMs: 1 });
    await clock.advance(4999);
    expect(sent).to.have.length(2);
    await clock.advance(1);
    expect(sent).to.have.length(4);
  });

  it('hands its own messages to the tab that sends, and sends for all when it is its turn', async () => {
    const table = memoryTable<OutboxEntry>();
    const first = setUp(table);
    const second = setUp(table);
    await first.flow();
    await second.outbox.add(entry('b'));
    expect(second.handedOver).to.deep.equal(['b']);
    const [[key, stored]] = (await table.entries()) as [[string, OutboxEntry]];
    first.outbox.take(key, stored);
    first.outbox.take(key, stored);
    expect(first.sent).to.deep.equal(['b']);
    // The tab that sent is gone without an ack.
    await second.flow();
    expect(second.sent).to.deep.equal(['b']);
    second.outbox.settle('b');
    await second.clock.settle();
    expect(await table.entries()).to.deep.equal([]);
  });

  it('gives back what it sent for all when another tab takes over, and hands its own over once more', async () => {
    const { table, outbox, handedOver, flow } = setUp();
    await table.put('1', entry('of another tab'));
    await flow();
    await outbox.add(entry('mine'));
    outbox.follow();
    expect(handedOver).to.deep.equal(['mine']);
    expect(outbox.mine).to.deep.equal(['mine']);
    expect(outbox.waiting).to.equal(1);
  });

  it('without locks leaves to a living page what is its own, and takes over what a dead one left', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', { ...entry('dead'), page: 'dead page' });
    await table.put('2', { ...entry('living'), page: 'living page' });
    const living = new Set(['living page']);
    const lease = (id: string): Lease =>
      ({
        id,
        begin: () => living.add(id),
        end: () => living.delete(id),
        holds: (page?: string) => page !== undefined && living.has(page),
      }) as unknown as Lease;
    const first = setUp(table, undefined, lease('first'));
    const second = setUp(table, undefined, lease('second'));
    await Promise.all([first.flow(), second.flow()]);
    expect([...first.sent, ...second.sent]).to.deep.equal(['dead']);
    living.delete('living page');
    await Promise.all([first.clock.advance(5000), second.clock.advance(5000)]);
    expect([...first.sent, ...second.sent].toSorted()).to.deep.equal(['dead', 'living']);
    await first.outbox.add(entry('mine'));
    const mine = (await table.entries()).find(([, { clientId }]) => clientId === 'mine')!;
    expect(mine[1].page).to.equal('first');
  });

  it('sends without a storage that does not answer, and takes up late what it had', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', entry('old'));
    const { entries } = table;
    let answer = (): void => {};
    table.entries = () => new Promise((resolve) => (answer = () => resolve(entries())));
    const { clock, outbox, sent, loaded } = setUp(table);
    void outbox.lead();
    outbox.open();
    await outbox.add(entry('new'));
    expect(sent).to.deep.equal([]);
    await clock.advance(3000);
    expect(sent).to.deep.equal(['new']);
    answer();
    await clock.settle();
    expect(sent).to.deep.equal(['new', 'old']);
    expect(loaded.map(({ clientId }) => clientId)).to.deep.equal(['old']);
  });

  it('waits quietly when the line breaks while a message is handed over', async () => {
    const deliveries: string[] = [];
    const outbox = new Outbox({
      clock: new ManualClock(),
      table: memoryTable(),
      ...quiet,
      confirmedByEvents: () => true,
      transmit: () => Promise.reject(new Error('broken')),
      onDelivery: (id, state) => deliveries.push(`${id} ${state}`),
    });
    await outbox.lead();
    outbox.open();
    await outbox.add(entry('a'));
    await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    expect(deliveries).to.deep.equal(['a sending', 'a queued']);
    expect(outbox.waiting).to.equal(1);
  });
});
