import { expect } from '@open-wc/testing';
import type { Send } from '../../src/protocol/client-command.js';
import { ChatHost, type Arrival, type ChatHostOptions } from '../../src/testing/host/chat-host.js';
import { countingIds } from '../../src/testing/identifiers.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { GuestPeer } from './guest-peer.js';

describe('ChatHost: guest messages', () => {
  let clock: ManualClock;
  let arrivals: Arrival[];

  beforeEach(() => {
    clock = new ManualClock();
    arrivals = [];
  });

  function openHost(options: ChatHostOptions = {}): ChatHost {
    return new ChatHost({
      clock,
      makeId: countingIds(),
      onArrival: (arrival) => arrivals.push(arrival),
      ...options,
    });
  }

  function openAckingHost(options: ChatHostOptions = {}): ChatHost {
    return openHost({ onArrival: ({ message }) => message?.ack(), ...options });
  }

  const waiting = (text: string): Arrival => {
    const found = arrivals.findLast(({ message }) => message?.send.text === text);
    if (!found) throw new Error(`"${text}" did not arrive`);
    return found;
  };

  it('stores a message once and acknowledges each repetition with the first answer', () => {
    const host = openAckingHost();
    const guest = new GuestPeer(host).hello();
    guest.writes('hi', { clientId: 'a' }).writes('hi', { clientId: 'a' });
    const again = new GuestPeer(host).resume(guest).writes('hi', { clientId: 'a' });
    const ack = { type: 'ack', clientId: 'a', id: 'message-1', seq: 1, sentAt: '2026-01-05T09:00:00.000Z' };
    expect(guest.all('ack')).to.deep.equal([ack, ack]);
    expect(again.last('ack')).to.deep.equal(ack);
    expect(host.conversations[0]?.messages).to.have.length(1);
  });

  it('waits for a decision, and answers the connection the message came over last', () => {
    const host = openHost();
    const first = new GuestPeer(host).hello().writes('hi', { clientId: 'a' });
    expect(first.all('ack')).to.have.length(0);
    first.line.closed();
    const second = new GuestPeer(host).resume(first).writes('hi', { clientId: 'a' });
    expect(arrivals).to.have.length(1);
    waiting('hi').message?.ack();
    expect(first.all('ack')).to.have.length(0);
    expect(second.last('ack')).to.include({ clientId: 'a', seq: 1 });
    expect(second.all('message'), 'not told twice').to.have.length(0);
  });

  it('gives the guest’s other connections the message itself', () => {
    const host = openAckingHost();
    const here = new GuestPeer(host).hello();
    const there = new GuestPeer(host).resume(here);
    here.writes('hi', { clientId: 'a' });
    expect(here.all('message')).to.have.length(0);
    expect(there.last('message').message).to.include({ clientId: 'a', seq: 1, role: 'guest', text: 'hi' });
    expect(there.all('ack')).to.have.length(0);
  });

  it('keeps what a message carries', () => {
    const host = openAckingHost();
    const guest = new GuestPeer(host).hello({ guest: { name: 'Sam' } });
    const file = host.conversations[0]?.attachFile({
      name: 'a.png',
      mediaType: 'image/png',
      bytes: 3,
      url: '/a',
    });
    const send: Partial<Send> = {
      attachments: [{ id: file?.id ?? '' }],
      replyTo: 'message-0',
      action: { messageId: 'message-0', value: 'yes' },
    };
    guest.writes('look', send);
    expect(host.conversations[0]?.messages[0]).to.deep.include({
      author: { id: 'guest-1', role: 'guest', name: 'Sam' },
      attachments: [file],
      replyTo: 'message-0',
    });
  });

  it('refuses for good what is too long, empty, or names a file nobody uploaded', () => {
    const host = openAckingHost({ limits: { maxTextLength: 10 } });
    const guest = new GuestPeer(host).hello();
    guest.writes('x'.repeat(10), { clientId: 'fits' });
    guest.writes('x'.repeat(11), { clientId: 'long' });
    guest.writes('', { clientId: 'empty' });
    guest.writes('file', { clientId: 'file', attachments: [{ id: 'nope' }] });
    expect(
      guest.all('nack').map(({ clientId, code, retryAfterMs }) => [clientId, code, retryAfterMs]),
    ).to.deep.equal([
      ['long', 'too-long', undefined],
      ['empty', 'invalid', undefined],
      ['file', 'invalid', undefined],
    ]);
    expect(guest.writes('next').last('ack').seq).to.equal(2);
  });

  it('takes a finally refused message again when the guest tries again', () => {
    const guest = new GuestPeer(openHost()).hello().writes('hi', { clientId: 'a' });
    waiting('hi').message?.nack('internal');
    guest.writes('hi', { clientId: 'a' });
    waiting('hi').message?.ack();
    expect(guest.types.slice(2)).to.deep.equal(['nack', 'ack']);
  });

  it('is decided once', () => {
    new GuestPeer(openHost()).hello().writes('hi');
    const { message } = waiting('hi');
    message?.ack();
    message?.ack();
    expect(() => message?.nack('internal')).to.throw('stored before');
  });

  describe('after a temporary nack', () => {
    it('answers what came behind with behind, until the widget starts again from the refused one', () => {
      const guest = new GuestPeer(openHost()).hello();
      guest.writes('a', { clientId: 'a' }).writes('b', { clientId: 'b' }).writes('c', { clientId: 'c' });
      waiting('a').message?.ack();
      waiting('b').message?.nack('rate-limited', { retryAfterMs: 500 });
      guest.writes('d', { clientId: 'd' });
      expect(guest.all('nack').map(({ clientId, code }) => [clientId, code])).to.deep.equal([
        ['b', 'rate-limited'],
        ['c', 'behind'],
        ['d', 'behind'],
      ]);
      expect(guest.all('nack').every(({ retryAfterMs }) => retryAfterMs === 500)).to.equal(true);
      expect(() => waiting('c').message?.ack()).to.throw('refused before');
      for (const id of ['b', 'c', 'd']) {
        guest.writes(id, { clientId: id });
        waiting(id).message?.ack();
      }
      expect(guest.all('ack').map(({ clientId, seq }) => [clientId, seq])).to.deep.equal([
        ['a', 1],
        ['b', 2],
        ['c', 3],
        ['d', 4],
      ]);
    });

    it('leaves alone what came before the refused one', () => {
      const guest = new GuestPeer(openHost()).hello();
      guest.writes('a', { clientId: 'a' }).writes('b', { clientId: 'b' });
      waiting('b').message?.nack('internal', { retryAfterMs: 500 });
      waiting('a').message?.ack();
      expect(guest.types.slice(2)).to.deep.equal(['nack', 'ack']);
    });

    it('goes on when the guest deleted the refused one', async () => {
      const guest = new GuestPeer(openHost()).hello();
      guest.writes('a', { clientId: 'a' }).writes('b', { clientId: 'b' });
      waiting('a').message?.nack('internal', { retryAfterMs: 500 });
      guest.writes('b', { clientId: 'b' });
      expect(guest.last('nack')).to.include({ clientId: 'b', code: 'behind' });
      await clock.advance(500);
      guest.writes('b', { clientId: 'b' });
      waiting('b').message?.ack();
      expect(guest.last('ack').clientId).to.equal('b');
    });

    it('still holds back what is new when the time is over', async () => {
      const guest = new GuestPeer(openHost()).hello().writes('a', { clientId: 'a' });
      waiting('a').message?.nack('internal', { retryAfterMs: 500 });
      await clock.advance(500);
      guest.writes('b', { clientId: 'b' });
      expect(guest.last('nack')).to.include({ clientId: 'b', code: 'behind', retryAfterMs: 1 });
    });

    it('does not bind another connection', () => {
      const host = openHost();
      const here = new GuestPeer(host).hello().writes('a', { clientId: 'a' });
      const there = new GuestPeer(host).resume(here);
      waiting('a').message?.nack('internal', { retryAfterMs: 500 });
      there.writes('x', { clientId: 'x' });
      waiting('x').message?.ack();
      expect(there.last('ack').clientId).to.equal('x');
    });
  });

  describe('after the end', () => {
    it('goes on in the same thread', () => {
      const host = openAckingHost();
      const guest = new GuestPeer(host).hello().writes('hi');
      guest.line.receive({ type: 'end' });
      guest.writes('one more thing', { clientId: 'more' });
      expect(guest.last('ack')).to.include({ clientId: 'more', seq: 4 });
      const events = host.conversations[0]?.messages.map(({ event }) => event);
      expect(events).to.deep.equal([undefined, 'conversation-ended', 'conversation-started', undefined]);
      expect(guest.all('mode').map(({ mode }) => mode)).to.deep.equal(['closed', 'ai']);
    });

    it('refuses where the host says so', () => {
      const guest = new GuestPeer(openAckingHost({ afterEnd: 'refuse' })).hello();
      guest.line.receive({ type: 'end' });
      expect(guest.writes('one more thing').last('nack').code).to.equal('closed');
    });

    it('closes with 1000 when there was time for a rating', async () => {
      const host = openAckingHost({ lingerMs: 30_000 });
      const guest = new GuestPeer(host).hello().writes('hi');
      guest.line.receive({ type: 'end' });
      guest.line.receive({ type: 'rate', score: 5, comment: 'quick' });
      await clock.advance(29_999);
      expect(guest.closedWith).to.equal(undefined);
      await clock.advance(1);
      expect(guest.closedWith).to.equal(1000);
      expect(host.conversations[0]?.record.rating).to.deep.equal({ score: 5, comment: 'quick' });
      const back = new GuestPeer(host).resume(guest);
      expect(back.welcome).to.include({ resumed: true, mode: 'closed' });
    });
  });
});
