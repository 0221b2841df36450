import { expect } from '@open-wc/testing';
import { ChatHost, type ChatHostOptions } from '../../src/testing/host/chat-host.js';
import { snapshotOf, type JournalEntry } from '../../src/testing/host/record.js';
import { countingIds } from '../../src/testing/identifiers.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { GuestPeer } from './guest-peer.js';

describe('ChatHost: who may come in', () => {
  const clock = new ManualClock();

  function openHost(options: ChatHostOptions = {}): ChatHost {
    return new ChatHost({
      clock,
      makeId: countingIds(),
      onArrival: ({ message }) => message?.ack(),
      ...options,
    });
  }

  it('answers a hello with a welcome and exactly one history', () => {
    const guest = new GuestPeer(openHost()).hello();
    expect(guest.types).to.deep.equal(['welcome', 'history']);
    expect(guest.welcome).to.deep.include({
      conversationId: 'conversation-1',
      guestId: 'guest-1',
      resumeToken: 'token-1',
      resumed: false,
      epoch: 'epoch-1',
      lastSeq: 0,
      mode: 'ai',
      heartbeatMs: 10_000,
    });
    expect(guest.last('history')).to.deep.equal({ type: 'history', messages: [], hasMore: false });
  });

  it('resumes with the secret and tells only what follows', () => {
    const host = openHost();
    const before = new GuestPeer(host).hello().writes('one').writes('two').writes('three');
    const after = new GuestPeer(host).resume(before, { after: 1 });
    expect(after.welcome).to.include({ resumed: true, conversationId: 'conversation-1', lastSeq: 3 });
    expect(after.texts).to.deep.equal(['two', 'three']);
  });

  it('tells the newest page when the epoch is another', () => {
    const host = openHost();
    const before = new GuestPeer(host).hello().writes('lost');
    host.conversations[0]?.loseHistory();
    before.line.closed();
    const after = new GuestPeer(host).resume(before, { after: 1 });
    expect(after.welcome).to.include({ resumed: true, epoch: 'epoch-2', lastSeq: 0 });
    expect(after.texts).to.deep.equal([]);
    expect(after.writes('new').last('ack').seq).to.equal(1);
  });

  it('tells the newest 50 of a long thread, and that there is more', () => {
    const host = openHost();
    const before = new GuestPeer(host).hello();
    for (let n = 1; n <= 60; n++) before.writes(`message ${n}`);
    const { messages, hasMore } = new GuestPeer(host).resume(before, { epoch: undefined }).last('history');
    expect([messages[0]?.seq, messages.at(-1)?.seq, hasMore]).to.deep.equal([11, 60, true]);
  });

  it('opens nothing for ids alone, nor for a wrong secret', () => {
    const host = openHost();
    const { welcome } = new GuestPeer(host).hello().writes('my card number is 42');
    const { conversationId, guestId, epoch } = welcome;
    for (const secret of [undefined, 'wrong', '']) {
      const stranger = new GuestPeer(host).hello({
        conversationId,
        guestId,
        epoch,
        after: 0,
        resumeToken: secret,
      });
      expect(stranger.welcome).to.include({ resumed: false });
      expect(stranger.welcome.conversationId).not.to.equal(conversationId);
      expect(stranger.texts).to.deep.equal([]);
    }
  });

  it('opens nothing for the secret of another conversation', () => {
    const host = openHost();
    const own = new GuestPeer(host).hello().writes('mine');
    const other = new GuestPeer(host).hello({ guestId: 'guest-2' }).writes('theirs');
    const { conversationId } = other.welcome;
    const thief = new GuestPeer(host).hello({ conversationId, resumeToken: own.welcome.resumeToken });
    expect(thief.welcome.resumed).to.equal(false);
    expect(thief.texts).to.deep.equal([]);
  });

  it('keeps the last two secrets valid, and no older one', () => {
    const host = openHost();
    const first = new GuestPeer(host).hello();
    const second = new GuestPeer(host).resume(first);
    expect(new GuestPeer(host).resume(first).welcome.resumed, 'one older').to.equal(true);
    const third = new GuestPeer(host).resume(second);
    expect(third.welcome.resumed).to.equal(true);
    expect(new GuestPeer(host).resume(first).welcome.resumed, 'two older').to.equal(false);
    expect(new GuestPeer(host).resume(third).welcome.resumed).to.equal(true);
  });

  it('does not lock out a guest whose welcomes are lost again and again', () => {
    const host = openHost();
    const first = new GuestPeer(host).hello();
    for (let attempt = 0; attempt < 5; attempt++) {
      expect(new GuestPeer(host).resume(first).welcome.resumed).to.equal(true);
    }
  });

  it('closes with 4404 where unknown conversations are not replaced', () => {
    const host = openHost({ unknown: 'gone' });
    const guest = new GuestPeer(host).hello({ conversationId: 'old', resumeToken: 'old' });
    expect(guest.closedWith).to.equal(4404);
    expect(guest.types).to.deep.equal([]);
    expect(new GuestPeer(host).hello().welcome.resumed).to.equal(false);
  });

  it('closes with 4408 without a hello in time', async () => {
    const host = openHost();
    const silent = new GuestPeer(host);
    await clock.advance(4999);
    expect(silent.closedWith).to.equal(undefined);
    await clock.advance(1);
    expect(silent.closedWith).to.equal(4408);
    const greeted = new GuestPeer(host).hello();
    await clock.advance(60_000);
    expect(greeted.closedWith).to.equal(undefined);
  });

  it('complains about a command before the hello and about a second hello, and goes on', () => {
    const guest = new GuestPeer(openHost());
    guest.line.receive({ type: 'typing', active: true });
    expect(guest.last('error').code).to.equal('bad-frame');
    guest.hello().hello();
    expect(guest.types).to.deep.equal(['error', 'welcome', 'history', 'error']);
    expect(guest.writes('still here').all('ack')).to.have.length(1);
  });

  describe('with tokens of the page', () => {
    const authenticate = (token: string): string | undefined => /^valid (.+)$/.exec(token)?.[1];

    it('closes with 4401 when one is not valid', () => {
      expect(new GuestPeer(openHost({ authenticate })).hello({ token: 'forged' }).closedWith).to.equal(4401);
    });

    it('resumes on another device', () => {
      const host = openHost({ authenticate });
      const phone = new GuestPeer(host).hello({ token: 'valid sam' }).writes('from my phone');
      const laptop = new GuestPeer(host).hello({ token: 'valid sam', guestId: 'guest-2' });
      expect(laptop.welcome).to.include({ resumed: true, conversationId: phone.welcome.conversationId });
      expect(laptop.welcome.guestId).to.equal('guest-1');
      expect(laptop.texts).to.deep.equal(['from my phone']);
    });

    it('keeps a conversation from the next person on the same device', () => {
      const host = openHost({ authenticate });
      const sam = new GuestPeer(host).hello({ token: 'valid sam' }).writes('private');
      const kim = new GuestPeer(host).resume(sam, { token: 'valid kim' });
      expect(kim.welcome.resumed).to.equal(false);
      expect(kim.texts).to.deep.equal([]);
    });

    it('makes a conversation that began anonymously the guest’s own', () => {
      const host = openHost({ authenticate });
      const anonymous = new GuestPeer(host).hello().writes('before signing in');
      expect(new GuestPeer(host).resume(anonymous, { token: 'valid sam' }).welcome.resumed).to.equal(true);
      expect(new GuestPeer(host).hello({ token: 'valid sam' }).texts).to.deep.equal(['before signing in']);
    });
  });

  it('goes on after a restart from its snapshot', () => {
    const host = openHost();
    const before = new GuestPeer(host)
      .hello({ guest: { name: 'Sam' } })
      .writes('one')
      .writes('two');
    const restarted = openHost();
    restarted.restore(JSON.parse(JSON.stringify(host.snapshot())));
    const after = new GuestPeer(restarted).resume(before, { after: 1 });
    expect(after.welcome).to.include({ resumed: true, epoch: 'epoch-1' });
    expect(after.texts).to.deep.equal(['two']);
    expect(after.writes('two', { clientId: 'client-2' }).last('ack')).to.deep.equal(before.last('ack'));
    expect(after.writes('three', { clientId: 'client-3' }).last('ack').seq).to.equal(3);
    expect(restarted.conversations[0]?.guest.name).to.equal('Sam');
  });

  it('goes on from its journal, which is written before anybody hears of a change', () => {
    const entries: JournalEntry[] = [];
    let ackedAt = Infinity;
    const host = openHost({ journal: (entry) => entries.push(structuredClone(entry)) });
    const guest = new GuestPeer(host).hello();
    guest.writes('one');
    const tell = guest.send.bind(guest);
    guest.send = (event) => {
      if (event.type === 'ack') ackedAt = entries.length;
      tell(event);
    };
    const before = entries.length;
    guest.writes('two');
    expect(ackedAt).to.equal(before + 1);
    host.conversations[0]?.loseHistory();
    guest.writes('three');
    expect(snapshotOf(entries)).to.deep.equal(host.snapshot());
    expect(host.snapshot().conversations[0]?.messages.map(({ text }) => text)).to.deep.equal(['three']);
  });
});
