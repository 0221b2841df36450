/** A conversation of thousands of messages: what is in the page, what is drawn anew, and how all of it is reached. */
import { expect } from '@open-wc/testing';
import type { ChatMessage } from '../../src/conversation/state.js';
import { aiSays, guestSays, MAYA, SPARK, staffSays } from './fake-client.js';
import { countUpdates, focused, laidOut, openWidget, type Opened } from './open-widget.js';

const DAY = Date.now() - 3_600_000;
/** Two who take turns, three messages each. */
const talk = (count: number, from = 1): ChatMessage[] =>
  Array.from({ length: count }, (_, i) => {
    const seq = from + i;
    const author =
      Math.floor(seq / 3) % 2
        ? { role: 'staff' as const, author: MAYA }
        : { role: 'ai' as const, author: SPARK };
    return { id: `m${seq}`, seq, text: `Line ${seq}`, sentAt: new Date(DAY).toISOString(), ...author };
  });
const long = async (count: number, more = {}): Promise<Opened> => {
  const opened = await openWidget({ messages: talk(count), ...more });
  await laidOut();
  return opened;
};
const nodes = ({ find }: Opened): number => find('.transcript').querySelectorAll('*').length;
const lines = ({ texts }: Opened): number[] => texts('.bubble').map((text) => Number(text.split(' ')[1]));
const more = async (opened: Opened, ...messages: ChatMessage[]): Promise<void> => {
  opened.client.add(...messages);
  await opened.drawn();
  await laidOut();
};
/** How far below the top of the view a line stands. */
const placeOf = ({ all, find }: Opened, line: number): number => {
  const bubble = all('.bubble').find(({ textContent }) => textContent === `Line ${line}`)!;
  return Math.round(bubble.getBoundingClientRect().top - find('.transcript').getBoundingClientRect().top);
};
/** The first line that is all in view. */
const firstInView = (opened: Opened): number => {
  const top = opened.find('.transcript').getBoundingClientRect().top;
  const bubble = opened.all('.bubble').find((element) => element.getBoundingClientRect().top >= top)!;
  return Number(bubble.textContent!.split(' ')[1]);
};
const scrollTo = async ({ find }: Opened, top: number): Promise<void> => {
  find('.transcript').scrollTop = top;
  await laidOut();
  await laidOut();
};

describe('a long conversation', () => {
  it('has as many nodes with 10,000 messages as with 1,000', async () => {
    const thousand = nodes(await long(1_000));
    const tenThousand = nodes(await long(10_000));
    expect(tenThousand).to.equal(thousand);
    expect(tenThousand).to.be.below(800);
  }).timeout(20_000);

  it('does not grow while messages come', async () => {
    const opened = await long(1_000);
    const counts: number[] = [];
    for (let seq = 1_001; seq <= 1_120; seq += 1) {
      opened.client.add(...talk(1, seq));
      await opened.drawn();
      counts.push(opened.all('.bubble').length);
    }
    await laidOut();
    // Twelve at rest, and twelve more where these are less than two views; twelve and one may come before some go.
    expect(Math.max(...counts)).to.be.at.most(37);
    expect(lines(opened).at(-1)).to.equal(1_120);
    const { scrollHeight, scrollTop, clientHeight } = opened.find('.transcript');
    expect(Math.round(scrollHeight - scrollTop - clientHeight)).to.equal(0);
  }).timeout(20_000);

  it('draws one bubble for one message, and touches no other', async () => {
    const opened = await long(1_000);
    const before = opened.all('cw-message');
    const counts = countUpdates(before);
    await more(opened, guestSays('Mine', { seq: 1_001 }));
    const after = opened.all('cw-message');
    expect(after.slice(0, -1)).to.deep.equal(before);
    expect(counts().reduce((sum, n) => sum + n)).to.equal(0);
  });

  it('draws once for all that comes in one task', async () => {
    const opened = await long(1_000);
    const counts = countUpdates([opened.find('cw-transcript')]);
    for (let i = 0; i < 20; i += 1) opened.client.add(aiSays(`Line ${i}`, { seq: 1_001 + i }));
    await opened.drawn();
    await laidOut();
    expect(counts()).to.deep.equal([1]);
  });

  it('draws nothing anew while the guest writes', async () => {
    const opened = await long(1_000);
    const parts = opened.all('cw-transcript, cw-group, cw-message');
    const counts = countUpdates(parts);
    const input = opened.find<HTMLTextAreaElement>('textarea');
    for (const text of ['H', 'He', 'Hello\nagain']) {
      input.value = text;
      input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await opened.drawn();
      await laidOut();
    }
    expect(counts().reduce((sum, n) => sum + n)).to.equal(0);
  });

  it('keeps the bubbles of a group when its beginning comes later', async () => {
    const messages = Array.from({ length: 60 }, (_, i) => staffSays(`Line ${i + 41}`, { seq: i + 41 }));
    const opened = await openWidget({ messages, hasOlder: true });
    await laidOut();
    const before = opened.all('cw-message');
    const older = Array.from({ length: 40 }, (_, i) => staffSays(`Line ${i + 1}`, { seq: i + 1 }));
    await opened.set({ messages: [...older, ...messages], hasOlder: false });
    await scrollTo(opened, 0);
    await laidOut();
    const after = opened.all('cw-message');
    expect(after.length).to.be.above(before.length);
    expect(after.slice(-before.length)).to.deep.equal(before);
    expect(opened.all('cw-group').length).to.equal(1);
  });

  it('can be read to its beginning by scrolling, with the page never full of it, then asks for what is older', async () => {
    const opened = await long(400, { hasOlder: true });
    const seen = new Set(lines(opened));
    for (let turns = 0; turns < 100 && !opened.client.callsOf('loadOlder').length; turns += 1) {
      const first = firstInView(opened);
      await scrollTo(opened, 0);
      // What was read is still near: nothing was jumped over.
      expect(lines(opened).includes(first) || seen.has(first)).to.equal(true);
      for (const line of lines(opened)) seen.add(line);
      expect(opened.all('.bubble').length).to.be.at.most(120);
    }
    expect(seen.size).to.equal(400);
    expect(opened.client.callsOf('loadOlder').length).to.equal(1);
    expect(opened.texts('.jump')).to.deep.equal(['Jump to latest']);
    opened.find('.jump').click();
    await opened.drawn();
    await laidOut();
    expect(lines(opened).at(-1)).to.equal(400);
    expect(opened.all('.jump').length).to.equal(0);
  }).timeout(30_000);

  it('comes down again to the end', async () => {
    const opened = await long(400);
    for (let turns = 0; turns < 30 && lines(opened)[0] !== 1; turns += 1) await scrollTo(opened, 0);
    for (let turns = 0; turns < 60 && lines(opened).at(-1) !== 400; turns += 1) {
      await scrollTo(opened, opened.find('.transcript').scrollHeight);
    }
    await scrollTo(opened, opened.find('.transcript').scrollHeight);
    await more(opened, ...talk(1, 401));
    const { scrollHeight, scrollTop, clientHeight } = opened.find('.transcript');
    expect(lines(opened).at(-1)).to.equal(401);
    expect(Math.round(scrollHeight - scrollTop - clientHeight)).to.equal(0);
  }).timeout(30_000);

  it('leaves what is read where it is: when more is drawn above, when something above grows, when messages come', async () => {
    const opened = await long(400);
    const { clientHeight } = opened.find('.transcript');
    await scrollTo(opened, clientHeight + 100);
    const line = firstInView(opened);
    const first = lines(opened)[0]!;
    for (let turns = 0; turns < 30 && lines(opened)[0] === first; turns += 1) {
      const { scrollTop } = opened.find('.transcript');
      const before = placeOf(opened, line);
      await scrollTo(opened, scrollTop - 10);
      // Ten pixels, whether something was drawn above or not.
      expect(Math.abs(placeOf(opened, line) - before - 10)).to.be.at.most(2);
    }
    expect(lines(opened)[0]).to.be.below(first);
    const place = placeOf(opened, line);
    // As by a picture that has come.
    const above = opened.all('.bubble')[2]!;
    above.append(Object.assign(document.createElement('canvas'), { width: 20, height: 333 }));
    const held = placeOf(opened, line);
    await laidOut();
    expect(Math.abs(placeOf(opened, line) - held)).to.be.at.most(333 + 2);
    expect(Math.abs(placeOf(opened, line) - place)).to.be.at.most(2);
    for (let i = 0; i < 150; i += 10) await more(opened, ...talk(10, 401 + i));
    expect(Math.abs(placeOf(opened, line) - place)).to.be.at.most(2);
    expect(opened.all('.bubble').length).to.be.at.most(120);
    expect(opened.texts('.jump')).to.deep.equal(['150 new messages']);
  }).timeout(30_000);

  it('offers what is earlier to who does not scroll, and puts them where they were', async () => {
    const opened = await long(400);
    const first = lines(opened)[0]!;
    const button = opened.find('.older');
    expect(button.textContent!.trim()).to.equal('Earlier messages');
    button.focus({ preventScroll: true });
    button.click();
    await opened.drawn();
    await laidOut();
    expect(lines(opened)[0]).to.be.below(first);
    const { activeElement } = opened.widget.shadowRoot!;
    expect(activeElement?.textContent).to.equal(`Line ${first}`);
    expect(focused(opened.widget)).to.equal('bubble');
  });

  it('offers nothing earlier where there is nothing', async () => {
    const opened = await long(5);
    expect(opened.all('.older').length).to.equal(0);
  });

  it('goes to a message by its id, and gives it the focus', async () => {
    const opened = await long(2_000);
    expect(await opened.widget.scrollToMessage('m300')).to.equal(true);
    await laidOut();
    expect(opened.widget.shadowRoot!.activeElement?.textContent).to.equal('Line 300');
    expect(placeOf(opened, 300)).to.be.within(0, opened.find('.transcript').clientHeight);
    await more(opened, ...talk(1, 2_001));
    expect(placeOf(opened, 300)).to.be.within(0, opened.find('.transcript').clientHeight);
    expect(opened.texts('.jump')).to.deep.equal(['1 new message']);
    expect(await opened.widget.scrollToMessage('nobody')).to.equal(false);
  });

  it('asks for older messages until the one that is looked for is there', async () => {
    const opened = await openWidget({ messages: talk(50, 151), hasOlder: true });
    const { client, widget } = opened;
    client.loadOlder = () => {
      const first = client.state.messages[0]!.seq! - 50;
      client.set({ messages: [...talk(50, first), ...client.state.messages], hasOlder: first > 1 });
    };
    expect(await widget.scrollToMessage('m20')).to.equal(true);
    expect(widget.shadowRoot!.activeElement?.textContent).to.equal('Line 20');
    expect(await widget.scrollToMessage('nobody')).to.equal(false);
  });

  it('draws “New” where it belongs, or not at all when that is further up', async () => {
    const opened = await openWidget({ messages: talk(300), unreadFrom: 100 });
    await laidOut();
    expect(opened.all('.unread-line').length).to.equal(0);
    for (let turns = 0; turns < 20 && lines(opened)[0]! > 101; turns += 1) await scrollTo(opened, 0);
    expect(opened.texts('.unread-line')).to.deep.equal(['New']);
    const after = opened.find('.unread-line').nextElementSibling!.querySelector('.bubble');
    expect(after!.textContent).to.equal('Line 101');
  }).timeout(20_000);

  it('goes to the end when the guest sends from far up', async () => {
    const opened = await long(400);
    for (let turns = 0; turns < 30 && lines(opened)[0] !== 1; turns += 1) await scrollTo(opened, 0);
    await more(opened, guestSays('Line 401', { delivery: 'queued', seq: undefined }));
    expect(lines(opened).at(-1)).to.equal(401);
    expect(opened.all('.bubble').length).to.be.at.most(33);
  }).timeout(20_000);
});
