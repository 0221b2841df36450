import { expect } from '@open-wc/testing';
import { aiSays, guestSays, staffSays } from './fake-client.js';
import { countUpdates, entry, focused, openWidget } from './open-widget.js';

describe('<cw-message>', () => {
  it('is accessible in every state', async () => {
    const states = ['queued', 'sending', 'sent', 'delivered', 'read', 'failed'] as const;
    const { widget } = await openWidget({
      messages: [
        ...states.map((delivery) => guestSays(delivery, { delivery })),
        aiSays('Growing', { streaming: true }),
      ],
    });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('says role, place in the group and delivery in its part', async () => {
    const { all } = await openWidget({
      messages: [
        guestSays('One', { delivery: 'read' }),
        guestSays('Two', { delivery: 'read' }),
        staffSays('Three'),
      ],
    });
    expect(all('.bubble').map((bubble) => bubble.getAttribute('part'))).to.deep.equal([
      'bubble guest first read',
      'bubble guest last read',
      'bubble staff first last',
    ]);
  });

  it('shows text as it is written, markup and white space included', async () => {
    const text = '<b>bold</b>\n  & <img src=x onerror=alert(1)>';
    const { find } = await openWidget({ messages: [aiSays(text)] });
    expect(find('.bubble').textContent).to.equal(text);
    expect(find('.bubble').childElementCount).to.equal(0);
    expect(getComputedStyle(find('.bubble')).whiteSpace).to.equal('pre-wrap');
  });

  it('says to screen readers who said it and when, outside the bubble', async () => {
    const sentAt = new Date(2026, 2, 1, 10, 50).toISOString();
    const { texts } = await openWidget({
      messages: [staffSays('Hi', { sentAt }), guestSays('Hello', { sentAt })],
    });
    expect(texts('cw-message .vh')).to.deep.equal(['Maya Okafor said, 10:50', 'You said, 10:50']);
    expect(texts('.bubble')).to.deep.equal(['Hi', 'Hello']);
  });

  it('puts the delivery in words under the newest group on the server only', async () => {
    const old = new Date(Date.now() - 3_600_000).toISOString();
    const { texts } = await openWidget({
      messages: [
        guestSays('Old', { delivery: 'read', sentAt: old }),
        guestSays('New', { delivery: 'delivered' }),
      ],
    });
    const [first, second] = texts('.meta');
    expect(first).to.match(/^\d\d:\d\d$/);
    expect(second).to.match(/^Delivered·\d\d:\d\d$/);
  });

  it('tells waiting and failed messages apart within a group', async () => {
    const { texts } = await openWidget({
      messages: [
        guestSays('Sent'),
        guestSays('Failed', { delivery: 'failed', seq: undefined }),
        guestSays('Waiting', { delivery: 'queued', seq: undefined }),
        guestSays('Waiting too', { delivery: 'queued', seq: undefined }),
      ],
    });
    const [sent, failed, waiting, ...more] = texts('.meta');
    expect(sent).to.match(/^Sent·/);
    expect(failed).to.equal('Not sent Try again Delete');
    expect(waiting).to.equal('Waiting to send');
    expect(more).to.be.empty;
  });

  it('offers both ways out of a failure, and focus goes on', async () => {
    const message = guestSays('Failed', { delivery: 'failed', seq: undefined });
    const { client, all, widget, drawn } = await openWidget({ messages: [message] });
    const [again, remove] = all('.text-button');
    again!.click();
    expect(client.callsOf('retry')).to.deep.equal([[message.clientId]]);
    remove!.focus();
    remove!.click();
    expect(client.callsOf('remove')).to.deep.equal([[message.clientId]]);
    await drawn();
    expect(focused(widget)).to.equal(entry());
  });

  it('keeps its element when the message is acknowledged', async () => {
    const echo = guestSays('Hello', { id: 'c9', clientId: 'c9', delivery: 'sending', seq: undefined });
    const { find, set } = await openWidget({ messages: [aiSays('Hi'), echo] });
    const bubble = find('.bubble.guest');
    await set({ messages: [aiSays('Hi'), { ...echo, id: 'server-id', seq: 2, delivery: 'sent' }] });
    expect(find('.bubble.guest') === bubble).to.be.true;
    expect(bubble.getAttribute('part')).to.equal('bubble guest first last sent');
  });

  it('renders alone when it alone has changed', async () => {
    const messages = [guestSays('One'), guestSays('Two'), guestSays('Three')];
    const { all, set } = await openWidget({ messages });
    const counts = countUpdates(all('cw-message'));
    await set({ messages: [messages[0]!, { ...messages[1]!, delivery: 'read' }, messages[2]!] });
    expect(counts()).to.deep.equal([0, 1, 0]);
  });

  it('paints a growing reply at most every 50 ms and ends it with a caret', async () => {
    const reply = staffSays('A', { streaming: true, seq: undefined });
    const { client, all, find, drawn } = await openWidget({ messages: [reply] });
    const counts = countUpdates(all('cw-message'));
    for (const text of ['AB', 'ABC', 'ABCD', 'ABCDE']) {
      client.set({ messages: [{ ...reply, text }] });
      await Promise.resolve();
    }
    await drawn();
    expect(find('.bubble').textContent).to.equal('ABCDE');
    expect(counts()[0]).to.be.at.most(2);
    expect(all('.caret').length).to.equal(1);
    client.set({ messages: [{ ...reply, text: 'ABCDE', streaming: false, seq: 1 }] });
    await drawn();
    expect(all('.caret').length).to.equal(0);
  });
});
