import { expect } from '@open-wc/testing';
import { until } from '../../src/elements/until.js';
import { fakeClient } from './fake-client.js';

describe('until', () => {
  it('waits until something holds, or finds that it does already', async () => {
    const client = fakeClient({ hasOlder: true });
    expect(await until(client, ({ hasOlder }) => hasOlder)).to.equal(true);
    const gone = until(client, ({ hasOlder }) => !hasOlder, 60_000);
    client.set({ open: true });
    client.set({ hasOlder: false });
    expect(await gone).to.equal(true);
  });

  it('waits no longer than it is told', async () => {
    expect(await until(fakeClient(), () => false, 0)).to.equal(false);
  });
});
