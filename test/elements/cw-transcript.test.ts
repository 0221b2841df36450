import { expect, fixtureCleanup } from '@open-wc/testing';
import type { ChatMessage } from '../../src/conversation/state.js';
import { aiSays, guestSays, MAYA, staffSays, system } from './fake-client.js';
import { entry, focused, laidOut, openWidget, type Opened } from './open-widget.js';

const lines = (count: number): ChatMessage[] =>
  Array.from({ length: count }, (_, i) => staffSays(`Line ${i}`, { seq: i + 1 }));
const distance = ({ find }: Opened): number => {
  const { scrollHeight, scrollTop, clientHeight } = find('.transcript');
  return Math.round(scrollHeight - scrollTop - clientHeight);
};
const scrollTo = async ({ find }: Opened, fromEnd: number): Promise<void> => {
  const scroller = find('.transcript');
  scroller.scrollTop = scroller.scrollHeight - scroller.clientHeight - fromEnd;
  await laidOut();
};
const more = async (opened: Opened, ...messages: ChatMessage[]): Promise<void> => {
  opened.client.add(...messages);
  await opened.drawn();
  await laidOut();
};
/** A widget with more lines than fit, scrolled to the end. */
const long = async (count = 40): Promise<Opened> => {
  const opened = await openWidget({ messages: lines(count) });
  await laidOut();
  return opened;
};

describe('<cw-transcript>', () => {
  it('is accessible with all four roles and the lines between', async () => {
    const { widget } = await openWidget({
      unreadFrom: 2,
      messages: [
        guestSays('Hi', { seq: 1, sentAt: new Date(Date.now() - 2 * 86_400_000).toISOString() }),
        aiSays('Hello', { seq: 2 }),
        system('staff-joined', { author: MAYA, seq: 3 }),
        staffSays('Maya here', { seq: 4, actions: [{ label: 'Good', value: 'g' }] }),
      ],
    });
    await expect(widget).to.be.accessible();
  }).timeout(10_000);

  it('tells the roles apart by side, form, picture and tag', async () => {
    const { texts, all } = await openWidget({
      messages: [guestSays('Hi'), aiSays('Hello'), staffSays('Maya here')],
    });
    expect(all('.group').map((group) => group.getAttribute('aria-label'))).to.deep.equal([
      'You',
      'Assistant',
      'Maya Okafor',
    ]);
    expect(texts('.author')).to.deep.equal(
      ['Assistant AI', 'Maya Okafor Support'].map((t) => t.replace(/ (?=AI|Support)/, '')),
    );
    expect(all('cw-group > .group > .avatar').map((picture) => picture.getAttribute('part'))).to.deep.equal([
      'avatar ai',
      'avatar staff',
    ]);
    const [guest, ai] = all('.bubble').map((bubble) => bubble.getBoundingClientRect());
    expect(guest!.left).to.be.above(ai!.left);
  });

  it('draws days, what is new, and what happened in the reader’s words', async () => {
    const { texts } = await openWidget({
      unreadFrom: 1,
      messages: [
        guestSays('Hi', { seq: 1, sentAt: new Date(Date.now() - 86_400_000).toISOString() }),
        system('escalated', { seq: 2 }),
        system('staff-joined', { author: MAYA, seq: 3 }),
        staffSays('Hello', { seq: 4 }),
        system('something-new', { text: 'A thing of the server', seq: 5 }),
      ],
    });
    expect(texts('.day')).to.deep.equal(['Yesterday', 'Today']);
    expect(texts('.unread-line')).to.deep.equal(['New']);
    const happened = texts('.system').map((text) => text.replace(/ · \d\d:\d\d$/, ''));
    expect(happened).to.deep.equal([
      'You asked to talk to a person',
      'MO Maya Okafor joined',
      'A thing of the server',
    ]);
  });

  it('leads past the thread to the message box', async () => {
    const { find, widget, drawn } = await openWidget({ messages: lines(3) });
    const [first] = find('.messages').querySelectorAll('button');
    expect(first!.textContent).to.equal('Skip to message box');
    first!.click();
    await drawn();
    expect(focused(widget)).to.equal('input');
  });

  it('offers quick replies under the newest message, and sends the chosen one with its value', async () => {
    const actions = [{ label: 'Is it waterproof?', value: 'waterproof' }];
    const opened = await openWidget({ messages: [guestSays('Hi'), aiSays('Well', { id: 'm9', actions })] });
    const { find, client, widget, all, drawn } = opened;
    find('.quick-reply').focus();
    find('.quick-reply').click();
    expect(client.callsOf('send')).to.deep.equal([
      ['Is it waterproof?', { action: { messageId: 'm9', value: 'waterproof' } }],
    ]);
    await drawn();
    expect(all('.quick-reply').length).to.equal(0);
    expect(focused(widget)).to.equal(entry());
  });

  it('begins at the end and follows what comes', async () => {
    const opened = await long();
    expect(distance(opened)).to.equal(0);
    await more(opened, staffSays('Another'));
    expect(distance(opened)).to.equal(0);
    expect(opened.all('.jump').length).to.equal(0);
  });

  it('goes on following when the queue card goes and the thread shrinks', async () => {
    const opened = await openWidget({
      messages: lines(40),
      answering: 'queued',
      position: 2,
      waitSeconds: 120,
    });
    await laidOut();
    await opened.set({ answering: 'staff' });
    await laidOut();
    await more(opened, staffSays('Hi, I am here', { seq: 41 }));
    expect(distance(opened)).to.equal(0);
    expect(opened.all('.jump').length).to.equal(0);
  });

  it('shows the place in the queue to who has asked for a person further up', async () => {
    const opened = await long();
    await scrollTo(opened, 600);
    await opened.set({ answering: 'queued', position: 3 });
    await laidOut();
    expect(distance(opened)).to.equal(0);
  });

  it('gives focus to the thread when the button that leads down goes', async () => {
    const opened = await long();
    await scrollTo(opened, 600);
    await more(opened, staffSays('New', { seq: 41 }));
    opened.find('.jump').focus();
    opened.find('.jump').click();
    await opened.drawn();
    expect(focused(opened.widget)).to.equal('transcript');
  });

  it('offers the first questions under a welcome, until something is said', async () => {
    const opened = await openWidget(
      {},
      { welcome: 'Hi!', suggestions: [{ label: 'Track', value: 'Where is it?' }] },
    );
    expect(opened.texts('.quick-reply')).to.deep.equal(['Track']);
    expect(opened.all('.footnote').length).to.equal(1);
    opened.find('.quick-reply').click();
    await opened.drawn();
    expect(opened.client.callsOf('send')[0]![0]).to.equal('Where is it?');
    expect(opened.all('.quick-reply').length).to.equal(0);
  });

  it('follows from 48 pixels off, not from 49', async () => {
    const near = await long();
    await scrollTo(near, 48);
    await more(near, staffSays('Another'));
    expect(distance(near)).to.equal(0);
    const far = await long();
    await scrollTo(far, 49);
    await more(far, staffSays('Another'));
    expect(distance(far)).to.be.above(49);
  });

  it('counts what has come since the reader left the end, and leads there', async () => {
    const opened = await long();
    await scrollTo(opened, 300);
    await more(opened, staffSays('One'), system('staff-left', { author: MAYA }));
    await more(opened, staffSays('Two'));
    expect(opened.texts('.jump')).to.deep.equal(['2 new messages']);
    opened.find('.jump').click();
    await opened.drawn();
    await laidOut();
    expect(distance(opened)).to.equal(0);
    expect(opened.all('.jump').length).to.equal(0);
  });

  it('stops following at an upward gesture and takes it up again at the end', async () => {
    const opened = await long();
    opened.find('.transcript').dispatchEvent(new WheelEvent('wheel', { deltaY: -10 }));
    await scrollTo(opened, 20);
    await more(opened, staffSays('Another'));
    expect(distance(opened)).to.be.above(20);
    await scrollTo(opened, 0);
    await more(opened, staffSays('And another'));
    expect(distance(opened)).to.equal(0);
  });

  it('goes to the end when the guest sends', async () => {
    const opened = await long();
    await scrollTo(opened, 400);
    await more(opened, guestSays('Mine', { delivery: 'queued', seq: undefined }));
    expect(distance(opened)).to.equal(0);
  });

  it('holds a reply that is taller than the view at its first line', async () => {
    const opened = await long();
    const reply = aiSays('Begin\n', { streaming: true, seq: undefined });
    await more(opened, reply);
    expect(distance(opened)).to.equal(0);
    const messages = opened.client.state.messages.slice(0, -1);
    for (const rows of [30, 60, 90]) {
      await opened.set({ messages: [...messages, { ...reply, text: 'Begin\n'.repeat(rows) }] });
      await laidOut();
    }
    const bubble = opened.find('.bubble.ai').getBoundingClientRect();
    const view = opened.find('.transcript').getBoundingClientRect();
    expect(bubble.height).to.be.above(view.height);
    expect(bubble.top - view.top).to.be.within(0, 24);
    await more(opened, staffSays('Below'));
    expect(opened.texts('.jump')).to.deep.equal(['1 new message']);
  });

  it('stays at the end of a reply that fitted when the view becomes lower and something grows in one go', async () => {
    const opened = await long();
    const reply = aiSays('A line\n'.repeat(6));
    await more(opened, reply);
    expect(distance(opened)).to.equal(0);
    const lower = opened.find('.bubble.ai').offsetHeight - 40;
    opened.find('.transcript').style.cssText = `flex: none; block-size: ${lower}px`;
    const messages = opened.client.state.messages.slice(0, -1);
    await opened.set({ messages: [...messages, { ...reply, actions: [{ label: 'Good', value: 'g' }] }] });
    await laidOut();
    expect(opened.find('.transcript').clientHeight).to.equal(lower);
    expect(opened.texts('.quick-reply')).to.deep.equal(['Good']);
    expect(distance(opened)).to.equal(0);
  });

  it('stays at the end when the view becomes lower before it is told of its own scrolling', async () => {
    const opened = await long();
    const scroller = opened.find('.transcript');
    scroller.style.cssText = `flex: none; block-size: ${scroller.clientHeight - 150}px`;
    scroller.dispatchEvent(new Event('scroll'));
    await laidOut();
    expect(distance(opened)).to.equal(0);
  });

  it('asks for nothing older by opening, also in a widget that comes when its elements are alive already', async () => {
    for (let turn = 0; turn < 3; turn += 1) {
      const { client } = await openWidget({ messages: lines(40), hasOlder: true });
      await laidOut();
      expect(client.callsOf('loadOlder')).to.deep.equal([]);
      fixtureCleanup();
    }
  }).timeout(10_000);

  it('keeps its place when older messages are put above', async () => {
    const opened = await openWidget({
      messages: lines(20).map((m) => ({ ...m, seq: m.seq! + 40 })),
      hasOlder: true,
    });
    await laidOut();
    expect(opened.client.callsOf('loadOlder').length).to.equal(0);
    // What the page has is drawn first.
    for (let turn = 0; turn < 2; turn += 1) {
      opened.find('.transcript').scrollTop = 50;
      await laidOut();
    }
    expect(opened.client.callsOf('loadOlder').length).to.equal(1);
    const before = distance(opened);
    const older = Array.from({ length: 20 }, (_, i) =>
      staffSays(`Older ${i}`, { seq: i + 1, author: { ...MAYA, id: 'm2' } }),
    );
    await opened.set({ messages: [...older, ...opened.client.state.messages], hasOlder: false });
    await laidOut();
    expect(distance(opened)).to.equal(before);
  });

  it('tells that all was read: open, at the end, on a visible page', async () => {
    const opened = await long();
    const reads = () => opened.client.callsOf('markRead').length;
    expect(reads()).to.be.above(0);
    await scrollTo(opened, 300);
    const read = reads();
    await more(opened, staffSays('Another'));
    expect(reads()).to.equal(read);
    await scrollTo(opened, 0);
    expect(reads()).to.be.above(read);
  });

  it('does not say so while it is closed', async () => {
    const opened = await openWidget({ messages: lines(2) });
    opened.widget.hide();
    await opened.drawn();
    const read = opened.client.callsOf('markRead').length;
    await more(opened, staffSays('Another'));
    expect(opened.client.callsOf('markRead').length).to.equal(read);
  });
});
