import { expect } from '@open-wc/testing';
import { HttpError, jsonOf, request, retryAfter, textOf } from '../../src/platform/http.js';
import { ManualClock } from '../../src/testing/manual-clock.js';

const failure = async (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** A fetch that never answers, but hears the signal. */
const silent: typeof fetch = (_url, init) =>
  new Promise((_resolve, reject) => {
    init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason));
  });

describe('request', () => {
  it('sends JSON and asks for JSON', async () => {
    let seen: Request | undefined;
    const fetch: typeof globalThis.fetch = async (url, init) => {
      seen = new Request(url, init);
      return new Response('{"a":1}');
    };
    const answer = await request(
      { url: 'https://x.test/a', method: 'POST', body: { b: 2 }, headers: { authorization: 'Bearer t' } },
      { fetch },
    );
    expect(await jsonOf(answer)).to.deep.equal({ a: 1 });
    expect(await seen!.json()).to.deep.equal({ b: 2 });
    const headers = Object.fromEntries(seen!.headers);
    expect(headers).to.include({
      accept: 'application/json',
      'content-type': 'application/json',
      authorization: 'Bearer t',
    });
  });

  it('asks for something else than JSON where it is told to, in whatever letters', async () => {
    let accept: string | null | undefined;
    const fetch: typeof globalThis.fetch = async (url, init) => {
      accept = new Request(url, init).headers.get('accept');
      return new Response();
    };
    await request({ url: 'https://x.test', headers: { Accept: 'text/event-stream' } }, { fetch });
    expect(accept).to.equal('text/event-stream');
  });

  it('takes 304 as an answer, and tells of any other refusal with its status and how long to wait', async () => {
    const answering = (status: number, headers = {}) => ({
      fetch: async () => new Response(null, { status, headers }),
    });
    expect((await request({ url: 'https://x.test' }, answering(304))).status).to.equal(304);
    const error = await failure(request({ url: 'https://x.test' }, answering(429, { 'retry-after': '7' })));
    expect(error).to.be.instanceOf(HttpError);
    expect(error).to.include({ kind: 'status', status: 429, retryAfterMs: 7000 });
  });

  it('gives up after ten seconds', async () => {
    const clock = new ManualClock();
    const failed = failure(request({ url: 'https://x.test' }, { fetch: silent, clock }));
    await clock.advance(10_000);
    expect(await failed).to.include({ name: 'HttpError', kind: 'timeout' });
  });

  it('ends with the signal of the caller, for the caller’s reason', async () => {
    const controller = new AbortController();
    const failed = failure(request({ url: 'https://x.test', signal: controller.signal }, { fetch: silent }));
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await failed).to.equal(reason);
  });

  it('tells of a network that does not answer, and of an answer that is no JSON', async () => {
    const fetch = () => Promise.reject(new TypeError('Failed to fetch'));
    expect(await failure(request({ url: 'https://x.test' }, { fetch }))).to.include({ kind: 'network' });
    expect(await failure(jsonOf(new Response('<html>')))).to.include({ kind: 'content', status: 200 });
  });
});

/** A body that the test writes. */
const held = () => {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  return { answer: new Response(body), controller, bytes: (text: string) => new TextEncoder().encode(text) };
};

describe('what an answer says', () => {
  it('is passed on where the answer is a no', async () => {
    const fetch = async () => Response.json({ message: 'Too long' }, { status: 422 });
    const error = (await failure(request({ url: 'https://x.test' }, { fetch }))) as HttpError;
    expect(error.body).to.deep.equal({ message: 'Too long' });
    const page = async () => new Response('<h1>No</h1>', { status: 500 });
    expect(await failure(request({ url: 'https://x.test' }, { fetch: page }))).to.include({
      body: undefined,
    });
  });

  it('does not keep a refusal waiting', async () => {
    const clock = new ManualClock();
    const { answer: never } = held();
    const fetch = async () => new Response(never.body, { status: 503 });
    const failed = failure(request({ url: 'https://x.test' }, { fetch, clock }));
    await clock.advance(2000);
    expect(await failed).to.include({ kind: 'status', status: 503, body: undefined });
    expect(clock.pending).to.equal(0);
  });

  it('is read to its end, also where a character is cut in two', async () => {
    const { answer, controller, bytes } = held();
    const reading = textOf(answer);
    const word = bytes('żółć');
    controller.enqueue(word.slice(0, 3));
    controller.enqueue(word.slice(3));
    controller.close();
    expect(await reading).to.equal('żółć');
    expect(await textOf(new Response(null))).to.equal('');
  });

  it('is given up when it does not end, is too large, or is cut off', async () => {
    const clock = new ManualClock();
    const slow = held();
    const late = failure(textOf(slow.answer, { clock, timeoutMs: 5000 }));
    slow.controller.enqueue(slow.bytes('{'));
    await clock.advance(5000);
    expect(await late).to.include({ kind: 'timeout', status: 200 });
    const large = failure(textOf(new Response('x'.repeat(11)), { clock, maxBytes: 10 }));
    expect(await large).to.include({ kind: 'content' });
    const cut = held();
    const lost = failure(textOf(cut.answer, { clock }));
    cut.controller.error(new TypeError('network error'));
    expect(await lost).to.include({ kind: 'network' });
    expect(clock.pending).to.equal(0);
  });
});

describe('retryAfter', () => {
  it('reads seconds and dates', () => {
    const clock = new ManualClock({ date: '2026-11-25T10:00:00.000Z' });
    expect(retryAfter('120', clock)).to.equal(120_000);
    expect(retryAfter('Wed, 25 Nov 2026 10:00:30 GMT', clock)).to.equal(30_000);
    expect(retryAfter('Wed, 25 Nov 2026 09:00:00 GMT', clock)).to.equal(0);
    expect(retryAfter('soon', clock)).to.equal(undefined);
    expect(retryAfter(null, clock)).to.equal(undefined);
  });
});
