import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { Heartbeat } from '../../src/transports/heartbeat.js';

const setUp = (random = () => 1) => {
  const clock = new ManualClock({ random });
  const pings: number[] = [];
  let deaths = 0;
  const heartbeat = new Heartbeat({
    clock,
    intervalMs: 10_000,
    ping: () => pings.push(clock.now()),
    onDead: () => deaths++,
  });
  return { clock, heartbeat, pings, deaths: () => deaths };
};

describe('Heartbeat', () => {
  it('pings after the interval without a frame, and calls the line dead five seconds later', async () => {
    const { clock, pings, deaths } = setUp();
    await clock.advance(14_999);
    expect(pings).to.deep.equal([10_000]);
    expect(deaths()).to.equal(0);
    await clock.advance(1);
    expect(deaths()).to.equal(1);
    await clock.advance(100_000);
    expect(pings).to.have.length(1);
    expect(deaths()).to.equal(1);
    expect(clock.pending).to.equal(0);
  });

  it('sends its first ping at a random part of the interval', async () => {
    const { clock, heartbeat, pings } = setUp(() => 0.25);
    await clock.advance(2500);
    heartbeat.seen();
    await clock.advance(10_000);
    expect(pings).to.deep.equal([2500, 12_500]);
  });

  it('lets any frame count as life', async () => {
    const { clock, heartbeat, pings, deaths } = setUp();
    for (let i = 0; i < 10; i++) {
      await clock.advance(9000);
      heartbeat.seen();
    }
    expect(pings).to.deep.equal([]);
    heartbeat.probe();
    await clock.advance(1000);
    heartbeat.seen();
    await clock.advance(5000);
    expect(deaths()).to.equal(0);
  });

  it('is stricter when asked to be, and not more lenient', async () => {
    const { clock, heartbeat, pings, deaths } = setUp();
    heartbeat.probe(5000);
    heartbeat.probe(3000);
    heartbeat.probe(10_000);
    expect(pings).to.have.length(1);
    await clock.advance(3000);
    expect(deaths()).to.equal(1);
  });

  it('counts against the patience how long an answer has been owed, unless there was a sign of life since', async () => {
    const { clock, heartbeat, deaths } = setUp();
    await clock.advance(4000);
    heartbeat.probe(undefined, 4000);
    await clock.advance(999);
    expect(deaths()).to.equal(0);
    await clock.advance(1);
    expect(deaths()).to.equal(1);

    const other = setUp();
    await other.clock.advance(3900);
    other.heartbeat.seen();
    await other.clock.advance(100);
    other.heartbeat.probe(undefined, 4000);
    await other.clock.advance(4899);
    expect(other.deaths()).to.equal(0);
    await other.clock.advance(1);
    expect(other.deaths()).to.equal(1);
  });

  it('does not notice a wall clock that jumps', async () => {
    const { clock, heartbeat, pings, deaths } = setUp();
    heartbeat.seen();
    clock.setDate('2030-01-01T00:00:00Z');
    await clock.advance(9000);
    clock.setDate('2020-01-01T00:00:00Z');
    heartbeat.seen();
    await clock.advance(9000);
    expect(pings).to.deep.equal([]);
    expect(deaths()).to.equal(0);
  });

  it('asks again instead of judging when the machine slept through its timer', async () => {
    let due: (() => void) | undefined;
    let now = 0;
    let pings = 0;
    let deaths = 0;
    const heartbeat = new Heartbeat({
      clock: {
        now: () => now,
        date: () => now,
        random: () => 0.5,
        setTimeout: (fn) => ((due = fn), 1),
        clearTimeout: () => {},
      },
      intervalMs: 10_000,
      ping: () => pings++,
      onDead: () => deaths++,
    });
    heartbeat.probe();
    now = 3_600_000;
    due!();
    expect({ pings, deaths }).to.deep.equal({ pings: 2, deaths: 0 });
    now += 3000;
    due!();
    expect(deaths).to.equal(1);
  });
});
