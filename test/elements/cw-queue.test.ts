import { expect } from '@open-wc/testing';
import { guestSays } from './fake-client.js';
import { entry, focused, openWidget } from './open-widget.js';

const queued = { answering: 'queued', position: 2, waitSeconds: 170, messages: [guestSays('Hi')] } as const;

describe('<cw-queue>', () => {
  it('is accessible', async () => {
    const { widget } = await openWidget(queued);
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('says the place, the wait, and that nothing has to be repeated', async () => {
    const { texts, set } = await openWidget(queued);
    expect(texts('.queue p')).to.deep.equal([
      'Your place in line',
      '2nd',
      'About 3 minutes',
      'We’ve shared this chat with the team, so you won’t need to repeat yourself.',
    ]);
    await set({ answering: 'staff', position: undefined, waitSeconds: undefined });
    expect(texts('.queue')).to.deep.equal([]);
  });

  it('does without a place and a wait that are not known', async () => {
    const { texts } = await openWidget({ ...queued, position: undefined, waitSeconds: undefined });
    expect(texts('.queue p')[0]).to.equal('Finding you a person');
    expect(texts('.queue p').length).to.equal(2);
  });

  it('shows a first place at once, a change no sooner than ten seconds later', async () => {
    const { texts, set } = await openWidget({ ...queued, position: undefined });
    await set({ position: 3 });
    expect(texts('.queue-number')).to.deep.equal(['3rd']);
    await set({ position: 2 });
    expect(texts('.queue-number')).to.deep.equal(['3rd']);
  });

  it('is left with a word', async () => {
    const { find, client, widget, drawn } = await openWidget(queued);
    find('.queue .button').focus();
    find('.queue .button').click();
    expect(client.callsOf('leaveQueue').length).to.equal(1);
    await drawn();
    expect(focused(widget)).to.equal(entry());
  });
});
