import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import { FakeFetch, type HttpEngine } from '../../src/testing/bindings/fake-fetch.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { withHttpUplink } from '../../src/transports/http-uplink.js';
import { pollingTransport } from '../../src/transports/polling.js';
import { sseTransport } from '../../src/transports/sse.js';
import { LinkError, type Link, type LinkClose, type Transport } from '../../src/transports/transport.js';
import { FakeWake } from '../connection/fake-line.js';

/** A wire that brings frames down over HTTP, and the server at its other end. */
interface Downlink {
  readonly transport: Transport;
  /** Makes the server say a number, and waits until it has arrived. */
  count(n: number): Promise<void>;
  /** The numbers in a frame. */
  numbersIn(frame: Frame): readonly unknown[];
}

/**
 * What every transport promises, for wires that carry nothing up by themselves: the suite of all wires is about lines that
 * carry both ways and have close codes.
 */
function describeDownlink(
  name: string,
  connect: (clock: ManualClock, network: (engine: HttpEngine) => FakeFetch) => Downlink,
): void {
  describe(`downlink: ${name}`, () => {
    let clock: ManualClock;
    let network: FakeFetch;
    let wire: Downlink;
    let frames: Frame[];
    let closes: LinkClose[];

    beforeEach(() => {
      clock = new ManualClock();
      wire = connect(clock, (engine) => (network = new FakeFetch(engine, { clock })));
      frames = [];
      closes = [];
    });

    const open = (signal = new AbortController().signal): Promise<Link> =>
      wire.transport.open(
        { guestId: 'g1' },
        { onFrame: (frame) => frames.push(frame), onFault: () => {}, onClose: (close) => closes.push(close) },
        signal,
      );
    const opened = async (): Promise<Link> => {
      const opening = open();
      await clock.settle();
      return opening;
    };

    it('brings frames down, in order', async () => {
      await opened();
      for (const n of [1, 2, 3]) await wire.count(n);
      expect(frames.flatMap((frame) => wire.numbersIn(frame))).to.deep.equal([1, 2, 3]);
    });

    it('rejects with a LinkError when it is refused, and a new attempt may succeed', async () => {
      network.refuse(1);
      const refused = open().catch((error: unknown) => error);
      await clock.settle();
      expect(await refused).to.be.instanceOf(LinkError);
      expect(((await refused) as LinkError).close).to.include({ reason: 'lost', retry: 'backoff' });
      await opened();
      expect(closes).to.deep.equal([]);
    });

    it('rejects as late when nobody answers', async () => {
      network.blackhole();
      const late = open().catch((error: unknown) => error);
      await clock.advance(10_000);
      expect(((await late) as LinkError).close).to.include({ reason: 'late', retry: 'backoff' });
      expect(clock.pending).to.equal(0);
    });

    it('aborts, before and while it opens, and then says nothing more', async () => {
      const before = await open(AbortSignal.abort()).catch((error: unknown) => error);
      expect((before as Error).name).to.equal('AbortError');
      network.delay(100);
      const opening = new AbortController();
      const attempt = open(opening.signal).catch((error: unknown) => error);
      await clock.advance(50);
      opening.abort();
      expect(((await attempt) as Error).name).to.equal('AbortError');
      await clock.advance(20_000);
      expect({ frames, closes, underWay: network.underWay }).to.deep.equal({
        frames: [],
        closes: [],
        underWay: 0,
      });
    });

    it('says once that it was lost', async () => {
      const link = await opened();
      network.drop().refuse();
      link.probe();
      await clock.advance(60_000);
      expect(closes).to.have.length(1);
      expect(closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
      expect(clock.pending).to.equal(0);
    });

    it('notices in time that nobody is there any more', async () => {
      await opened();
      network.blackhole();
      await clock.advance(60_000);
      expect(closes).to.have.length(1);
      expect(closes[0]).to.include({ retry: 'backoff' });
    });

    it('closes from our side without a word, and rejects what comes too late', async () => {
      const link = await opened();
      link.close('removed');
      link.close('removed');
      await clock.settle();
      expect(closes).to.deep.equal([]);
      expect(network.underWay).to.equal(0);
      expect(await link.send({ event: 'x', data: {} }).catch((error: unknown) => error)).to.be.instanceOf(
        Error,
      );
      expect(clock.pending).to.equal(0);
    });
  });
}

const polling = (clock: ManualClock, connect: (engine: HttpEngine) => FakeFetch): Downlink => {
  const said: { id: number }[] = [];
  const { fetch } = connect(({ url }) => {
    const after = Number(new URL(url).searchParams.get('after') ?? 0);
    return Response.json(said.filter(({ id }) => id > after));
  });
  return {
    transport: pollingTransport({
      url: 'https://x.test',
      route: { path: '/new' },
      wake: new FakeWake(),
      fetch,
      clock,
    }),
    async count(n) {
      said.push({ id: n });
      await clock.advance(2000);
    },
    numbersIn: ({ data }) => (data as { id: number }[]).map(({ id }) => id),
  };
};

const sse = (clock: ManualClock, connect: (engine: HttpEngine) => FakeFetch): Downlink => {
  let writer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const { fetch } = connect(() => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (writer = controller) });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  });
  return {
    transport: sseTransport({ url: 'https://x.test', route: { path: '/events' }, fetch, clock }),
    async count(n) {
      writer!.enqueue(new TextEncoder().encode(`data: ${n}\n\n`));
      await clock.settle();
    },
    numbersIn: ({ data }) => [data],
  };
};

for (const [name, connect] of [
  ['polling', polling],
  ['server-sent events', sse],
] as const) {
  describeDownlink(name, connect);
  describeDownlink(`${name}, with requests going up`, (clock, network) => {
    const wire = connect(clock, network);
    return {
      ...wire,
      transport: withHttpUplink({ downlink: wire.transport, url: 'https://x.test', routes: {}, clock }),
    };
  });
}
