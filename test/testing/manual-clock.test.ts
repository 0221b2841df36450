import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';

describe('ManualClock', () => {
  it('runs timers in order, each at its own time', async () => {
    const clock = new ManualClock();
    const ran: [string, number][] = [];
    const note = (name: string) => () => ran.push([name, clock.now()]);
    clock.setTimeout(note('late'), 300);
    clock.setTimeout(note('early'), 100);
    clock.setTimeout(note('early too'), 100);
    clock.setTimeout(note('never'), 301);
    await clock.advance(300);
    expect(ran).to.deep.equal([
      ['early', 100],
      ['early too', 100],
      ['late', 300],
    ]);
    expect(clock.pending).to.equal(1);
  });

  it('lets promises settle between two timers, however long the chain', async () => {
    const clock = new ManualClock();
    const order: string[] = [];
    clock.setTimeout(() => {
      let chain = Promise.resolve();
      for (let link = 0; link < 1000; link++) chain = chain.then(() => {});
      void chain.then(() => order.push('settled'));
    }, 10);
    clock.setTimeout(() => order.push('next timer'), 10);
    await clock.advance(10);
    expect(order).to.deep.equal(['settled', 'next timer']);
  });

  it('runs timers that timers set, as long as they fall due', async () => {
    const clock = new ManualClock();
    const at: number[] = [];
    const again = (): void => {
      at.push(clock.now());
      clock.setTimeout(again, 100);
    };
    clock.setTimeout(again, 100);
    await clock.advance(350);
    expect(at).to.deep.equal([100, 200, 300]);
    expect(clock.now()).to.equal(350);
  });

  it('lets async functions wait on it', async () => {
    const clock = new ManualClock();
    const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.setTimeout(resolve, ms));
    let done = 0;
    void (async () => {
      for (let step = 0; step < 3; step++) await wait(100);
      done = clock.now();
    })();
    await clock.advance(1000);
    expect(done).to.equal(300);
  });

  it('drops cleared timers, and one that clears another', async () => {
    const clock = new ManualClock();
    let ran = false;
    const other = clock.setTimeout(() => (ran = true), 20);
    clock.setTimeout(() => clock.clearTimeout(other), 10);
    await clock.advance(100);
    expect(ran).to.equal(false);
  });

  it('hands on what a timer throws, and goes on afterwards', async () => {
    const clock = new ManualClock();
    clock.setTimeout(() => {
      throw new Error('broken');
    }, 10);
    const error = await clock.advance(10).catch((reason: Error) => reason);
    expect(error).to.be.an('error').with.property('message', 'broken');
    await clock.advance(5);
    expect(clock.now()).to.equal(15);
  });

  it('adds up calls that overlap', async () => {
    const clock = new ManualClock();
    await Promise.all([clock.advance(100), clock.advance(50)]);
    expect(clock.now()).to.equal(150);
  });

  it('keeps wall time and monotonic time apart', async () => {
    const clock = new ManualClock({ date: '2026-03-01T12:00:00.000Z' });
    await clock.advance(1000);
    clock.setDate('2020-01-01T00:00:00.000Z');
    await clock.advance(500);
    expect(new Date(clock.date()).toISOString()).to.equal('2020-01-01T00:00:00.500Z');
    expect(clock.now()).to.equal(1500);
  });

  it('gives the chance it was made with', () => {
    expect(new ManualClock().random()).to.equal(0.5);
    expect(new ManualClock({ random: () => 0.1 }).random()).to.equal(0.1);
  });

  it('waits for what takes real time', async () => {
    const clock = new ManualClock();
    let arrived = false;
    let left: Promise<void> | undefined = new Promise((resolve) =>
      setTimeout(() => {
        arrived = true;
        left = undefined;
        resolve();
      }, 5),
    );
    const release = clock.waitsFor(() => left);
    await clock.settle();
    expect(arrived).to.equal(true);
    release();
  });
});
