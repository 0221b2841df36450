import { expect } from '@open-wc/testing';
import { FakeFetch, type HttpEngine } from '../../src/testing/bindings/fake-fetch.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const setUp = (engine: HttpEngine = () => Response.json({ ok: true })) => {
  const clock = new ManualClock();
  const network = new FakeFetch(engine, { clock });
  /** What came of a request, as far as it has come; `read` resolves when there is no more to come. */
  const ask = (init?: RequestInit) => {
    const seen: { answer?: Response; text?: string; error?: unknown; read?: Promise<void> } = {};
    const read = async (): Promise<void> => {
      seen.answer = await network.fetch('https://x.test/a', init);
      seen.text = await seen.answer.text();
    };
    seen.read = read().catch((error: unknown) => void (seen.error = error));
    return seen;
  };
  return { clock, network, ask };
};

describe('FakeFetch', () => {
  it('carries requests to the engine and answers back, and writes down both', async () => {
    const { clock, network, ask } = setUp(
      async (request) => new Response(`got ${await request.text()}`, { status: 201 }),
    );
    const seen = ask({ method: 'POST', body: 'this', headers: { 'X-Shop': '7' } });
    await clock.settle();
    await seen.read;
    expect(seen.text).to.equal('got this');
    expect(network.log).to.deep.equal([
      {
        at: clock.date(),
        method: 'POST',
        url: 'https://x.test/a',
        headers: { 'content-type': 'text/plain;charset=UTF-8', 'x-shop': '7' },
        body: 'this',
        answer: [{ at: clock.date(), text: 'got this' }],
        status: 201,
        outcome: 'answered',
      },
    ]);
    expect(network.underWay).to.equal(0);
  });

  it('takes its time, each way', async () => {
    const { clock, network, ask } = setUp();
    network.delay(100);
    const seen = ask();
    await clock.advance(199);
    expect(seen.answer).to.equal(undefined);
    await clock.advance(1);
    expect(seen.answer!.status).to.equal(200);
    await clock.advance(200);
    await seen.read;
    expect(seen.text).to.equal('{"ok":true}');
  });

  it('refuses, and loses answers, as often as it is told to', async () => {
    let taken = 0;
    const { clock, network, ask } = setUp(() => new Response(String(++taken)));
    network.refuse(1).lose(1);
    const first = ask();
    await clock.settle();
    const second = ask();
    await clock.settle();
    const third = ask();
    await clock.settle();
    await third.read;
    expect([first.error, second.error].every((error) => error instanceof TypeError)).to.equal(true);
    expect(third.text).to.equal('2');
    expect(network.log.map(({ outcome }) => outcome)).to.deep.equal(['refused', 'lost', 'answered']);
  });

  it('cuts what is under way, also in the middle of a body', async () => {
    const { clock, network, ask } = setUp(
      () =>
        new Response(
          new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('half')) }),
        ),
    );
    const seen = ask();
    await clock.settle();
    expect(seen.answer!.status).to.equal(200);
    expect(network.underWay).to.equal(1);
    network.drop();
    await seen.read;
    // Firefox calls it an AbortError.
    expect(seen.error).to.be.instanceOf(Error);
    expect(network.log[0]).to.include({ outcome: 'lost', status: 200 });
  });

  it('swallows everything until it recovers', async () => {
    const { clock, network, ask } = setUp();
    network.blackhole();
    const seen = ask();
    const given = new AbortController();
    const up = ask({ signal: given.signal });
    await clock.advance(60_000);
    given.abort();
    network.recover();
    await clock.settle();
    await seen.read;
    expect(seen.text).to.equal('{"ok":true}');
    expect((up.error as Error).name).to.equal('AbortError');
    expect(network.log.map(({ outcome }) => outcome)).to.deep.equal(['answered', 'aborted']);
  });

  it('fails with what the engine throws', async () => {
    const { clock, network, ask } = setUp(() => {
      throw new Error('broken engine');
    });
    const seen = ask();
    await clock.settle();
    expect((seen.error as Error).message).to.equal('broken engine');
    expect(network.underWay).to.equal(0);
  });
});
