import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { channelAuthorizer, type ChannelAuthorizerOptions } from '../../src/transports/pusher-auth.js';
import type { ChannelRequest } from '../../src/transports/pusher-channels.js';
import type { LinkClose } from '../../src/transports/transport.js';
import { failure } from './told-events.js';

const HERE = '/broadcasting/auth';
const ELSEWHERE = 'https://api.shop.test/broadcasting/auth';

const REQUEST: ChannelRequest = {
  socketId: '12.34',
  channel: 'private-conversation.7',
  session: { guestId: 'g1', token: 'fresh', resumeToken: 'old' },
  signal: new AbortController().signal,
};

/** An authoriser whose backend answers as told, and what it was asked. */
function setUp(answer: () => Promise<Response> | Response, options: Partial<ChannelAuthorizerOptions> = {}) {
  const asked: { url: string; init: RequestInit; request: Request }[] = [];
  const clock = new ManualClock();
  const authorize = channelAuthorizer({
    url: ELSEWHERE,
    clock,
    fetch: async (url, init) => {
      asked.push({ url: String(url), init: init!, request: new Request(url, init) });
      return answer();
    },
    ...options,
  });
  return { asked, clock, authorize };
}

const signed = (): Response => Response.json({ auth: 'key:abc' });

/** Puts a CSRF token where Laravel's pages have it, until the test is over. */
function withMeta(token: string): () => void {
  const meta = document.createElement('meta');
  meta.name = 'csrf-token';
  meta.content = token;
  document.head.append(meta);
  return () => meta.remove();
}

describe('channelAuthorizer', () => {
  it('asks as Laravel expects it', async () => {
    const { asked, authorize } = setUp(signed);
    expect(await authorize(REQUEST)).to.include({ auth: 'key:abc' });
    const { url, init, request } = asked[0]!;
    expect(url).to.equal(ELSEWHERE);
    expect(request.method).to.equal('POST');
    expect(await request.text()).to.equal('socket_id=12.34&channel_name=private-conversation.7');
    expect(Object.fromEntries(init.headers as Headers)).to.deep.equal({
      accept: 'application/json',
      authorization: 'Bearer fresh',
      'x-socket-id': '12.34',
    });
    expect(request.headers.get('content-type')).to.contain('application/x-www-form-urlencoded');
    expect(init.credentials).to.equal('same-origin');
  });

  it('carries the token that resumes the conversation where the page gives none, or none', async () => {
    const { asked, authorize } = setUp(signed);
    await authorize({ ...REQUEST, session: { guestId: 'g1', resumeToken: 'old' } });
    await authorize({ ...REQUEST, session: { guestId: 'g1' } });
    expect(asked.map(({ request }) => request.headers.get('authorization'))).to.deep.equal([
      'Bearer old',
      null,
    ]);
  });

  it('lets the page add headers and replace ours, whatever their case', async () => {
    const headers = () => ({ authorization: 'Token t', 'X-Shop': '7' });
    const { asked, authorize } = setUp(signed, { headers });
    await authorize(REQUEST);
    expect(asked[0]!.request.headers.get('authorization')).to.equal('Token t');
    expect(asked[0]!.request.headers.get('x-shop')).to.equal('7');
  });

  it('hands on who the member is exactly as it was signed', async () => {
    const text = '{ "user_id" : 7, "user_info":{"name":"Zo\\u00eb"} }';
    const { authorize } = setUp(() => Response.json({ auth: 'key:abc', channel_data: text }));
    expect((await authorize(REQUEST)).channel_data).to.equal(text);
  });

  describe('CSRF', () => {
    it('is proved to the own origin, from the meta tag', async () => {
      const remove = withMeta('from-meta');
      const { asked, authorize } = setUp(signed, { url: HERE });
      await authorize(REQUEST);
      remove();
      expect(asked[0]!.request.headers.get('x-csrf-token')).to.equal('from-meta');
      expect(asked[0]!.request.headers.has('x-xsrf-token')).to.equal(false);
    });

    it('is proved to the own origin, from the cookie', async () => {
      document.cookie = 'XSRF-TOKEN=from%3Dcookie';
      const { asked, authorize } = setUp(signed, { url: HERE });
      await authorize(REQUEST);
      document.cookie = 'XSRF-TOKEN=; max-age=0';
      expect(asked[0]!.request.headers.get('x-xsrf-token')).to.equal('from=cookie');
    });

    it('goes to no other origin, and nowhere if it is not wanted', async () => {
      const remove = withMeta('secret');
      document.cookie = 'XSRF-TOKEN=secret';
      const other = setUp(signed);
      const off = setUp(signed, { url: HERE, csrf: false });
      await other.authorize(REQUEST);
      await off.authorize(REQUEST);
      remove();
      document.cookie = 'XSRF-TOKEN=; max-age=0';
      for (const { asked } of [other, off]) {
        expect([...asked[0]!.request.headers.keys()].filter((name) => /csrf|xsrf/.test(name))).to.deep.equal(
          [],
        );
      }
    });
  });

  const STATUSES: readonly (readonly [number, Partial<LinkClose>])[] = [
    [401, { reason: 'unauthorized', retry: 'now' }],
    [403, { reason: 'refused', retry: 'never' }],
    [404, { reason: 'refused', retry: 'never' }],
    [419, { reason: 'refused', retry: 'never' }],
    [429, { reason: 'busy', retry: 'backoff' }],
    [500, { reason: 'lost', retry: 'backoff' }],
    [502, { reason: 'lost', retry: 'backoff' }],
    [503, { reason: 'busy', retry: 'backoff' }],
  ];
  for (const [status, expected] of STATUSES) {
    it(`reads ${status}`, async () => {
      const { clock, authorize } = setUp(() => new Response('no', { status }));
      const close = await failure(authorize(REQUEST));
      expect(close).to.include(expected);
      expect(close.detail).to.contain(String(status));
      expect(close.detail).not.to.contain('fresh');
      expect(clock.pending).to.equal(0);
    });
  }

  it('names CSRF as the cause of 419', async () => {
    const { authorize } = setUp(() => new Response('', { status: 419 }));
    expect((await failure(authorize(REQUEST))).detail).to.contain('CSRF');
  });

  it('waits as long as the backend asks for', async () => {
    const { authorize } = setUp(() => new Response('', { status: 503, headers: { 'retry-after': '7' } }));
    expect(await failure(authorize(REQUEST))).to.include({ retryAfter: 7000 });
  });

  it('tries again after a network that fails', async () => {
    const { authorize } = setUp(() => Promise.reject(new TypeError('Failed to fetch')));
    expect(await failure(authorize(REQUEST))).to.include({ reason: 'lost', retry: 'backoff' });
  });

  for (const text of ['<html>Log in</html>', '[]', '{}', '{"auth":""}', '{"auth":"a","channel_data":{}}']) {
    it(`takes no ${text} for a signature`, async () => {
      const { authorize } = setUp(() => new Response(text));
      expect(await failure(authorize(REQUEST))).to.include({ reason: 'fault', retry: 'backoff' });
    });
  }

  it('gives up after ten seconds', async () => {
    const { clock, authorize } = setUp(signed, {
      fetch: (_url, init) =>
        new Promise((_resolve, reject) => {
          init!.signal!.addEventListener('abort', () => reject(init!.signal!.reason));
        }),
    });
    const failed = failure(authorize(REQUEST));
    await clock.advance(10_000);
    expect(await failed).to.include({ reason: 'late', retry: 'backoff' });
  });

  it('gives up, for the caller’s reason, also while the body is coming', async () => {
    const controller = new AbortController();
    const body = new ReadableStream({
      start: (stream) => controller.signal.addEventListener('abort', () => stream.error(new Error('cut'))),
    });
    const { clock, authorize } = setUp(() => new Response(body));
    const failed = authorize({ ...REQUEST, signal: controller.signal }).catch((error: unknown) => error);
    await clock.settle();
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await failed).to.equal(reason);
    expect(clock.pending).to.equal(0);
    const early = await authorize({ ...REQUEST, signal: AbortSignal.abort(reason) }).catch(
      (error: unknown) => error,
    );
    expect(early).to.equal(reason);
  });
});
