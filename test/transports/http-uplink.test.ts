import { expect } from '@open-wc/testing';
import type { Frame } from '../../src/protocol/frame.js';
import type { Session } from '../../src/protocol/session.js';
import { FakeFetch, type HttpEngine } from '../../src/testing/bindings/fake-fetch.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import {
  withHttpUplink,
  type AnswerChunk,
  type HttpRoutes,
  type HttpUplinkOptions,
} from '../../src/transports/http-uplink.js';
import { RefusedError, type Link, type LinkClose, type LinkEvents } from '../../src/transports/transport.js';

const ROUTES: HttpRoutes = {
  post: { method: 'POST', path: '/chat/{conversationId}/messages' },
  list: { method: 'GET', path: '/chat/{conversationId}/messages', query: { limit: '{limit}' } },
  ask: { method: 'POST', path: '/ask', stream: true },
  stop: { cancels: 'ask' },
  once: { method: 'POST', path: '/once', resend: 'ask' },
};
const SESSION: Session = { guestId: 'g1', conversationId: 'c/1', resumeToken: 'secret' };

/** A line beside the requests, in the hands of the test. */
class FakeDownlink {
  readonly name = 'fake';
  readonly sent: Frame[] = [];
  events: LinkEvents | undefined;
  closed = 0;
  readonly socketId = '12.34';

  async open(_session: Session, events: LinkEvents): Promise<Link> {
    this.events = events;
    const { socketId } = this;
    const link: Link & { socketId: string } = {
      socketId,
      send: async (frame) => void this.sent.push(frame),
      probe: () => {},
      close: () => void this.closed++,
    };
    return link;
  }
}

const setUp = async (engine: HttpEngine, options: Partial<HttpUplinkOptions> = {}, session = SESSION) => {
  const clock = new ManualClock();
  const network = new FakeFetch(engine, { clock });
  const downlink = new FakeDownlink();
  const frames: Frame[] = [];
  const closes: LinkClose[] = [];
  const transport = withHttpUplink({
    downlink,
    url: 'https://chat.test/api',
    routes: ROUTES,
    fetch: network.fetch,
    clock,
    ...options,
  });
  const open = (): Promise<Link> =>
    transport.open(
      session,
      {
        onFrame: (frame) => frames.push(frame),
        onFault: () => {},
        onClose: (close) => closes.push(close),
      },
      new AbortController().signal,
    );
  const link = await open();
  /** Sends, and lets happen what needs no time. */
  const send = async (event: string, data: unknown = {}, by = link): Promise<unknown> => {
    const sent = by.send({ event, data }).catch((error: unknown) => error);
    await clock.settle();
    return sent;
  };
  return { clock, network, downlink, frames, closes, link, open, send };
};

const answering = (status: number, headers = {}, body: string | null = '{}') =>
  setUp(() => new Response(body, { status, headers }));

/** An answer that comes when the test says so. */
const held = (type = 'text/event-stream') => {
  let controller!: ReadableStreamDefaultController<Uint8Array>;
  const body = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  return {
    response: new Response(body, { headers: { 'content-type': type } }),
    write: (text: string) => controller.enqueue(new TextEncoder().encode(text)),
    end: () => controller.close(),
  };
};

describe('withHttpUplink', () => {
  it('sends by a request what has a route, with who asks in the headers, and replies with the answer', async () => {
    const { send, network } = await setUp(() => Response.json({ id: 7 }));
    expect(await send('post', { body: 'Hi' })).to.deep.equal({ event: 'post:answer', data: { id: 7 } });
    const [request] = network.log;
    expect(request).to.include({
      method: 'POST',
      url: 'https://chat.test/api/chat/c%2F1/messages',
      body: '{"body":"Hi"}',
      outcome: 'answered',
    });
    expect(request!.headers).to.include({
      authorization: 'Bearer secret',
      'x-socket-id': '12.34',
      accept: 'application/json',
      'content-type': 'application/json',
    });
  });

  it('leaves everything else to the line beside it', async () => {
    const { send, downlink, network, frames, closes } = await setUp(() => Response.json({}));
    await send('typing', { active: true });
    expect(downlink.sent).to.deep.equal([{ event: 'typing', data: { active: true } }]);
    expect(network.log).to.deep.equal([]);
    downlink.events!.onFrame({ event: 'said', data: 1 });
    downlink.events!.onClose({ reason: 'lost', retry: 'backoff' });
    downlink.events!.onClose({ reason: 'lost', retry: 'backoff' });
    expect(frames).to.deep.equal([{ event: 'said', data: 1 }]);
    expect(closes).to.have.length(1);
    expect(await send('post')).to.be.instanceOf(Error);
  });

  it('puts the data of a GET into the query, what the path has used left out', async () => {
    const { send, network } = await setUp(() => Response.json([]));
    await send('list', { conversationId: 'c2', after: 'm 1', limit: 50, before: undefined });
    expect(network.log[0]!.url).to.equal('https://chat.test/api/chat/c2/messages?limit=50&after=m+1');
  });

  it('puts no secret into an address, and makes none without its values', async () => {
    const { send, network } = await setUp(() => Response.json([]));
    expect(await send('list', { after: 'secret' })).to.include({ code: 'invalid' });
    expect(await send('post', { conversationId: '..' })).to.include({ code: 'invalid' });
    const homeless = await setUp(() => Response.json([]), {}, { guestId: 'g1' });
    expect(await homeless.send('post')).to.include({ name: 'RefusedError', code: 'invalid' });
    expect(network.log).to.deep.equal([]);
  });

  it('asks with the token of this connection, if there is one, and lets the page have the last word', async () => {
    const headers = ({ guestId }: Session) => ({ authorization: `Guest ${guestId}`, 'x-shop': '7' });
    const { send, network } = await setUp(() => Response.json({}), { headers });
    await send('post');
    expect(network.log[0]!.headers).to.include({ authorization: 'Guest g1', 'x-shop': '7' });
    const renewed = await setUp(() => Response.json({}), {}, { ...SESSION, token: 'fresh' });
    await renewed.send('post');
    expect(renewed.network.log[0]!.headers).to.include({ authorization: 'Bearer fresh' });
  });

  it('takes an empty answer as nothing, plain text as a text, and a page as a failure', async () => {
    expect(await (await answering(204, {}, null)).send('post')).to.deep.include({ data: {} });
    const text = await answering(201, { 'content-type': 'text/plain; charset=utf-8' }, 'stored');
    expect(await text.send('post')).to.deep.include({ data: 'stored' });
    const page = await answering(200, { 'content-type': 'text/html' }, '<h1>Sign in</h1>');
    expect(await page.send('post')).to.include({ code: 'internal', retryAfterMs: 1500 });
  });

  for (const [status, code] of [
    [400, 'invalid'],
    [403, 'forbidden'],
    [405, 'invalid'],
    [413, 'too-long'],
    [422, 'invalid'],
  ] as const) {
    it(`refuses a frame for good after ${status}`, async () => {
      const { send, closes } = await answering(status, {}, '{"message":"Because."}');
      const error = await send('post');
      expect(error).to.be.instanceOf(RefusedError);
      expect(error).to.include({ code, message: 'Because.', retryAfterMs: undefined });
      expect(closes).to.deep.equal([]);
    });
  }

  it('names the CSRF token after 419', async () => {
    const error = (await (await answering(419)).send('post')) as RefusedError;
    expect(error).to.include({ code: 'forbidden', retryAfterMs: undefined });
    expect(error.message).to.contain('CSRF');
  });

  describe('on a page of its own server', () => {
    const remember = (cookie: string): void => void (document.cookie = `XSRF-TOKEN=${cookie}; path=/`);
    const meta = Object.assign(document.createElement('meta'), { name: 'csrf-token', content: 'of-meta' });
    beforeEach(() => document.head.append(meta));
    afterEach(() => {
      meta.remove();
      document.cookie = 'XSRF-TOKEN=; path=/; max-age=0';
    });

    it('proves where a request comes from, to that server alone', async () => {
      const own = await setUp(() => Response.json({}), { url: location.origin });
      await own.send('post');
      await own.send('list');
      expect(own.network.log[0]!.headers).to.include({ 'x-csrf-token': 'of-meta' });
      expect(own.network.log[1]!.headers).to.not.have.property('x-csrf-token');
      const other = await setUp(() => Response.json({}));
      await other.send('post');
      expect(other.network.log[0]!.headers).to.not.have.any.keys('x-csrf-token', 'x-xsrf-token');
    });

    it('tries once more with a fresh cookie', async () => {
      const engine: HttpEngine = ({ url, headers }) => {
        if (url.endsWith('/csrf-cookie')) remember('fresh%3D');
        else if (headers.get('x-xsrf-token') !== 'fresh=') return new Response('{}', { status: 419 });
        return Response.json({});
      };
      const { send, network } = await setUp(engine, {
        url: location.origin,
        csrfCookie: { path: '/csrf-cookie' },
      });
      expect(await send('post')).to.deep.include({ event: 'post:answer' });
      const asked = network.log.map(
        ({ method, url }) => `${method} ${new URL(url).pathname.split('/').at(-1)}`,
      );
      expect(asked).to.deep.equal(['POST messages', 'GET csrf-cookie', 'POST messages']);
    });

    it('does not try again with what was refused', async () => {
      const { send, network } = await setUp(() => new Response('{}', { status: 419 }), {
        url: location.origin,
      });
      expect(await send('post')).to.include({ code: 'forbidden' });
      expect(network.log).to.have.length(1);
      remember('another');
      expect(await send('post')).to.include({ code: 'forbidden' });
      expect(network.log).to.have.length(3);
    });
  });

  for (const [status, route, close] of [
    [401, 'post', { reason: 'unauthorized', retry: 'now' }],
    [404, 'post', { reason: 'gone', retry: 'now' }],
    [410, 'list', { reason: 'gone', retry: 'now' }],
  ] as const) {
    it(`ends the line after ${status}`, async () => {
      const { send, closes, downlink } = await answering(status);
      expect(await send(route)).to.be.instanceOf(Error);
      expect(closes).to.have.length(1);
      expect(closes[0]).to.include({ ...close, code: status });
      expect(downlink.closed).to.equal(1);
    });
  }

  it('takes 404 of something else than a conversation as a refusal', async () => {
    const { send, closes } = await answering(404);
    expect(await send('ask')).to.include({ code: 'invalid' });
    expect(closes).to.deep.equal([]);
  });

  it('waits as the server asks', async () => {
    const limited = await answering(429, { 'retry-after': '7' });
    expect(await limited.send('post')).to.include({ code: 'rate-limited', retryAfterMs: 7000 });
    const busy = await answering(503, { 'retry-after': '60' });
    expect(await busy.send('post')).to.include({ code: 'internal', retryAfterMs: 60_000 });
    expect(await (await answering(429)).send('post')).to.include({
      code: 'rate-limited',
      retryAfterMs: 1500,
    });
  });

  it('waits longer from failure to failure, up to half a minute, over lines, and forgets it with a success', async () => {
    let ok = false;
    const { send, open } = await setUp(() => new Response('{}', { status: ok ? 200 : 502 }));
    const waits: unknown[] = [];
    for (let i = 0; i < 6; i++)
      waits.push(((await send('post', {}, await open())) as RefusedError).retryAfterMs);
    expect(waits).to.deep.equal([1500, 3000, 6000, 12_000, 22_500, 22_500]);
    ok = true;
    await send('post');
    ok = false;
    expect(await send('post')).to.include({ retryAfterMs: 1500 });
  });

  it('gives up a frame that the server fails on again and again, and no other', async () => {
    const { send } = await answering(500);
    for (let i = 0; i < 8; i++)
      expect(await send('post', { n: 1 }))
        .to.have.property('retryAfterMs')
        .above(0);
    expect(await send('post', { n: 1 })).to.include({ code: 'internal', retryAfterMs: undefined });
    expect(await send('post', { n: 2 }))
      .to.have.property('retryAfterMs')
      .above(0);
    const proxy = await answering(504);
    for (let i = 0; i < 20; i++)
      expect(await proxy.send('post'))
        .to.have.property('retryAfterMs')
        .above(0);
  });

  it('refuses what nobody answers, in time or at all', async () => {
    const { send, network, clock, link } = await setUp(() => Response.json({}));
    network.refuse(1);
    expect(await send('post')).to.include({ code: 'internal', retryAfterMs: 1500 });
    network.blackhole();
    const late = link.send({ event: 'post', data: {} }).catch((error: unknown) => error);
    await clock.advance(10_000);
    expect(await late).to.include({ code: 'internal', retryAfterMs: 3000 });
  });

  it('does not let a message be sent again that must not be, unless it has surely not arrived', async () => {
    const { send, network } = await setUp(() => Response.json({}));
    network.lose();
    expect(await send('once')).to.include({ code: 'unconfirmed', retryAfterMs: undefined });
    expect(await (await answering(500)).send('once')).to.include({ code: 'unconfirmed' });
    expect(await (await answering(503)).send('once'))
      .to.have.property('retryAfterMs')
      .above(0);
  });

  it('ends requests with the line, and then says nothing more', async () => {
    const { link, network, clock, frames, closes } = await setUp(() => new Promise(() => {}));
    const sent = link.send({ event: 'post', data: {} }).catch((error: unknown) => error);
    await clock.settle();
    link.close();
    expect(await sent).to.be.instanceOf(Error);
    expect(network.log[0]).to.include({ outcome: 'aborted' });
    expect({ frames, closes, timers: clock.pending }).to.deep.equal({ frames: [], closes: [], timers: 0 });
  });

  describe('with an answer that is streamed', () => {
    it('resolves when it begins, and tells each piece and the end', async () => {
      const answer = held();
      const { send, clock, frames } = await setUp(() => answer.response);
      const question = { text: 'Why?' };
      expect(await send('ask', question)).to.equal(undefined);
      answer.write('data: {"a":1}\n\nevent: more\ndata: t');
      await clock.settle();
      answer.write('wo\n\n');
      answer.end();
      await clock.settle();
      const { stream } = frames[0]!.data as AnswerChunk;
      expect(frames).to.deep.equal([
        { event: 'ask:chunk', data: { stream, of: question, event: 'message', data: '{"a":1}' } },
        { event: 'ask:chunk', data: { stream, of: question, event: 'more', data: 'two' } },
        { event: 'ask:end', data: { stream, of: question } },
      ]);
      expect((frames[0]!.data as AnswerChunk).of).to.equal(question);
      expect(clock.pending).to.equal(0);
    });

    it('reads lines of JSON, the last one without an end', async () => {
      const body = '{"n":1}\n\n{"n":"ż"}\r\n{"n":3}';
      const headers = { 'content-type': 'application/x-ndjson' };
      const { send, clock, frames } = await setUp(() => new Response(body, { headers }));
      await send('ask');
      await clock.settle();
      const said = frames.flatMap(({ event, data }) =>
        event === 'ask:chunk' ? [JSON.parse((data as AnswerChunk).data)] : [],
      );
      expect(said).to.deep.equal([{ n: 1 }, { n: 'ż' }, { n: 3 }]);
    });

    it('takes JSON as usual where the server does not stream', async () => {
      const { send, network } = await setUp(() => Response.json({ text: 'whole' }));
      expect(await send('ask')).to.deep.equal({ event: 'ask:answer', data: { text: 'whole' } });
      expect(network.log[0]!.headers['accept']).to.contain('text/event-stream');
    });

    it('tells what went wrong in the middle, and how long it waits for more', async () => {
      const answer = held();
      const { send, clock, frames, network } = await setUp(() => answer.response);
      await send('ask');
      answer.write('data: a\n\n');
      await clock.settle();
      network.drop();
      await clock.settle();
      expect(frames.at(-1)!.data).to.include({ error: 'the answer was cut off' });
      const silent = held();
      const second = await setUp(() => silent.response);
      await second.send('ask');
      await second.clock.advance(60_000);
      expect(second.frames.at(-1)).to.include({ event: 'ask:end' });
      expect(second.network.log[0]).to.include({ outcome: 'aborted' });
    });

    it('ends it when it is told to', async () => {
      const answer = held();
      const { send, clock, frames, network } = await setUp(() => answer.response);
      await send('ask');
      answer.write('data: a\n\n');
      await clock.settle();
      const { stream } = frames[0]!.data as AnswerChunk;
      await send('stop', { stream: 'another' });
      expect(network.underWay).to.equal(1);
      await send('stop', { stream });
      expect(frames.at(-1)).to.deep.equal({ event: 'ask:end', data: { stream, of: {}, cancelled: true } });
      expect(network.underWay).to.equal(0);
    });
  });
});
