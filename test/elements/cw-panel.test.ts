import { expect } from '@open-wc/testing';
import { aiSays, guestSays } from './fake-client.js';
import { openWidget } from './open-widget.js';

const RESUMING = { conversationId: 'known', loaded: false } as const;

describe('<cw-panel>', () => {
  it('is accessible with a welcome, a thread, while loading and when lost', async () => {
    for (const state of [
      {},
      { messages: [aiSays('Hello')] },
      { ...RESUMING, connection: { status: 'connecting' } as const },
      { ...RESUMING, connection: { status: 'failed' } as const },
    ]) {
      const { widget } = await openWidget(state);
      await expect(widget).to.be.accessible();
    }
  }).timeout(10_000);

  it('is a dialog that does not hold focus while it floats', async () => {
    const { find, all } = await openWidget();
    expect(find('.panel').getAttribute('role')).to.equal('dialog');
    expect(find('.panel').getAttribute('aria-label')).to.equal('Chat with Fernway support');
    expect(find('.panel').hasAttribute('aria-modal')).to.be.false;
    expect(all('.edge').length).to.equal(0);
  });

  it('is a region without a launcher when it is inline', async () => {
    const { find, all, client, widget } = await openWidget({}, { mode: 'inline', open: false });
    expect(find('.panel').getAttribute('role')).to.equal('region');
    expect(find('.panel').inert).to.be.false;
    expect(all('.launcher, .icon-button').length).to.equal(0);
    await expect(widget).to.be.accessible();
    // It counts as opened once it can be seen.
    await new Promise<void>((seen) => {
      if (client.state.open) seen();
      client.subscribe(({ open }) => open && seen());
    });
  });

  it('cannot be reached by keyboard or reader while it is closed', async () => {
    const { find, widget, drawn } = await openWidget();
    widget.hide();
    await drawn();
    expect(find('.panel').inert).to.be.true;
  });

  it('welcomes while nothing has been said, then makes room for the thread', async () => {
    const { all, find, set } = await openWidget();
    const input = find('textarea');
    expect(all('.hero').length).to.equal(1);
    expect(all('.header').length).to.equal(0);
    await set({ messages: [guestSays('Hi')] });
    expect(all('.hero').length).to.equal(0);
    expect(all('.header').length).to.equal(1);
    expect(find('textarea') === input, 'the message box stays').to.be.true;
  });

  it('goes on welcoming while a new conversation gets its name', async () => {
    const { all, set } = await openWidget({ loaded: false });
    await set({ conversationId: 'new' });
    expect(all('.hero').length).to.equal(1);
    await set({ loaded: true });
    expect(all('.hero').length).to.equal(1);
  });

  it('shows the shape of a conversation that is on its way', async () => {
    const { all, set } = await openWidget({ ...RESUMING, connection: { status: 'connecting' } });
    expect(all('.loading').length).to.equal(1);
    await set({ loaded: true, messages: [aiSays('There')] });
    expect(all('.loading').length).to.equal(0);
    expect(all('.bubble').length).to.equal(1);
  });

  it('says that a conversation could not be loaded, and tries again', async () => {
    const { find, client, texts } = await openWidget({ ...RESUMING, connection: { status: 'failed' } });
    expect(texts('.empty h3')).to.deep.equal(['We couldn’t load your chat']);
    find('.empty button').click();
    expect(client.callsOf('connect').length).to.equal(1);
  });

  it('shows a first bubble of the page in place of the welcome, and never sends it', async () => {
    const { texts, all, client, widget } = await openWidget({}, { welcome: 'Ask me about tents.' });
    expect(texts('.bubble')).to.deep.equal(['Ask me about tents.']);
    expect(texts('.role-tag')).to.deep.equal(['AI']);
    expect(all('.hero').length).to.equal(0);
    expect(client.callsOf('send').length).to.equal(0);
    expect(widget.messages.length).to.equal(0);
    await expect(widget).to.be.accessible();
  });
});
