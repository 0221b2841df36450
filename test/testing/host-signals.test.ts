import { expect } from '@open-wc/testing';
import { MAX_FRAME_BYTES, utf8Bytes } from '../../src/protocol/frame.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { makeThread } from '../../src/testing/fixtures.js';
import { ChatHost } from '../../src/testing/host/chat-host.js';
import type { Conversation } from '../../src/testing/host/conversation.js';
import { selectPage } from '../../src/testing/host/history.js';
import { countingIds } from '../../src/testing/identifiers.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { GuestPeer } from './guest-peer.js';

const AI = { id: 'ai', role: 'ai' } as const;
const MAYA = { id: 'staff-maya', role: 'staff', name: 'Maya' } as const;

describe('ChatHost: everything but guest messages', () => {
  let host: ChatHost;
  let guest: GuestPeer;
  let conversation: Conversation;
  let heard: ServerEvent[];

  beforeEach(() => {
    heard = [];
    host = new ChatHost({
      clock: new ManualClock(),
      makeId: countingIds(),
      onArrival: ({ message }) => message?.ack(),
      onEvent: (_conversation, event) => heard.push(event),
    });
    guest = new GuestPeer(host).hello();
    conversation = host.conversations[0]!;
  });

  const since = (peer: GuestPeer): ServerEvent[] => peer.events.slice(2);

  it('answers a ping with its own value', () => {
    const t = { any: ['thing', null] };
    guest.line.receive({ type: 'ping', t });
    expect(since(guest)).to.deep.equal([{ type: 'pong', t }]);
  });

  describe('history', () => {
    it('goes both ways, and says whether there is more', () => {
      const thread = makeThread(10);
      const seqs = (request: Parameters<typeof selectPage>[1]): [number[], boolean] => {
        const { messages, hasMore } = selectPage(thread, request);
        return [messages.map(({ seq }) => seq), hasMore];
      };
      expect(seqs({ limit: 3 })).to.deep.equal([[8, 9, 10], true]);
      expect(seqs({ limit: 10 })).to.deep.equal([[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], false]);
      expect(seqs({ before: 4, limit: 2 })).to.deep.equal([[2, 3], true]);
      expect(seqs({ before: 3, limit: 2 })).to.deep.equal([[1, 2], false]);
      expect(seqs({ before: 1, limit: 2 })).to.deep.equal([[], false]);
      expect(seqs({ before: 99, limit: 2 })).to.deep.equal([[9, 10], true]);
      expect(seqs({ after: 8, limit: 2 })).to.deep.equal([[9, 10], false]);
      expect(seqs({ after: 3, limit: 2 })).to.deep.equal([[4, 5], true]);
      expect(seqs({ after: 10, limit: 2 })).to.deep.equal([[], false]);
      expect(seqs({ after: 99, limit: 2 })).to.deep.equal([[], false]);
    });

    it('never gives more than 200', () => {
      expect(selectPage(makeThread(300), { after: 0, limit: Infinity }).messages).to.have.length(200);
    });

    it('never grows over the frame a widget parses', () => {
      const thread = makeThread(200).map((message) => ({ ...message, text: 'ü'.repeat(4000) }));
      for (const request of [{ limit: 200 }, { after: 0, limit: 200 }]) {
        const page = selectPage(thread, request);
        expect(utf8Bytes(JSON.stringify({ type: 'history', ...page }))).to.be.below(MAX_FRAME_BYTES);
        expect(page.messages.length).to.be.greaterThan(20);
        expect(page.hasMore).to.equal(true);
      }
      expect(selectPage(thread, { limit: 200 }).messages.at(-1)?.seq).to.equal(200);
      expect(selectPage(thread, { after: 0, limit: 200 }).messages[0]?.seq).to.equal(1);
    });

    it('answers each request once', () => {
      guest.writes('one').writes('two').writes('three');
      guest.line.receive({ type: 'history', before: 3, limit: 1 });
      guest.line.receive({ type: 'history', after: 2, limit: 5 });
      const [, older, newer] = guest.all('history');
      expect(older).to.deep.include({ hasMore: true }).and.have.nested.property('messages[0].text', 'two');
      expect(newer).to.deep.include({ hasMore: false }).and.have.nested.property('messages[0].text', 'three');
    });
  });

  describe('streams', () => {
    it('tell text by offset, then the final message under the same id', () => {
      const stream = conversation.stream(AI);
      stream.append('Hel');
      stream.append('lo 👋');
      stream.append('!');
      stream.end();
      expect(since(guest)).to.deep.equal([
        { type: 'delta', id: 'message-1', offset: 0, text: 'Hel', role: 'ai', author: AI },
        { type: 'delta', id: 'message-1', offset: 3, text: 'lo 👋' },
        { type: 'delta', id: 'message-1', offset: 8, text: '!' },
        { type: 'message', message: conversation.messages[0] },
      ]);
      expect(conversation.messages[0]).to.include({ text: 'Hello 👋!', seq: 1, format: 'markdown' });
    });

    it('are repeated from the start after a welcome and after history {after}', () => {
      conversation.stream(AI).append('so far');
      const repeated = { type: 'delta', id: 'message-1', offset: 0, text: 'so far', role: 'ai', author: AI };
      const back = new GuestPeer(host).resume(guest);
      expect(since(back)).to.deep.equal([repeated]);
      back.line.receive({ type: 'history', after: 0, limit: 10 });
      back.line.receive({ type: 'history', before: 9, limit: 10 });
      expect(back.all('delta')).to.deep.equal([repeated, repeated]);
    });

    it('are repeated in frames a widget parses, however long they are', () => {
      const text = 'ü'.repeat(300_000);
      conversation.stream(AI).append(text);
      const deltas = new GuestPeer(host).resume(guest).all('delta');
      expect(deltas.map((delta) => delta.text).join('')).to.equal(text);
      for (const delta of deltas) {
        expect(utf8Bytes(JSON.stringify(delta))).to.be.below(MAX_FRAME_BYTES);
        expect(text.slice(delta.offset, delta.offset + delta.text.length)).to.equal(delta.text);
      }
    });

    it('end where the guest stops them, and take no later text', () => {
      const stream = conversation.stream(AI);
      stream.append('one ');
      guest.line.receive({ type: 'stop', messageId: stream.id });
      stream.append('two ');
      stream.end({ text: 'one two three' });
      expect(stream.stopped).to.equal(true);
      expect(conversation.messages.map(({ text }) => text)).to.deep.equal(['one ']);
      expect(guest.all('delta')).to.have.length(1);
      expect(guest.all('message')).to.have.length(1);
    });
  });

  it('tells who is typing once, names steps, and repeats it to who comes back', () => {
    conversation.type(AI, false);
    conversation.type(AI, true, 'Checking the forecast');
    const back = new GuestPeer(host).resume(guest);
    conversation.store({ role: 'ai', author: AI, text: 'Rain.' });
    expect(since(guest).slice(0, 2)).to.deep.equal([
      { type: 'typing', author: AI, active: true, label: 'Checking the forecast' },
      { type: 'typing', author: AI, active: false },
    ]);
    expect(back.types).to.deep.equal(['welcome', 'history', 'typing', 'typing', 'message']);
  });

  it('keeps the guest’s typing from the guest, and tells listeners', () => {
    const other = new GuestPeer(host).resume(guest);
    guest.line.receive({ type: 'typing', active: true });
    guest.line.receive({ type: 'typing', active: true });
    expect(conversation.guestTyping).to.equal(true);
    guest.writes('hi');
    expect(conversation.guestTyping).to.equal(false);
    expect(other.all('typing')).to.deep.equal([]);
    const told = heard.flatMap((event) => (event.type === 'typing' ? [event.active] : []));
    expect(told).to.deep.equal([true, false]);
    guest.line.receive({ type: 'typing', active: true });
    guest.line.closed();
    other.line.closed();
    expect(conversation.guestTyping).to.equal(false);
  });

  it('tells a connection that comes how far the other side has received and read', () => {
    const maya = { id: 'maya', role: 'staff' } as const;
    guest.writes('one');
    guest.writes('two');
    conversation.receipt('delivered', maya);
    conversation.receipt('read', maya, 1);
    const other = new GuestPeer(host).resume(guest);
    expect(other.all('receipt')).to.deep.equal([
      { type: 'receipt', kind: 'delivered', upTo: 2, by: maya },
      { type: 'receipt', kind: 'read', upTo: 1, by: maya },
    ]);
  });

  it('tells the guest’s other connections what was read, once, and never more than there is', () => {
    const other = new GuestPeer(host).resume(guest);
    guest.writes('hi');
    for (const upTo of [99, 1, 0]) guest.line.receive({ type: 'read', upTo });
    expect(other.all('receipt')).to.deep.equal([
      { type: 'receipt', upTo: 1, kind: 'read', by: { id: 'guest-1', role: 'guest' } },
    ]);
    expect(guest.all('receipt')).to.deep.equal([]);
    expect(conversation.record.readUpTo).to.equal(1);
  });

  it('tells everybody of reactions to messages there are', () => {
    conversation.store({ role: 'ai', author: AI, text: 'Rain.' });
    guest.line.receive({ type: 'react', messageId: 'message-1', emoji: '👍', active: true });
    guest.line.receive({ type: 'react', messageId: 'nope', emoji: '👍', active: true });
    expect(guest.all('reaction')).to.deep.equal([
      {
        type: 'reaction',
        messageId: 'message-1',
        emoji: '👍',
        author: { id: 'guest-1', role: 'guest' },
        active: true,
      },
    ]);
  });

  it('learns who the guest is, bit by bit', () => {
    guest.line.receive({ type: 'identify', guest: { name: 'Sam', custom: { plan: 'pro' } } });
    guest.line.receive({ type: 'identify', guest: { email: 'sam@example.com', custom: { cart: 2 } } });
    expect(conversation.record.guest).to.deep.equal({
      name: 'Sam',
      email: 'sam@example.com',
      custom: { plan: 'pro', cart: 2 },
    });
  });

  it('brings a person in and out with one line in the thread each', () => {
    conversation.join(MAYA);
    conversation.join(MAYA);
    const back = new GuestPeer(host).resume(guest);
    expect(back.welcome).to.deep.include({ mode: 'staff', participants: [MAYA] });
    conversation.leave(MAYA);
    conversation.leave(MAYA);
    expect(since(guest).map(({ type }) => type)).to.deep.equal([
      'message',
      'joined',
      'mode',
      'message',
      'mode',
      'left',
    ]);
    const lines = conversation.messages.map(({ role, event, text, author }) => [role, event, text, author]);
    expect(lines).to.deep.equal([
      ['system', 'staff-joined', 'Maya joined', MAYA],
      ['system', 'staff-left', 'Maya left', MAYA],
    ]);
    expect(conversation.mode).to.equal('ai');
  });

  it('stays with the team while one of them is there', () => {
    const tom = { ...MAYA, id: 'staff-tom', name: 'Tom' };
    conversation.join(MAYA);
    conversation.join(tom);
    conversation.leave(MAYA);
    expect(conversation.mode).to.equal('staff');
  });

  it('tells the place in the queue also to who comes back', () => {
    conversation.setMode('queued', { position: 2, waitSeconds: 80 });
    const place = { type: 'mode', mode: 'queued', position: 2, waitSeconds: 80 };
    expect(since(guest)).to.deep.equal([place]);
    expect(since(new GuestPeer(host).resume(guest))).to.deep.equal([place]);
    conversation.setMode('ai', { position: 9 });
    expect(guest.last('mode')).to.deep.equal({ type: 'mode', mode: 'ai' });
  });

  it('ends with everything that was going on', () => {
    conversation.join(MAYA);
    const stream = conversation.stream(AI);
    stream.append('half');
    guest.line.receive({ type: 'end' });
    expect(stream.open).to.equal(false);
    expect(conversation.participants).to.deep.equal([]);
    expect(conversation.messages.map(({ text }) => text)).to.deep.equal([
      'Maya joined',
      'half',
      'Conversation ended',
    ]);
    expect(conversation.mode).to.equal('closed');
  });

  it('says goodbye before a planned close', () => {
    const other = new GuestPeer(host);
    host.shutDown({ reason: 'update', retryAfterMs: 1000, spreadMs: 500 });
    expect(since(guest)).to.deep.equal([
      { type: 'bye', reason: 'update', retryAfterMs: 1000, spreadMs: 500 },
    ]);
    expect([guest.closedWith, other.closedWith]).to.deep.equal([1012, 1012]);
    expect(conversation.connections).to.equal(0);
  });
});
