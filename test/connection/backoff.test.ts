import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import { backoff } from '../../src/connection/backoff.js';
import { TRANSITIONS, mayFollow, type ConnectionStatus } from '../../src/connection/status.js';

describe('backoff', () => {
  it('stays within random(0, min(cap, 1 s · 2ⁿ)), with a cap of 10 s visible and 60 s hidden', () => {
    fc.assert(
      fc.property(
        fc.nat(2000),
        fc.boolean(),
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (n, visible, die) => {
          const delay = backoff(n, visible, die);
          expect(delay).to.be.at.least(0);
          expect(delay).to.be.at.most(Math.min(visible ? 10_000 : 60_000, 1000 * 2 ** n));
        },
      ),
    );
    expect(backoff(0, true, 0.999)).to.equal(999);
    expect(backoff(10, true, 0.5)).to.equal(5000);
    expect(backoff(10, false, 0.5)).to.equal(30_000);
  });
});

describe('status transitions', () => {
  it('lead from every status to another, and staying is always allowed', () => {
    for (const status of Object.keys(TRANSITIONS) as ConnectionStatus[]) {
      expect(TRANSITIONS[status]).not.to.be.empty;
      expect(mayFollow(status, status)).to.equal(true);
    }
    expect(mayFollow('idle', 'online')).to.equal(false);
    expect(mayFollow('failed', 'online')).to.equal(false);
  });
});
