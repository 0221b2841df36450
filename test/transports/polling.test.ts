import { expect } from '@open-wc/testing';
import { FakeFetch, type HttpEngine } from '../../src/testing/bindings/fake-fetch.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { Session } from '../../src/protocol/session.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { pollingTransport, type PollingOptions } from '../../src/transports/polling.js';
import { LinkError, type Link, type LinkClose } from '../../src/transports/transport.js';
import { FakeWake } from '../connection/fake-line.js';

const SESSION: Session = { guestId: 'g1', conversationId: 'c1', token: 't' };

const setUp = (engine: HttpEngine, options: Partial<PollingOptions> = {}, session = SESSION) => {
  const clock = new ManualClock();
  const network = new FakeFetch(engine, { clock });
  const wake = new FakeWake();
  const frames: Frame[] = [];
  const faults: Error[] = [];
  const closes: LinkClose[] = [];
  const transport = pollingTransport({
    url: 'https://chat.test',
    route: { path: '/c/{conversationId}' },
    fetch: network.fetch,
    clock,
    wake,
    ...options,
  });
  const open = (signal = new AbortController().signal): Promise<Link> =>
    transport.open(
      session,
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
    return opening;
  };
  /** The queries of all requests, beginning with one. */
  const asked = (from = 0): string[] => network.log.slice(from).map(({ url }) => new URL(url).search);
  return { clock, network, wake, frames, faults, closes, open, opened, asked };
};

/** A server with messages m1, m2 …, which tells those after a cursor. */
const thread = (count = 2) => {
  const ids = Array.from({ length: count }, (_none, index) => `m${index + 1}`);
  const engine: HttpEngine = ({ url }) => {
    const after = new URL(url).searchParams.get('after');
    return Response.json({ messages: ids.slice(after ? ids.indexOf(after) + 1 : 0).map((id) => ({ id })) });
  };
  return { ids, engine };
};

const empty: HttpEngine = () => Response.json([]);

/** Answers with one status after the other, and then with the last. */
const statuses = (...list: [number, object?][]): HttpEngine => {
  let next = 0;
  return () => {
    const [status, headers = {}] = list[Math.min(next++, list.length - 1)]!;
    return new Response(status === 304 ? null : '[]', { status, headers: { ...headers } });
  };
};

describe('pollingTransport', () => {
  it('is open with the first answer, and goes on after the last entry', async () => {
    const { ids, engine } = thread();
    const { clock, opened, frames, asked, network } = setUp(engine);
    await opened();
    expect(frames).to.deep.equal([{ event: 'page', data: { messages: [{ id: 'm1' }, { id: 'm2' }] } }]);
    ids.push('m3');
    await clock.advance(2000);
    await clock.advance(2000);
    expect(asked()).to.deep.equal(['', '?after=m2', '?after=m3']);
    expect(frames[1]!.data).to.deep.equal({ messages: [{ id: 'm3' }] });
    expect(network.log[0]!.url).to.equal('https://chat.test/c/c1');
    expect(network.log[0]!.headers).to.include({ authorization: 'Bearer t', accept: 'application/json' });
  });

  it('begins after what is on screen, or where it is told to', async () => {
    const known = { messages: [{ id: 'k9', seq: 9 }], mode: 'ai', participants: [] } as const;
    const first = setUp(empty, {}, { ...SESSION, known });
    await first.opened();
    expect(first.asked()).to.deep.equal(['?after=k9']);
    const second = setUp(empty, {
      start: () => '7',
      route: { path: '/all', query: { since: '{after}', room: '{conversationId}' } },
      cursor: (_page, previous) => `${Number(previous) + 1}`,
      event: 'news',
    });
    await second.opened();
    await second.clock.advance(2000);
    expect(second.asked()).to.deep.equal(['?since=7&room=c1', '?since=8&room=c1']);
    expect(second.frames[0]).to.deep.equal({ event: 'news', data: [] });
  });

  it('says when a page is not what the cursor is read from, and goes on', async () => {
    const cursor = () => {
      throw new TypeError('no');
    };
    const { opened, faults, frames, closes } = setUp(empty, { cursor });
    await opened();
    expect({ faults: faults.length, frames: frames.length, closes }).to.deep.equal({
      faults: 1,
      frames: 1,
      closes: [],
    });
  });

  it('asks seldom while the page is hidden, and at once when it is seen again', async () => {
    const { clock, wake, opened, network } = setUp(empty);
    await opened();
    wake.tell('hidden');
    await clock.advance(14_000);
    expect(network.log).to.have.length(1);
    await clock.advance(1000);
    expect(network.log).to.have.length(2);
    wake.tell('visible');
    await clock.settle();
    expect(network.log).to.have.length(3);
    await clock.advance(2000);
    expect(network.log).to.have.length(4);
  });

  it('spreads its requests by a fifth', async () => {
    const clock = new ManualClock({ random: () => 0 });
    const network = new FakeFetch(empty, { clock });
    const { opened, clock: _own } = setUp(empty, { clock, fetch: network.fetch });
    const opening = opened();
    await clock.settle();
    await opening;
    await clock.advance(1600);
    expect(network.log).to.have.length(2);
  });

  it('does not fetch anew what has not changed', async () => {
    const { clock, opened, frames, network } = setUp(statuses([200, { etag: '"1"' }], [304], [200]));
    await opened();
    await clock.advance(2000);
    await clock.advance(2000);
    expect(network.log.map(({ headers }) => headers['if-none-match'])).to.deep.equal([
      undefined,
      '"1"',
      '"1"',
    ]);
    expect(frames).to.have.length(2);
  });

  it('has one request under way, however often it is asked for one', async () => {
    let answer: (() => void) | undefined;
    const slow: HttpEngine = () => new Promise((resolve) => (answer = () => resolve(Response.json([]))));
    const { clock, wake, open, network } = setUp(slow);
    const opening = open();
    await clock.settle();
    answer!();
    const link = await opening;
    link.probe();
    link.probe();
    wake.tell('visible');
    await clock.settle();
    expect(network.underWay).to.equal(1);
    expect(network.log).to.have.length(2);
    link.close();
    await clock.settle();
    expect(clock.pending).to.equal(0);
  });

  it('asks less often after failures, ends the line after three, and forgets them with an answer', async () => {
    const { clock, opened, closes, network } = setUp(
      statuses([200], [500], [500], [200], [500], [502], [500]),
    );
    await opened();
    for (const pause of [2000, 4000, 8000, 2000, 4000]) await clock.advance(pause);
    expect(network.log).to.have.length(6);
    expect(closes).to.deep.equal([]);
    await clock.advance(8000);
    expect(closes).to.have.length(1);
    expect(closes[0]).to.include({ reason: 'lost', retry: 'backoff', code: 500 });
    expect(clock.pending).to.equal(0);
  });

  it('obeys the server that asks for silence, also when it is probed', async () => {
    const { clock, wake, opened, network, closes } = setUp(
      statuses([200], [429, { 'retry-after': '20' }], [200]),
    );
    const link = await opened();
    await clock.advance(2000);
    link.probe();
    wake.tell('visible');
    await clock.advance(19_000);
    expect(network.log).to.have.length(2);
    await clock.advance(1000);
    expect(network.log).to.have.length(3);
    expect(closes).to.deep.equal([]);
  });

  it('passes on how long a busy server wants to be left alone', async () => {
    const { clock, opened, closes } = setUp(statuses([200], [503, { 'retry-after': '60' }]));
    await opened();
    await clock.advance(2000 + 60_000 + 60_000);
    expect(closes).to.have.length(1);
    expect(closes[0]).to.include({ reason: 'busy', retryAfter: 60_000 });
  });

  it('gives up a request after ten seconds', async () => {
    const { clock, opened, network } = setUp(empty);
    await opened();
    network.blackhole();
    await clock.advance(2000);
    await clock.advance(9999);
    expect(network.log.at(-1)).to.include({ outcome: 'open' });
    await clock.advance(1);
    expect(network.log.at(-1)).to.include({ outcome: 'aborted' });
  });

  for (const [status, close] of [
    [401, { reason: 'unauthorized', retry: 'now' }],
    [403, { reason: 'refused', retry: 'never' }],
    [404, { reason: 'gone', retry: 'now' }],
    [410, { reason: 'gone', retry: 'now' }],
    [429, { reason: 'busy', retry: 'backoff', retryAfter: 3000 }],
    [500, { reason: 'lost', retry: 'backoff' }],
  ] as const) {
    it(`does not open after ${status}, and says why`, async () => {
      const { open, clock, closes } = setUp(statuses([status, status === 429 ? { 'retry-after': '3' } : {}]));
      const failing = open().catch((error: unknown) => error);
      await clock.settle();
      const error = (await failing) as LinkError;
      expect(error).to.be.instanceOf(LinkError);
      expect(error.close).to.include({ ...close, code: status });
      expect({ closes, timers: clock.pending }).to.deep.equal({ closes: [], timers: 0 });
    });
  }

  it('ends at once with an answer that no other attempt will change', async () => {
    const { clock, opened, closes } = setUp(statuses([200], [404]));
    await opened();
    await clock.advance(60_000);
    expect(closes).to.have.length(1);
    expect(closes[0]).to.include({ reason: 'gone', retry: 'now' });
  });

  describe('when it is probed', () => {
    it('asks at once, and goes on when there is an answer', async () => {
      const { clock, opened, network, closes } = setUp(empty);
      const link = await opened();
      link.probe(3000);
      await clock.settle();
      expect(network.log).to.have.length(2);
      await clock.advance(60_000);
      expect(closes).to.deep.equal([]);
    });

    it('is lost without an answer in time, or with a failure', async () => {
      const silent = setUp(empty);
      const link = await silent.opened();
      silent.network.blackhole();
      link.probe(3000);
      await silent.clock.advance(2999);
      expect(silent.closes).to.deep.equal([]);
      await silent.clock.advance(1);
      expect(silent.closes).to.have.length(1);
      expect(silent.closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
      expect(silent.clock.pending).to.equal(0);
      const failing = setUp(empty);
      const second = await failing.opened();
      failing.network.refuse();
      second.probe();
      await failing.clock.settle();
      expect(failing.closes[0]).to.include({ reason: 'lost' });
    });
  });

  it('fetches once more what has come, before another line takes over', async () => {
    const { ids, engine } = thread();
    const { opened, clock, frames } = setUp(engine);
    const link = await opened();
    ids.push('m3');
    let drained = false;
    const draining = link.drain!().then(() => (drained = true));
    await clock.settle();
    await draining;
    expect(drained).to.equal(true);
    expect(frames.at(-1)!.data).to.deep.equal({ messages: [{ id: 'm3' }] });
  });

  describe('with a server that waits for news', () => {
    const longPoll = (hold: boolean[] = []) => {
      let news: ((page: object) => void) | undefined;
      const engine: HttpEngine = ({ url, signal }) => {
        if (!new URL(url).searchParams.has('wait') || hold.shift() === false) return Response.json([]);
        return new Promise((resolve, reject) => {
          news = (page) => resolve(Response.json(page));
          signal.addEventListener('abort', () => reject(signal.reason));
        });
      };
      return { ...setUp(engine, { longPollMs: 25_000 }), news: (page: object) => news!(page) };
    };

    it('asks again at once, and lets it wait', async () => {
      const { clock, opened, asked, news, network } = longPoll();
      await opened();
      await clock.advance(30_000);
      expect(asked()).to.deep.equal(['', '?wait=25']);
      expect(network.underWay).to.equal(1);
      news([{ id: 'm1' }]);
      await clock.advance(0);
      expect(asked(2)).to.deep.equal(['?after=m1&wait=25']);
      await clock.advance(34_999);
      expect(network.underWay).to.equal(1);
      await clock.advance(1);
      expect(network.underWay).to.equal(0);
    });

    it('asks a server that does not wait as often as any other', async () => {
      const { clock, opened, network } = longPoll([false, false, false, false]);
      await opened();
      await clock.advance(0);
      expect(network.log).to.have.length(2);
      await clock.advance(1999);
      expect(network.log).to.have.length(2);
      await clock.advance(1);
      expect(network.log).to.have.length(3);
    });

    it('gives up a request that waits when it is probed', async () => {
      const { clock, opened, asked, network } = longPoll();
      const link = await opened();
      await clock.advance(0);
      link.probe();
      await clock.settle();
      expect(asked(2)).to.deep.equal(['']);
      expect(network.log[1]).to.include({ outcome: 'aborted' });
      await clock.advance(0);
      expect(asked(3)).to.deep.equal(['?wait=25']);
      link.close();
      await clock.settle();
      expect(clock.pending).to.equal(0);
    });
  });

  it('aborts, and closes, without a word', async () => {
    const { open, opened, clock, closes, network } = setUp(empty);
    expect(((await open(AbortSignal.abort()).catch((error: unknown) => error)) as Error).name).to.equal(
      'AbortError',
    );
    network.blackhole();
    const opening = new AbortController();
    const attempt = open(opening.signal).catch((error: unknown) => error);
    await clock.settle();
    opening.abort();
    expect(((await attempt) as Error).name).to.equal('AbortError');
    network.recover();
    const link = await opened();
    link.close();
    link.close();
    await clock.advance(60_000);
    expect(closes).to.deep.equal([]);
    expect(await link.send({ event: 'x', data: {} }).catch((error: unknown) => error)).to.be.instanceOf(
      Error,
    );
    expect(clock.pending).to.equal(0);
  });
});
