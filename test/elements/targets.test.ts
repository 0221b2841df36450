import { expect, waitUntil } from '@open-wc/testing';
import { aiSays, guestSays } from './fake-client.js';
import { openWidget, type Opened } from './open-widget.js';

/** Buttons that are smaller than a fine pointer can be asked to hit, with their size. */
const small = ({ all }: Opened): string[] =>
  all('button:not(.vh)')
    .map((button) => ({ button, box: button.getBoundingClientRect() }))
    .filter(({ box }) => box.width < 24 || box.height < 24)
    .map(({ button, box }) => `${button.className} ${box.width} × ${box.height}`);

describe('targets', () => {
  it('are at least 24 pixels high and wide, in the welcome and in a conversation', async () => {
    expect(small(await openWidget({}, { suggestions: ['One', 'Two'] }))).to.be.empty;
    const opened = await openWidget({
      features: ['reactions', 'escalation'],
      connection: { status: 'failed' },
      answering: 'queued',
      position: 2,
      messages: [
        guestSays('Failed', { delivery: 'failed' }),
        aiSays('Well?', { actions: [{ label: 'Yes', value: 'y' }] }),
      ],
    });
    await waitUntil(() => opened.all('.feedback').length > 0);
    expect(opened.all('button').length).to.be.greaterThan(8);
    expect(small(opened)).to.be.empty;
  });
});
