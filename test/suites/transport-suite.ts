import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import { readCloseCode } from '../../src/transports/close-codes.js';
import { LinkError, type Link, type LinkClose, type Transport } from '../../src/transports/transport.js';

const HELLO: Frame = { event: 'hello', data: { protocol: 1, guestId: 'g1' } };

/**
 * What every transport promises, whatever its wire: it opens, refuses, aborts, keeps order, closes exactly once and
 * says why.
 * @param connect makes the transport under test, connected to a mock server
 */
export function describeTransport(name: string, connect: (server: MockChatServer) => Transport): void {
  describe(`transport: ${name}`, () => {
    let clock: ManualClock;
    let server: MockChatServer;
    let transport: Transport;
    let frames: Frame[];
    let faults: unknown[];
    let closes: LinkClose[];

    beforeEach(() => {
      clock = new ManualClock();
      server = new MockChatServer({ clock });
      transport = connect(server);
      frames = [];
      faults = [];
      closes = [];
    });
    afterEach(async () => {
      await server.stop();
      // mock-socket tells of the end a few milliseconds later, which is not the next test's affair.
      await clock.settle();
    });

    const open = (signal = new AbortController().signal): Promise<Link> =>
      transport.open(
        { guestId: 'g1' },
        {
          onFrame: (frame) => frames.push(frame),
          onFault: (fault) => faults.push(fault),
          onClose: (close) => closes.push(close),
        },
        signal,
      );
    const opened = async (): Promise<Link> => {
      const opening = open();
      await clock.settle();
      const link = await opening;
      await link.send(HELLO);
      await clock.settle();
      return link;
    };

    it('opens and carries frames both ways, in order', async () => {
      const link = await opened();
      for (const t of [1, 2, 3]) await link.send({ event: 'ping', data: { t } });
      await clock.settle();
      expect(frames.map(({ event }) => event)).to.deep.equal(['welcome', 'history', 'pong', 'pong', 'pong']);
      expect(frames.slice(2).map(({ data }) => data)).to.deep.equal([{ t: 1 }, { t: 2 }, { t: 3 }]);
    });

    it('rejects with a LinkError when it is refused, and a new attempt may succeed', async () => {
      server.network.refuse(1);
      const refused = open().catch((error: unknown) => error);
      await clock.settle();
      expect(await refused).to.be.instanceOf(LinkError);
      expect(((await refused) as LinkError).close).to.include({ reason: 'lost', retry: 'backoff' });
      await opened();
      expect(closes).to.deep.equal([]);
    });

    it('rejects as late when nobody answers', async () => {
      server.network.blackhole();
      const late = open().catch((error: unknown) => error);
      await clock.advance(10_000);
      expect(((await late) as LinkError).close).to.include({ reason: 'late', retry: 'backoff' });
    });

    it('aborts, before and while it opens, and then says nothing more', async () => {
      const before = await open(AbortSignal.abort()).catch((error: unknown) => error);
      expect((before as Error).name).to.equal('AbortError');
      server.network.delay(100);
      const opening = new AbortController();
      const attempt = open(opening.signal).catch((error: unknown) => error);
      await clock.advance(50);
      opening.abort();
      expect(((await attempt) as Error).name).to.equal('AbortError');
      await clock.advance(1000);
      expect({ frames, closes }).to.deep.equal({ frames: [], closes: [] });
      expect(server.network.connections).to.equal(0);
    });

    for (const code of [1000, 1001, 1012, 4401, 4404, 4409, 4429]) {
      it(`says once that it was closed with ${code}, and what that means`, async () => {
        await opened();
        server.network.close(code, 'because');
        server.network.drop();
        await clock.settle();
        expect(closes).to.deep.equal([readCloseCode(code, 'because')]);
      });
    }

    it('says once that it was lost', async () => {
      await opened();
      server.network.drop();
      await clock.settle();
      expect(closes).to.deep.equal([readCloseCode(1006, '')]);
    });

    it('notices a line that is dead without a word when it is probed', async () => {
      const link = await opened();
      server.network.blackhole();
      link.probe(3000);
      await clock.advance(2999);
      expect(closes).to.deep.equal([]);
      await clock.advance(1);
      expect(closes).to.have.length(1);
      expect(closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
    });

    it('closes from our side without a word, and rejects what comes too late', async () => {
      const link = await opened();
      link.close('removed');
      link.close('removed');
      await clock.settle();
      expect(closes).to.deep.equal([]);
      expect(server.network.connections).to.equal(0);
      expect(await link.send(HELLO).catch((error: unknown) => error)).to.be.instanceOf(Error);
      expect(clock.pending).to.equal(0);
    });

    it('reports a damaged frame and carries the next', async () => {
      const link = await opened();
      server.network.corrupt(1);
      await link.send({ event: 'ping', data: { t: 1 } });
      await link.send({ event: 'ping', data: { t: 2 } });
      await clock.settle();
      expect(faults).to.have.length(1);
      expect(frames.at(-1)).to.deep.equal({ event: 'pong', data: { t: 2 } });
      expect(closes).to.deep.equal([]);
    });
  });
}
