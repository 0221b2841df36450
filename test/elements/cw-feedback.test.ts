import { expect, waitUntil } from '@open-wc/testing';
import type { ChatState } from '../../src/conversation/state.js';
import { aiSays, guestSays, staffSays } from './fake-client.js';
import { openWidget, type Opened } from './open-widget.js';

const features = ['reactions'];

async function asked(state: Partial<ChatState>): Promise<Opened> {
  const opened = await openWidget({ features, ...state });
  await waitUntil(() => opened.all('.feedback').length > 0);
  return opened;
}

const names = ({ all }: Opened): (string | null)[] =>
  all('.feedback button').map((button) => button.getAttribute('aria-label'));
const pressed = ({ all }: Opened): (string | null)[] =>
  all('.feedback button').map((button) => button.getAttribute('aria-pressed'));

describe('<cw-feedback>', () => {
  it('is accessible, and asks beside the time of the newest answer', async () => {
    const messages = [guestSays('One?'), aiSays('One'), guestSays('Two?'), aiSays('Two')];
    const opened = await asked({ messages });
    expect(names(opened)).to.deep.equal(['Helpful', 'Not helpful']);
    expect(opened.find('.feedback').closest('cw-message')!.textContent).to.contain('Two');
    expect(opened.find('.feedback').closest('.meta')!.querySelector('time')).to.exist;
    await expect(opened.widget).to.be.accessible();
  }).timeout(10_000);

  it('tells what was pressed, takes it back, and changes it', async () => {
    const answer = aiSays('Yes');
    const opened = await asked({ messages: [answer] });
    const { client, all, set } = opened;
    const choose = async (index: number): Promise<unknown[][]> => {
      client.calls.length = 0;
      all('.feedback button')[index]!.click();
      await opened.drawn();
      return client.callsOf('react');
    };
    expect(pressed(opened)).to.deep.equal(['false', 'false']);
    expect(await choose(0)).to.deep.equal([[answer.id, '👍', true]]);
    await set({ messages: [{ ...answer, reaction: '👍' }] });
    expect(pressed(opened)).to.deep.equal(['true', 'false']);
    expect(await choose(0)).to.deep.equal([[answer.id, '👍', false]]);
    expect(await choose(1)).to.deep.equal([
      [answer.id, '👍', false],
      [answer.id, '👎', true],
    ]);
    await set({ messages: [{ ...answer, reaction: '👎' }] });
    expect(pressed(opened)).to.deep.equal(['false', 'true']);
  });

  it('is not shown where nobody wants to know, for people, and before an answer is complete', async () => {
    const { all, set } = await asked({ messages: [aiSays('Yes')] });
    for (const state of [
      { messages: [aiSays('Yes')], features: [] },
      { messages: [staffSays('Hi'), guestSays('Hello')], features },
      { messages: [aiSays('Ye', { seq: undefined, streaming: true })], features },
      { messages: [aiSays('Ye', { stopped: true })], features },
    ]) {
      await set(state);
      expect(all('.feedback')).to.be.empty;
    }
  });

  it('asks about the last of several that come one upon the other, when none has come for a while', async () => {
    const [first, second, third] = [aiSays('One'), aiSays('Two'), aiSays('Three')];
    const { all, set, widget } = await asked({ messages: [first] });
    await set({ messages: [first, second] });
    expect(all('.feedback')).to.be.empty;
    await set({ messages: [first, second, third] });
    expect(all('.feedback')).to.be.empty;
    await waitUntil(() => all('.feedback').length > 0);
    expect(all('.feedback')[0]!.closest('cw-message')!.textContent).to.contain('Three');
    widget.remove();
  });

  it('leaves the focus with its answer when the next one takes its place', async () => {
    const answer = aiSays('Yes');
    const { find, set, widget } = await asked({ messages: [answer] });
    find('.feedback button').focus();
    const next = guestSays('And?');
    await set({ messages: [answer, next, aiSays('No')] });
    expect(widget.shadowRoot!.activeElement!.textContent).to.equal('Yes');
  });
});
