import { expect } from '@open-wc/testing';
import { aiSays, guestSays, staffSays } from './fake-client.js';
import { openWidget } from './open-widget.js';

const at = (minute: number) => ({ sentAt: new Date(2026, 2, 1, 10, minute).toISOString() });

describe('<cw-group>', () => {
  it('is accessible', async () => {
    const { widget } = await openWidget({ messages: [staffSays('One'), staffSays('Two')] });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('has one name, one picture and one time', async () => {
    const { all, texts } = await openWidget({
      messages: [staffSays('One', at(1)), staffSays('Two', at(2)), staffSays('Three', at(3))],
    });
    expect(all('.group').length).to.equal(1);
    expect(all('.group > .avatar').length).to.equal(1);
    expect(texts('.author').length).to.equal(1);
    expect(texts('.meta')).to.deep.equal(['10:03']);
    const [time] = all<HTMLTimeElement>('time');
    expect(time!.dateTime).to.equal(at(3).sentAt);
    expect(time!.title).to.contain('Sunday');
  });

  it('ends after five minutes and with another author', async () => {
    const { all } = await openWidget({
      messages: [
        staffSays('One', at(1)),
        staffSays('Two', at(6)),
        guestSays('Three', at(6)),
        aiSays('Four', at(6)),
      ],
    });
    expect(all('.group').length).to.equal(4);
  });

  it('calls those who have no name by what they are', async () => {
    const { texts } = await openWidget({
      messages: [
        aiSays('One', { author: undefined }),
        staffSays('Two', { author: { id: 'x', role: 'staff' } }),
      ],
    });
    expect(texts('.author bdi')).to.deep.equal(['Assistant', 'Support']);
  });
});
