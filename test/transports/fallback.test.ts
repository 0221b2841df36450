import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { fallbackTransport, type FallbackOptions } from '../../src/transports/fallback.js';
import type { Link } from '../../src/transports/transport.js';
import { FakeTransport } from '../connection/fake-line.js';
import { ToldEvents, failure } from './told-events.js';

const setUp = (more: Partial<FallbackOptions> = {}) => {
  const clock = new ManualClock({ random: () => 0.5 });
  const wires = ['pusher', 'reverb', 'polling'].map((name) => new FakeTransport(name));
  const [pusher, reverb, polling] = wires as [FakeTransport, FakeTransport, FakeTransport];
  const transport = fallbackTransport({ transports: wires, clock, ...more });
  const told = new ToldEvents();
  const ending = new AbortController();
  const open = (): Promise<Link> => transport.open({ guestId: 'g1' }, told, ending.signal);
  const names = (): string[] => told.frames.map(({ event }) => event);
  return { clock, pusher, reverb, polling, transport, told, ending, open, names };
};

/** Falls back to polling: both better wires have failed. */
const onPolling = async (more: Partial<FallbackOptions> = {}) => {
  const set = setUp(more);
  const opened = set.open();
  set.pusher.last.fails();
  await set.clock.settle();
  set.reverb.last.fails();
  await set.clock.settle();
  set.polling.last.opens();
  return { ...set, link: await opened };
};

describe('fallbackTransport', () => {
  it('is the wire itself where there is only one', () => {
    const only = new FakeTransport('pusher');
    expect(fallbackTransport({ transports: [only] })).to.equal(only);
  });

  it('takes the first that opens, and tries no other', async () => {
    const { pusher, reverb, polling, told, open, clock } = setUp();
    const opened = open();
    pusher.last.opens();
    await opened;
    await clock.advance(700_000);
    expect([reverb, polling].map(({ attempts }) => attempts.length)).to.deep.equal([0, 0]);
    expect(told.wires).to.deep.equal(['pusher']);
  });

  it('tries the next at once when one fails', async () => {
    const { link, told } = await onPolling();
    expect(told.wires).to.deep.equal(['polling']);
    const attempts = told.reports.filter(({ kind }) => kind === 'attempt');
    expect(attempts.map((each) => 'outcome' in each && `${each.transport} ${each.outcome}`)).to.deep.equal([
      'pusher lost',
      'reverb lost',
      'polling open',
    ]);
    link.close();
  });

  it('tries the next beside one that says nothing, after three seconds', async () => {
    const { pusher, reverb, polling, open, clock } = setUp();
    void open();
    await clock.advance(2999);
    expect(reverb.attempts).to.have.length(0);
    await clock.advance(1);
    expect(reverb.attempts).to.have.length(1);
    await clock.advance(3000);
    expect(polling.attempts).to.have.length(1);
    expect(pusher.last.signal.aborted).to.equal(false);
    polling.last.opens();
    await clock.settle();
  });

  it('gives up worse ones that are still opening, and keeps waiting for better ones', async () => {
    const { pusher, reverb, polling, open, clock, told } = setUp();
    const opened = open();
    await clock.advance(6000);
    reverb.last.opens();
    const link = await opened;
    expect(polling.last.signal.aborted).to.equal(true);
    expect(pusher.last.signal.aborted).to.equal(false);
    pusher.last.opens();
    await clock.settle();
    expect(told.wires).to.deep.equal(['reverb', 'pusher']);
    expect(reverb.last.closed).not.to.equal(false);
    link.close();
    expect(pusher.last.closed).not.to.equal(false);
  });

  it('comes back to a better one after a minute, empties the worse one first, and tells the rest behind it', async () => {
    const { polling, pusher, clock, told, names } = await onPolling();
    let empty!: () => void;
    polling.last.drain = () => new Promise((resolve) => (empty = resolve));
    await clock.advance(60_000);
    expect(pusher.attempts).to.have.length(2);
    pusher.last.opens();
    await clock.settle();
    pusher.last.tells('live');
    expect(polling.last.closed).to.equal(false);
    polling.last.tells('missed');
    empty();
    await clock.settle();
    pusher.last.tells('later');
    expect(names()).to.deep.equal(['missed', 'live', 'later']);
    expect(polling.last.closed).not.to.equal(false);
    expect(told.wires).to.deep.equal(['polling', 'pusher']);
  });

  it('stays where it is when the worse one cannot be emptied', async () => {
    const { polling, pusher, clock, told, names } = await onPolling();
    polling.last.drain = () => Promise.reject(new Error('503'));
    await clock.advance(60_000);
    pusher.last.opens();
    await clock.settle();
    pusher.last.tells('too early');
    polling.last.tells('page');
    expect(names()).to.deep.equal(['page']);
    expect(pusher.last.closed).not.to.equal(false);
    expect(told.wires).to.deep.equal(['polling']);
  });

  it('looks for better ones less and less often, and tries each of them', async () => {
    const { pusher, reverb, clock } = await onPolling();
    const looks: number[] = [];
    const begun = clock.now();
    for (let n = 2; n <= 5; n++) {
      while (pusher.attempts.length < n) await clock.advance(1000);
      looks.push(Math.round((clock.now() - begun) / 1000));
      pusher.last.fails();
      await clock.settle();
      expect(reverb.attempts).to.have.length(n);
      reverb.last.fails();
      await clock.settle();
    }
    expect(looks).to.deep.equal([60, 180, 420, 900]);
  });

  it('looks at once when the network has changed, but not again and again', async () => {
    const { pusher, clock, link, polling } = await onPolling();
    link.probe(3000);
    link.probe(3000);
    expect(polling.last.probes).to.have.length(2);
    expect(pusher.attempts).to.have.length(2);
    await clock.settle();
  });

  it('leaves a wire that said "never" alone for ten minutes', async () => {
    const { pusher, reverb, polling, open, clock } = setUp();
    const opened = open();
    pusher.last.fails({ reason: 'refused', retry: 'never', code: 4001 });
    await clock.settle();
    reverb.last.fails();
    await clock.settle();
    polling.last.opens();
    await opened;
    await clock.advance(60_000);
    expect([pusher.attempts.length, reverb.attempts.length]).to.deep.equal([1, 2]);
    for (let minute = 2; minute <= 10; minute++) {
      reverb.last.fails();
      expect(pusher.attempts, `minute ${minute}`).to.have.length(1);
      await clock.advance(60_000);
    }
    reverb.last.fails();
    await clock.advance(600_000);
    expect(pusher.attempts).to.have.length(2);
  });

  it('ends when the line that carries ends, and begins with the best again', async () => {
    const { polling, pusher, told, open, clock } = await onPolling();
    polling.last.dies({ reason: 'lost', retry: 'backoff' });
    expect(told.closes).to.deep.equal([{ reason: 'lost', retry: 'backoff' }]);
    void open().catch(() => {});
    expect(pusher.attempts).to.have.length(2);
    await clock.settle();
  });

  it('does not end when a better one is lost that has not taken over yet', async () => {
    const { polling, pusher, told, clock, names } = await onPolling();
    polling.last.drain = () => new Promise(() => {});
    await clock.advance(60_000);
    pusher.last.opens();
    await clock.settle();
    pusher.last.dies();
    polling.last.tells('page');
    expect(told.closes).to.deep.equal([]);
    expect(names()).to.deep.equal(['page']);
  });

  it('fails when all have failed, for good only where all say so', async () => {
    const never = { reason: 'refused', retry: 'never' } as const;
    for (const [last, expected] of [
      [{ reason: 'lost', retry: 'backoff' }, 'lost'],
      [never, 'refused'],
      [{ reason: 'unauthorized', retry: 'now' }, 'unauthorized'],
    ] as const) {
      const { pusher, reverb, polling, open, clock } = setUp();
      const failed = failure(open());
      for (const wire of [pusher, reverb]) {
        wire.last.fails(never);
        await clock.settle();
      }
      polling.last.fails(last);
      expect((await failed).reason).to.equal(expected);
    }
  });

  it('takes a verdict about the conversation from whoever says it', async () => {
    const { pusher, reverb, open } = setUp();
    const failed = failure(open());
    pusher.last.fails({ reason: 'gone', retry: 'now' });
    expect((await failed).reason).to.equal('gone');
    expect(reverb.attempts).to.have.length(0);
  });

  it('lets go of everything when it is given up', async () => {
    const { pusher, ending, open, clock, reverb } = setUp();
    const opened = open();
    await clock.advance(3000);
    ending.abort();
    const error = await opened.catch((reason: unknown) => reason);
    expect((error as Error).name).to.equal('AbortError');
    expect([pusher, reverb].map(({ last }) => last.signal.aborted)).to.deep.equal([true, true]);
  });
});
