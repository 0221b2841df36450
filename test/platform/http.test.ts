import { expect } from '@open-wc/testing';
import { HttpError, jsonOf, request, retryAfter } from '../../src/platform/http.js';
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
