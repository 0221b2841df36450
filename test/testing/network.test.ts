import { expect } from '@open-wc/testing';
import type { Backend } from '../../src/backends/backend.js';
import { nativeBackend } from '../../src/backends/native/index.js';
import { countingIds } from '../../src/testing/identifiers.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import { acknowledge } from '../../src/testing/scenarios/scenario.js';
import { WireGuest } from './wire-guest.js';

const URL = 'wss://network.test/chat';

const bindings: Record<string, (server: MockChatServer, clock: ManualClock) => Backend> = {
  'in memory': (server) => server.backend(),
  'on mock-socket': (server, clock) =>
    nativeBackend({ url: URL, WebSocket: server.listen(URL).WebSocket, clock }),
};

for (const [binding, backendOf] of Object.entries(bindings)) {
  describe(`network ${binding}`, () => {
    let clock: ManualClock;
    let server: MockChatServer;
    let backend: Backend;

    beforeEach(() => {
      clock = new ManualClock();
      server = new MockChatServer({ clock, makeId: countingIds(), scenarios: [acknowledge()] });
      backend = backendOf(server, clock);
    });

    afterEach(() => server.stop());

    async function greeted(): Promise<WireGuest> {
      const guest = new WireGuest(backend);
      await clock.settle();
      guest.hello();
      await clock.settle();
      expect(guest.types).to.deep.equal(['welcome', 'history']);
      return guest;
    }

    it('carries the protocol', async () => {
      const guest = await greeted();
      guest.writes('hi');
      await clock.settle();
      server.ai().says('hello');
      await clock.settle();
      expect(guest.types.slice(2)).to.deep.equal(['ack', 'message']);
      expect(guest.texts).to.deep.equal(['hello']);
      expect(server.network.connections).to.equal(1);
    });

    it('lets the server know when the guest hangs up', async () => {
      const guest = await greeted();
      expect(server.conversations[0]?.connections).to.equal(1);
      guest.hangsUp();
      await clock.settle();
      expect(server.conversations[0]?.connections).to.equal(0);
      expect(server.network.connections).to.equal(0);
      expect(guest.closed).to.equal(undefined);
    });

    it('drop: cuts all lines, and new ones open', async () => {
      const guests = [await greeted(), await greeted()];
      server.network.drop();
      server.ai().says('too late');
      await clock.settle();
      for (const { closed, texts } of guests) {
        expect(closed).to.include({ code: 1006, reason: 'lost' });
        expect(texts).to.deep.equal([]);
      }
      expect(server.network.connections).to.equal(0);
      await greeted();
    });

    it('refuse: the next attempts fail, as many as were said', async () => {
      server.network.refuse(2);
      for (let attempt = 0; attempt < 2; attempt++) {
        const guest = new WireGuest(backend);
        await clock.settle();
        expect(guest.closed).to.include({ code: 1006, reason: 'lost' });
      }
      await greeted();
      expect(server.network.attempts).to.equal(3);
    });

    it('refuse: without a number, until it recovers', async () => {
      server.network.refuse();
      const guest = new WireGuest(backend);
      await clock.settle();
      expect(guest.closed?.code).to.equal(1006);
      server.network.recover();
      await greeted();
    });

    it('delay: everything takes its time, in order', async () => {
      const guest = await greeted();
      server.network.delay(200);
      guest.writes('hi');
      await clock.advance(199);
      expect(server.conversations[0]?.messages).to.have.length(0);
      await clock.advance(1);
      expect(server.conversations[0]?.messages).to.have.length(1);
      server.ai().says('a').says('b');
      server.network.delay(0);
      server.ai().says('c');
      await clock.advance(199);
      expect(guest.types.slice(2)).to.deep.equal([]);
      await clock.advance(1);
      expect(guest.types.slice(2)).to.deep.equal(['ack', 'message', 'message', 'message']);
      expect(guest.texts).to.deep.equal(['a', 'b', 'c']);
    });

    it('delay: opening takes it, too', async () => {
      server.network.delay(200);
      const guest = new WireGuest(backend);
      await clock.advance(199);
      expect(guest.open).to.equal(false);
      await clock.advance(1);
      expect(guest.open).to.equal(true);
    });

    it('duplicate: every frame of the server arrives twice', async () => {
      const guest = await greeted();
      server.network.duplicate();
      guest.writes('hi');
      await clock.settle();
      server.ai().says('a');
      await clock.settle();
      expect(guest.types.slice(2)).to.deep.equal(['ack', 'ack', 'message', 'message']);
      expect(server.conversations[0]?.messages).to.have.length(2);
    });

    it('reorder: what is sent in one go arrives in reverse', async () => {
      const guest = await greeted();
      server.network.reorder();
      server.ai().says('a').says('b').says('c');
      await clock.settle();
      server.ai().says('d');
      await clock.settle();
      expect(guest.texts).to.deep.equal(['c', 'b', 'a', 'd']);
    });

    it('reorder: also within a time', async () => {
      const guest = await greeted();
      server.network.reorder(100);
      server.ai().says('a');
      await clock.advance(50);
      server.ai().says('b');
      expect(guest.texts).to.deep.equal([]);
      await clock.advance(50);
      expect(guest.texts).to.deep.equal(['b', 'a']);
    });

    it('blackhole: nothing arrives, nobody is told, and what was swallowed stays lost', async () => {
      const guest = await greeted();
      server.network.blackhole();
      guest.writes('lost');
      server.ai().says('lost, too');
      await clock.advance(1000);
      expect(guest.types).to.have.length(2);
      expect(guest.closed).to.equal(undefined);
      expect(server.conversations[0]?.messages.map(({ text }) => text)).to.deep.equal(['lost, too']);
      server.network.recover();
      guest.writes('alive');
      await clock.settle();
      expect(guest.types.slice(2)).to.deep.equal(['ack']);
    });

    it('blackhole: the line dies of silence', async () => {
      const guest = await greeted();
      server.network.blackhole();
      // At most one whole interval before the ping, and five seconds after it.
      await clock.advance(15_000);
      expect(guest.closed).to.include({ reason: 'lost', retry: 'backoff' });
      expect(server.conversations[0]?.connections, 'the server does not know').to.equal(1);
      server.network.recover();
      await clock.settle();
      expect(server.conversations[0]?.connections).to.equal(0);
    });

    it('blackhole: attempts hang, and are answered when it recovers', async () => {
      server.network.blackhole();
      const guest = new WireGuest(backend);
      await clock.advance(9000);
      expect([guest.open, guest.closed]).to.deep.equal([false, undefined]);
      server.network.recover();
      await clock.settle();
      expect(guest.open).to.equal(true);
    });

    it('blackhole: an attempt is given up in time', async () => {
      server.network.blackhole();
      const guest = new WireGuest(backend);
      await clock.advance(10_000);
      expect(guest.closed).to.include({ reason: 'late' });
      server.network.recover();
      await clock.settle();
      expect(server.network.connections).to.equal(0);
    });

    it('blackhole: what the server closed meanwhile ends when it recovers', async () => {
      const guest = await greeted();
      server.network.blackhole();
      server.shutDown();
      await clock.settle();
      expect(guest.closed).to.equal(undefined);
      server.network.recover();
      await clock.settle();
      expect(guest.closed?.code).to.equal(1006);
    });

    it('close: the server ends all lines with a code, after what it said before', async () => {
      const guest = await greeted();
      server.ai().says('last words');
      server.network.close(1012, 'restart');
      await clock.settle();
      expect(guest.texts).to.deep.equal(['last words']);
      expect(guest.closed).to.include({ code: 1012, reason: 'restart', detail: 'restart' });
      expect(server.conversations[0]?.connections).to.equal(0);
    });

    it('corrupt: so many frames arrive damaged, and the line lives on', async () => {
      const guest = await greeted();
      server.network.corrupt(2);
      server.ai().says('a').says('b').says('c');
      await clock.settle();
      expect(guest.texts).to.deep.equal(['c']);
      expect(guest.faults).to.have.length(2);
      expect(guest.closed).to.equal(undefined);
    });

    it('recover: ends all faults at once', async () => {
      server.network.drop().refuse(3).delay(200).duplicate().reorder().blackhole().corrupt(9).recover();
      const guest = await greeted();
      server.ai().says('a').says('b');
      await clock.settle();
      expect(guest.texts).to.deep.equal(['a', 'b']);
      expect(guest.faults).to.deep.equal([]);
    });

    it('says goodbye before a planned close', async () => {
      const guest = await greeted();
      server.shutDown({ retryAfterMs: 500 });
      await clock.settle();
      expect(guest.all('bye')).to.deep.equal([{ type: 'bye', reason: 'restart', retryAfterMs: 500 }]);
      expect(guest.closed).to.include({ code: 1012 });
    });

    it('stop: cuts all lines, and nothing opens any more', async () => {
      const guest = await greeted();
      await server.stop();
      await clock.settle();
      expect(guest.closed?.code).to.equal(1006);
      const late = new WireGuest(backend);
      await late.opening;
      expect(late.closed).to.include({ code: 1006, reason: 'lost' });
    });

    it('keeps a log of both ways, with times and connections', async () => {
      await greeted();
      await clock.advance(1000);
      server.network.blackhole();
      server.ai().says('lost');
      server.network.recover().close(1012, 'restart');
      await clock.settle();
      const start = Date.parse('2026-01-05T09:00:00.000Z');
      const lines = server.log.map((entry) => {
        const { at, connection, what } = entry;
        const detail =
          what === 'frame'
            ? [entry.from, entry.frame.event, ...(entry.lost ? ['lost'] : [])]
            : what === 'closed'
              ? [entry.by, entry.code]
              : [];
        return [at - start, connection, what, ...detail];
      });
      expect(lines).to.deep.equal([
        [0, 1, 'opened'],
        [0, 1, 'frame', 'guest', 'hello'],
        [0, 1, 'frame', 'server', 'welcome'],
        [0, 1, 'frame', 'server', 'history'],
        [1000, 1, 'frame', 'server', 'message', 'lost'],
        [1000, 1, 'closed', 'server', 1012],
      ]);
    });
  });
}
