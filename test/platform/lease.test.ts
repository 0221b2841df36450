import { expect } from '@open-wc/testing';
import { Lease } from '../../src/platform/lease.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const setUp = () => {
  const clock = new ManualClock();
  const name = `test ${crypto.randomUUID()}`;
  const view = { visible: true };
  const lease = (id: string): Lease => new Lease(name, id, clock, () => view.visible);
  return { clock, view, lease, kept: () => Object.keys(localStorage).filter((key) => key.startsWith(name)) };
};

describe('Lease', () => {
  it('is held while the page lives, and given up at its end', async () => {
    const { clock, lease, kept } = setUp();
    const [mine, other] = [lease('mine'), lease('other')];
    expect(other.holds('mine')).to.equal(false);
    mine.begin();
    await clock.advance(60_000);
    expect(other.holds('mine')).to.equal(true);
    mine.end();
    expect(other.holds('mine')).to.equal(false);
    expect(kept()).to.deep.equal([]);
    expect(clock.pending).to.equal(0);
  });

  it('runs out when the page crashed, later for a hidden page whose timers are slow', () => {
    const { clock, view, lease } = setUp();
    const other = lease('other');
    lease('crashed').begin();
    view.visible = false;
    lease('hidden').begin();
    clock.setDate(new Date(clock.date() + 7000).toISOString());
    expect(other.holds('crashed')).to.equal(false);
    expect(other.holds('hidden')).to.equal(true);
  });

  it('does not hold for ever when the wall clock was set back', () => {
    const { clock, lease } = setUp();
    lease('crashed').begin();
    clock.setDate(new Date(clock.date() - 3_600_000).toISOString());
    expect(lease('other').holds('crashed')).to.equal(false);
  });

  it('knows itself, and nobody without a name', () => {
    const { lease } = setUp();
    expect(lease('mine').holds('mine')).to.equal(true);
    expect(lease('mine').holds(undefined)).to.equal(false);
  });
});
