import { expect } from '@open-wc/testing';
import { tellLine } from '../../src/elements/line.js';

describe('tellLine', () => {
  const online = { status: 'online' } as const;
  const lost = { status: 'reconnecting', retryAt: 10_000 } as const;

  it('is calm while the line stands, is not wanted, or rests', () => {
    for (const status of ['online', 'idle', 'paused'] as const) {
      expect(tellLine({ status }, undefined, undefined, 0)).to.deep.equal({ kind: 'calm' });
    }
  });

  it('tells of the first attempt', () => {
    expect(tellLine({ status: 'connecting' }, undefined, undefined, 0).kind).to.equal('connecting');
  });

  it('keeps a loss under two seconds to itself', () => {
    expect(tellLine(lost, 1_999, undefined, 7_000).kind).to.equal('calm');
    expect(tellLine(lost, 2_000, undefined, 7_000)).to.deep.equal({ kind: 'reconnecting', n: 3 });
  });

  it('counts full seconds up, and nothing when the attempt is due or under way', () => {
    expect(tellLine(lost, 3_000, undefined, 9_999)).to.deep.equal({ kind: 'reconnecting', n: 1 });
    expect(tellLine(lost, 3_000, undefined, 10_000)).to.deep.equal({ kind: 'reconnecting' });
    expect(tellLine({ status: 'connecting' }, 3_000, undefined, 0)).to.deep.equal({ kind: 'reconnecting' });
  });

  it('calls a loss of a minute out of reach', () => {
    expect(tellLine(lost, 60_000, undefined, 9_000).kind).to.equal('down');
  });

  it('says at once what the browser or the client is sure of', () => {
    expect(tellLine({ status: 'offline' }, 0, undefined, 0).kind).to.equal('offline');
    expect(tellLine({ status: 'failed' }, undefined, undefined, 0).kind).to.equal('down');
  });

  it('gives the all-clear while it is fresh', () => {
    expect(tellLine(online, undefined, 2, 0)).to.deep.equal({ kind: 'restored', n: 2 });
  });
});
