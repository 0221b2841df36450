import { expect } from '@open-wc/testing';
import { guestSays, MAYA, SPARK } from './fake-client.js';
import { openWidget } from './open-widget.js';

const messages = [guestSays('Hi')];

describe('<cw-typing>', () => {
  it('is accessible', async () => {
    const { widget } = await openWidget({
      messages,
      typing: [{ author: SPARK, label: 'Checking the forecast' }, { author: MAYA }],
    });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('says who is typing, and what the assistant does', async () => {
    const { all, texts, set } = await openWidget({
      messages,
      typing: [{ author: SPARK, label: 'Checking the forecast' }, { author: MAYA }],
    });
    expect(all('.typing [role="img"]').map((dots) => dots.getAttribute('aria-label'))).to.deep.equal([
      'Assistant is typing',
      'Maya Okafor is typing',
    ]);
    expect(texts('.typing')).to.deep.equal(['Checking the forecast', '']);
    await set({ typing: [] });
    expect(all('.typing').length).to.equal(0);
  });
});
