import { expect } from '@open-wc/testing';
import { Outbox, type OutboxEntry } from '../../src/conversation/outbox.js';
import { memoryTable, type Table } from '../../src/platform/table.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const entry = (clientId: string): OutboxEntry => ({ clientId, text: clientId, writtenAt: 0 });

const setUp = (table: Table<OutboxEntry> = memoryTable(), owner?: string) => {
  const clock = new ManualClock();
  const sent: string[] = [];
  const deliveries: string[] = [];
  let probes = 0;
  const outbox = new Outbox({
    clock,
    table,
    owner,
    transmit: async ({ clientId }) => sent.push(clientId),
    probe: () => probes++,
    onDelivery: (clientId, state) => deliveries.push(`${clientId} ${state}`),
  });
  const stored = async (): Promise<string[]> => (await table.entries()).map(([, { clientId }]) => clientId);
  return { clock, table, outbox, sent, deliveries, stored, probes: () => probes };
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
      owner: undefined,
      transmit: async () => order.push('sent'),
      probe() {},
      onDelivery() {},
    });
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
    const { outbox, sent } = setUp(table);
    outbox.open();
    const first = outbox.add(entry('a'));
    await outbox.add(entry('b'));
    expect(sent).to.deep.equal([]);
    release();
    await first;
    expect(sent).to.deep.equal(['a', 'b']);
  });

  it('settles by ack, and only then forgets', async () => {
    const { outbox, stored } = setUp();
    outbox.open();
    await outbox.add(entry('a'));
    expect(await stored()).to.deep.equal(['a']);
    expect(outbox.settle('a')).to.equal(true);
    expect(outbox.settle('a')).to.equal(false);
    expect(await stored()).to.deep.equal([]);
  });

  it('keeps up to 32 under way', async () => {
    const { outbox, sent } = setUp();
    for (let i = 0; i < 40; i++) await outbox.add(entry(`m${i}`));
    outbox.open();
    expect(sent).to.have.length(32);
    outbox.settle('m0');
    expect(sent.at(-1)).to.equal('m32');
  });

  it('sends again, in order and under the same ids, when the line comes back', async () => {
    const { outbox, sent, deliveries } = setUp();
    outbox.open();
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
    const { clock, outbox, sent, deliveries, probes } = setUp();
    outbox.open();
    await outbox.add(entry('a'));
    await clock.advance(4000);
    expect(probes()).to.equal(1);
    expect(sent).to.deep.equal(['a']);
    await clock.advance(6000);
    expect(sent).to.deep.equal(['a', 'a']);
    expect(deliveries).not.to.include('a queued');
    outbox.settle('a');
    await clock.advance(60_000);
    expect(sent).to.have.length(2);
    expect(clock.pending).to.equal(0);
  });

  it('waits as a temporary refusal says and goes on from the refused one', async () => {
    const { clock, outbox, sent } = setUp();
    outbox.open();
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
    const { table, outbox, sent, deliveries } = setUp();
    outbox.open();
    await outbox.add(entry('a'));
    await outbox.add(entry('b'));
    outbox.refuse({ clientId: 'a', code: 'forbidden', message: 'no' });
    expect(deliveries.at(-1)).to.equal('a failed');
    expect(outbox.waiting).to.equal(1);
    const next = setUp(table);
    const loaded = await next.outbox.load();
    expect(loaded.map(({ clientId, failure }) => [clientId, failure?.code])).to.deep.equal([
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
    const { outbox, stored } = setUp();
    await outbox.add(entry('a'));
    await outbox.add(entry('b'));
    expect(outbox.remove('a')).to.equal(true);
    outbox.open();
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
    await second.outbox.load();
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
    await outbox.load();
    expect(sent).to.deep.equal(['b']);
  });

  it('takes a message once that is stored twice', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', { ...entry('a'), failure: { code: 'forbidden', message: '' } });
    await table.put('2', entry('b'));
    await table.put('3', entry('a'));
    const { outbox, sent } = setUp(table);
    outbox.open();
    expect((await outbox.load()).map(({ clientId }) => clientId)).to.deep.equal(['b', 'a']);
    expect(sent).to.deep.equal(['b', 'a']);
  });

  it('takes up nothing that was forgotten while the storage was answering', async () => {
    const table = memoryTable<OutboxEntry>();
    await table.put('1', entry('secret'));
    const { outbox, sent } = setUp(table);
    outbox.open();
    const loading = outbox.load();
    await outbox.clear();
    expect(await loading).to.deep.equal([]);
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
    const { clock, outbox, sent } = setUp();
    outbox.open();
    for (const id of ['a', 'b']) await outbox.add(entry(id));
    outbox.refuse({ clientId: 'a', code: 'rate-limited', message: '', retryAfterMs: 5000 });
    outbox.refuse({ clientId: 'b', code: 'behind', message: '', retryAfterMs: 1 });
    await clock.advance(4999);
    expect(sent).to.have.length(2);
    await clock.advance(1);
    expect(sent).to.have.length(4);
  });

  it('waits quietly when the line breaks while a message is handed over', async () => {
    const deliveries: string[] = [];
    const outbox = new Outbox({
      clock: new ManualClock(),
      table: memoryTable(),
      owner: undefined,
      transmit: () => Promise.reject(new Error('broken')),
      probe() {},
      onDelivery: (id, state) => deliveries.push(`${id} ${state}`),
    });
    outbox.open();
    await outbox.add(entry('a'));
    await new Promise((resolve) => queueMicrotask(() => resolve(undefined)));
    expect(deliveries).to.deep.equal(['a sending', 'a queued']);
    expect(outbox.waiting).to.equal(1);
  });
});
