import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import type { Session } from '../../src/protocol/session.js';
import { FakeFetch, type HttpEngine } from '../../src/testing/bindings/fake-fetch.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { sseTransport } from '../../src/transports/sse.js';
import type { Link, LinkClose, LinkError } from '../../src/transports/transport.js';

const SESSION: Session = { guestId: 'g1', conversationId: 'c1', token: 't' };
const HEADERS = { 'content-type': 'text/event-stream; charset=utf-8' };

const setUp = (engine?: HttpEngine) => {
  const clock = new ManualClock();
  let writer: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream: HttpEngine = () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (writer = controller) });
    return new Response(body, { headers: HEADERS });
  };
  const network = new FakeFetch(engine ?? stream, { clock });
  const frames: Frame[] = [];
  const closes: LinkClose[] = [];
  const transport = sseTransport({
    url: 'https://chat.test',
    route: { path: '/c/{conversationId}/events' },
    fetch: network.fetch,
    clock,
  });
  const open = async (session = SESSION, signal = new AbortController().signal): Promise<Link> => {
    const opening = transport.open(
      session,
      { onFrame: (frame) => frames.push(frame), onFault: () => {}, onClose: (close) => closes.push(close) },
      signal,
    );
    opening.catch(() => {});
    await clock.settle();
    return opening;
  };
  const write = async (text: string): Promise<void> => {
    writer!.enqueue(new TextEncoder().encode(text));
    await clock.settle();
  };
  return { clock, network, frames, closes, open, write, end: () => writer!.close() };
};

const refusal = async (engine: HttpEngine): Promise<LinkClose> => {
  const { open, closes, clock } = setUp(engine);
  const error = (await open().catch((reason: unknown) => reason)) as LinkError;
  expect(error.name).to.equal('LinkError');
  expect({ closes, timers: clock.pending }).to.deep.equal({ closes: [], timers: 0 });
  return error.close;
};

describe('sseTransport', () => {
  it('brings events down, read as JSON where they are some', async () => {
    const { open, write, frames, network } = setUp();
    await open();
    await write('event: said\ndata: {"a":1}\n\ndata: plain\n\n: life\n\n');
    expect(frames).to.deep.equal([
      { event: 'said', data: { a: 1 } },
      { event: 'message', data: 'plain' },
    ]);
    expect(network.log[0]).to.include({ method: 'GET', url: 'https://chat.test/c/c1/events' });
    expect(network.log[0]!.headers).to.include({ accept: 'text/event-stream', authorization: 'Bearer t' });
  });

  it('goes on after the last event of the conversation', async () => {
    const { open, write, network } = setUp();
    const first = await open();
    await write('id: 7\ndata: 1\n\n');
    first.close();
    const second = await open();
    await write('data: 2\n\n');
    second.close();
    await open();
    await open({ ...SESSION, conversationId: 'c2' });
    expect(network.log.map(({ headers }) => headers['last-event-id'])).to.deep.equal([
      undefined,
      '7',
      '7',
      undefined,
    ]);
  });

  it('is lost with the end of the answer, and comes back when the server wants it', async () => {
    const { open, write, end, closes, clock } = setUp();
    await open();
    await write('retry: 4000\n\n');
    end();
    await clock.settle();
    expect(closes).to.have.length(1);
    expect(closes[0]).to.include({ reason: 'lost', retry: 'backoff', retryAfter: 4000 });
    expect(clock.pending).to.equal(0);
  });

  it('is lost when it is cut, or silent for too long', async () => {
    const cut = setUp();
    await cut.open();
    cut.network.drop();
    await cut.clock.settle();
    expect(cut.closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
    const silent = setUp();
    await silent.open();
    await silent.clock.advance(30_000);
    await silent.write(': life\n\n');
    await silent.clock.advance(44_999);
    expect(silent.closes).to.deep.equal([]);
    await silent.clock.advance(1);
    expect(silent.closes).to.have.length(1);
    expect(silent.closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
    expect(silent.network.underWay).to.equal(0);
  });

  it('gives up a line that has missed two signs of life when it is probed', async () => {
    const { open, clock, closes } = setUp();
    const link = await open();
    await clock.advance(20_000);
    link.probe();
    expect(closes).to.deep.equal([]);
    await clock.advance(3000);
    link.probe();
    expect(closes).to.have.length(1);
  });

  it('ends for good where there is nothing to come', async () => {
    expect(await refusal(() => new Response(null, { status: 204 }))).to.include({
      reason: 'ended',
      retry: 'never',
    });
  });

  it('says why there is no line', async () => {
    const answering = (status: number, headers = {}) =>
      refusal(() => new Response('{}', { status, headers }));
    expect(await answering(401)).to.include({ reason: 'unauthorized', retry: 'now' });
    expect(await answering(403)).to.include({ reason: 'refused', retry: 'never' });
    expect(await answering(404)).to.include({ reason: 'gone', retry: 'now' });
    expect(await answering(503, { 'retry-after': '9' })).to.include({ reason: 'busy', retryAfter: 9000 });
    expect(await answering(200, { 'content-type': 'text/html' })).to.include({
      reason: 'fault',
      retry: 'backoff',
    });
  });

  it('rejects as late when nobody answers, and aborts', async () => {
    const { open, network, clock } = setUp();
    network.blackhole();
    const late = open().catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(((await late) as LinkError).close).to.include({ reason: 'late', retry: 'backoff' });
    const aborting = new AbortController();
    const aborted = open(SESSION, aborting.signal).catch((error: unknown) => error);
    await clock.settle();
    aborting.abort();
    expect(((await aborted) as Error).name).to.equal('AbortError');
  });

  it('closes without a word', async () => {
    const { open, write, frames, closes, clock, network } = setUp();
    const link = await open();
    link.close();
    link.close();
    await write('data: late\n\n').catch(() => {});
    await clock.settle();
    expect({ frames, closes, timers: clock.pending, open: network.underWay }).to.deep.equal({
      frames: [],
      closes: [],
      timers: 0,
      open: 0,
    });
    expect(await link.send({ event: 'x', data: 1 }).catch((error: unknown) => error)).to.be.instanceOf(Error);
  });
});
