import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import type { Network } from '../../src/testing/network.js';
import { LinkError, type Link, type LinkClose, type Transport } from '../../src/transports/transport.js';

/** A wire under test, and the server at its other end. */
export interface Wire {
  readonly transport: Transport;
  readonly network: Network;
  /** Says what has to be said before the wire carries anything. */
  greet(link: Link): Promise<unknown>;
  /** Names of the frames that come before any number. */
  readonly greeting: readonly string[];
  /** Makes the server say a number. */
  count(link: Link, n: number): unknown;
  /** The number in a frame that `count` caused; undefined in others. */
  numberIn(frame: Frame): unknown;
  /** A frame that the wire takes. */
  readonly sample: Frame;
  readClose(code: number, detail: string): LinkClose;
  stop(): Promise<void>;
}

/**
 * What every transport promises, whatever its wire: it opens, refuses, aborts, keeps order, closes exactly once and
 * says why.
 * @param connect makes the wire under test
 */
export function describeTransport(
  name: string,
  closeCodes: readonly number[],
  connect: (clock: ManualClock) => Wire,
): void {
  describe(`transport: ${name}`, () => {
    let clock: ManualClock;
    let wire: Wire;
    let frames: Frame[];
    let faults: unknown[];
    let closes: LinkClose[];

    beforeEach(() => {
      clock = new ManualClock();
      wire = connect(clock);
      frames = [];
      faults = [];
      closes = [];
    });
    afterEach(async () => {
      await wire.stop();
      // mock-socket tells of the end a few milliseconds later, which is not the next test's affair.
      await clock.settle();
    });

    const numbers = (): unknown[] =>
      frames.map((frame) => wire.numberIn(frame)).filter((n) => n !== undefined);
    const open = (signal = new AbortController().signal): Promise<Link> =>
      wire.transport.open(
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
      await wire.greet(link);
      await clock.settle();
      return link;
    };

    it('opens and carries frames both ways, in order', async () => {
      const link = await opened();
      for (const n of [1, 2, 3]) await wire.count(link, n);
      await clock.settle();
      expect(numbers()).to.deep.equal([1, 2, 3]);
      expect(frames.slice(0, -3).map(({ event }) => event)).to.deep.equal(wire.greeting);
    });

    it('rejects with a LinkError when it is refused, and a new attempt may succeed', async () => {
      wire.network.refuse(1);
      const refused = open().catch((error: unknown) => error);
      await clock.settle();
      expect(await refused).to.be.instanceOf(LinkError);
      expect(((await refused) as LinkError).close).to.include({ reason: 'lost', retry: 'backoff' });
      await opened();
      expect(closes).to.deep.equal([]);
    });

    it('rejects as late when nobody answers', async () => {
      wire.network.blackhole();
      const late = open().catch((error: unknown) => error);
      await clock.advance(10_000);
      expect(((await late) as LinkError).close).to.include({ reason: 'late', retry: 'backoff' });
    });

    it('aborts, before and while it opens, and then says nothing more', async () => {
      const before = await open(AbortSignal.abort()).catch((error: unknown) => error);
      expect((before as Error).name).to.equal('AbortError');
      wire.network.delay(100);
      const opening = new AbortController();
      const attempt = open(opening.signal).catch((error: unknown) => error);
      await clock.advance(50);
      opening.abort();
      expect(((await attempt) as Error).name).to.equal('AbortError');
      await clock.advance(1000);
      expect({ frames, closes }).to.deep.equal({ frames: [], closes: [] });
      expect(wire.network.connections).to.equal(0);
    });

    for (const code of closeCodes) {
      it(`says once that it was closed with ${code}, and what that means`, async () => {
        await opened();
        wire.network.close(code, 'because');
        wire.network.drop();
        await clock.settle();
        expect(closes).to.deep.equal([wire.readClose(code, 'because')]);
      });
    }

    it('says once that it was lost', async () => {
      await opened();
      wire.network.drop();
      await clock.settle();
      expect(closes).to.deep.equal([wire.readClose(1006, '')]);
    });

    it('notices a line that is dead without a word when it is probed', async () => {
      const link = await opened();
      wire.network.blackhole();
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
      expect(wire.network.connections).to.equal(0);
      expect(await link.send(wire.sample).catch((error: unknown) => error)).to.be.instanceOf(Error);
      expect(clock.pending).to.equal(0);
    });

    it('reports a damaged frame and carries the next', async () => {
      const link = await opened();
      wire.network.corrupt(1);
      await wire.count(link, 1);
      await wire.count(link, 2);
      await clock.settle();
      expect(faults).to.have.length(1);
      expect(numbers()).to.deep.equal([2]);
      expect(closes).to.deep.equal([]);
    });
  });
}
