/** This file is long because a wire is best held to its protocol in one place: opening, refusals, frames, life. */
import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockPusherServer } from '../../src/testing/pusher/mock-pusher-server.js';
import type { PusherPersonality } from '../../src/testing/pusher/personality.js';
import type { PusherHostOptions } from '../../src/testing/pusher/pusher-host.js';
import type { PusherMember } from '../../src/testing/pusher/pusher-room.js';
import {
  pusherTransport,
  type PusherLink,
  type PusherTransportOptions,
} from '../../src/transports/pusher.js';
import { LinkError, RefusedError, type LinkClose } from '../../src/transports/transport.js';
import { ToldEvents, failure } from './told-events.js';
import { fakeWebSocket } from './fake-socket.js';

const session = { guestId: 'g1' };
const CHANNEL = 'private-conversation.7';
const ROOM = 'presence-room.1';
const PERSONALITIES: readonly PusherPersonality[] = ['pusher', 'reverb', 'soketi'];

/** A transport at a mock server, which are stopped after the test. */
function setUp(host: PusherHostOptions = {}, options: Partial<PusherTransportOptions> = {}) {
  const clock = new ManualClock();
  const server = new MockPusherServer({ clock, ...host });
  const { url, WebSocket } = server;
  const connect = (own: Partial<PusherTransportOptions> = {}, member?: PusherMember) => {
    const events = new ToldEvents();
    const transport = pusherTransport({
      url,
      WebSocket,
      clock,
      channels: () => [CHANNEL],
      authorize: server.authorizer(member),
      ...options,
      ...own,
    });
    const open = (signal = new AbortController().signal): Promise<PusherLink> =>
      transport.open(session, events, signal);
    const opened = async (): Promise<PusherLink> => {
      const opening = open();
      await clock.settle();
      return opening;
    };
    return { transport, events, open, opened };
  };
  /** How an attempt fails, after `ms` milliseconds. */
  const refusal = async (attempt: { open(): Promise<unknown> }, ms = 0): Promise<LinkClose> => {
    const failed = failure(attempt.open());
    await clock.advance(ms);
    return failed;
  };
  /** What clients have said so far, as JSON. */
  const said = (): { event: string; channel?: string; data?: unknown }[] =>
    server.log.flatMap((entry) =>
      entry.what === 'frame' && entry.from === 'guest' ? [JSON.parse(entry.text)] : [],
    );
  return { clock, server, connect, refusal, said };
}

/** A transport on sockets that the test holds in its hand. */
function byHand(options: Partial<PusherTransportOptions> = {}) {
  const clock = new ManualClock();
  const { WebSocket, sockets } = fakeWebSocket();
  const events = new ToldEvents();
  const transport = pusherTransport({
    url: 'wss://pusher.example/app/key',
    WebSocket,
    clock,
    channels: () => ['orders'],
    ...options,
  });
  const open = (): Promise<PusherLink> => transport.open(session, events, new AbortController().signal);
  const establish = (data: object = { socket_id: '1.2', activity_timeout: 30 }): void => {
    sockets.at(-1)!.opens();
    sockets.at(-1)!.receives({ event: 'pusher:connection_established', data: JSON.stringify(data) });
  };
  const opened = async (): Promise<PusherLink> => {
    const opening = open();
    establish();
    sockets
      .at(-1)!
      .receives({ event: 'pusher_internal:subscription_succeeded', channel: 'orders', data: '{}' });
    return opening;
  };
  return { clock, sockets, events, transport, open, establish, opened };
}

describe('Pusher transport, opening', () => {
  for (const personality of PERSONALITIES) {
    it(`is open once all channels are subscribed (${personality})`, async () => {
      const { server, connect, said } = setUp({ personality });
      const { opened, events } = connect({ channels: () => [CHANNEL, 'orders', ROOM] });
      const link = await opened();
      expect(server.host.socketIds).to.deep.equal([link.socketId]);
      expect(link.socketId).to.match(/^\d+\.\d+$/);
      expect(server.host.channels.map(({ name }) => name)).to.have.members([CHANNEL, 'orders', ROOM]);
      expect(
        said().find(({ data }) => (data as { channel: string }).channel === 'orders')?.data,
      ).to.deep.equal({
        channel: 'orders',
      });
      expect(events.faults).to.deep.equal([]);
    });
  }

  it('waits for the last of its channels', async () => {
    const { sockets, open, establish } = byHand({ channels: () => ['orders', 'news'] });
    let isOpen = false;
    const opening = open().then(() => (isOpen = true));
    establish();
    const answer = (channel: string): void =>
      sockets[0]!.receives({ event: 'pusher_internal:subscription_succeeded', channel });
    answer('orders');
    answer('orders');
    await Promise.resolve();
    expect(isOpen).to.equal(false);
    answer('news');
    await opening;
  });

  it('needs no channel', async () => {
    const { opened } = setUp().connect({ channels: () => [] });
    expect((await opened()).socketId).to.equal('1.1001');
  });

  it('authorises every channel anew on every connection', async () => {
    const { clock, server, connect } = setUp();
    const asked: string[] = [];
    const { opened, events } = connect({
      authorize: (request) => {
        asked.push(`${request.socketId} ${request.channel} ${request.session.guestId}`);
        return server.authorizer()(request);
      },
    });
    await opened();
    server.network.drop();
    await clock.settle();
    await opened();
    expect(asked).to.deep.equal([`1.1001 ${CHANNEL} g1`, `2.1002 ${CHANNEL} g1`]);
    expect(events.closes).to.deep.equal([{ reason: 'lost', retry: 'backoff', code: 1006 }]);
  });

  it('gives what came before it was open to its owner afterwards', async () => {
    const { sockets, open, establish, events } = byHand({ channels: () => ['orders', 'news'] });
    const opening = open();
    establish();
    sockets[0]!.receives({ event: 'pusher_internal:subscription_succeeded', channel: 'orders' });
    sockets[0]!.receives({ event: 'a', channel: 'orders', data: '{"n":1}' });
    sockets[0]!.receives({ event: 'pusher_internal:subscription_succeeded', channel: 'news' });
    sockets[0]!.receives({ event: 'b', channel: 'news', data: '{"n":2}' });
    expect(events.frames).to.deep.equal([]);
    await opening;
    await Promise.resolve();
    expect(events.frames).to.deep.equal([
      { event: 'a', data: { n: 1 } },
      { event: 'b', data: { n: 2 } },
    ]);
  });

  it('stays open when the time for opening is over, and when its attempt is aborted afterwards', async () => {
    const { clock, sockets, events, transport, establish } = byHand({ channels: () => [] });
    const opening = new AbortController();
    const attempt = transport.open(session, events, opening.signal);
    establish();
    await attempt;
    opening.abort();
    await clock.advance(10_000);
    expect(events.closes).to.deep.equal([]);
    expect(sockets[0]!.closed).to.equal(undefined);
  });

  it('closes the socket itself when the server does not greet within five seconds', async () => {
    const { clock, sockets, open } = byHand();
    const failed = failure(open());
    sockets[0]!.opens();
    await clock.advance(4999);
    expect(sockets[0]!.closed).to.equal(undefined);
    await clock.advance(1);
    expect(await failed).to.include({ reason: 'late', retry: 'backoff' });
    expect(sockets[0]!.closed).not.to.equal(undefined);
    expect(clock.pending).to.equal(0);
  });

  it('gives each subscription five seconds from when it was asked for', async () => {
    const { clock, sockets, open, establish } = byHand({ channels: () => ['orders', 'news'] });
    const failed = failure(open());
    establish();
    sockets[0]!.receives({ event: 'pusher_internal:subscription_succeeded', channel: 'orders' });
    await clock.advance(5000);
    expect(await failed).to.include({ reason: 'late', retry: 'backoff', detail: 'news: no answer in time' });
    expect(clock.pending).to.equal(0);
  });

  it('does not wait for a signature for ever, and says that it is not needed any more', async () => {
    let signal: AbortSignal | undefined;
    const { clock, open, establish } = byHand({
      channels: () => [CHANNEL],
      authorize: (request) => {
        signal = request.signal;
        return new Promise(() => {});
      },
    });
    const failed = failure(open());
    establish();
    await clock.advance(10_000);
    expect(await failed).to.include({ reason: 'late', retry: 'backoff' });
    expect(signal?.aborted).to.equal(true);
  });

  it('aborts while a channel is authorised, and never subscribes it', async () => {
    const { clock, server, connect, said } = setUp();
    const controller = new AbortController();
    const { open, events } = connect({
      authorize: async ({ socketId, channel }) => {
        controller.abort();
        return server.host.sign(socketId, channel);
      },
    });
    const error = await open(controller.signal).catch((reason: unknown) => reason);
    await clock.settle();
    expect((error as Error).name).to.equal('AbortError');
    expect(said()).to.deep.equal([]);
    expect(server.host.socketIds).to.deep.equal([]);
    expect(events).to.deep.include({ frames: [], faults: [], closes: [] });
    expect(clock.pending).to.equal(0);
  });

  it('refuses an address that no socket takes, for good', async () => {
    const { connect, refusal } = setUp();
    const { WebSocket } = fakeWebSocket();
    expect(await refusal(connect({ url: 'http://pusher.example', WebSocket }))).to.include({
      reason: 'refused',
      retry: 'never',
    });
  });
});

describe('Pusher transport, refused', () => {
  for (const personality of PERSONALITIES) {
    it(`does not come back for a key that is unknown (${personality})`, async () => {
      const { connect, refusal } = setUp({ personality });
      const close = await refusal(connect({ url: 'ws://pusher.invalid/app/other?protocol=7' }));
      expect(close).to.include({ reason: 'refused', retry: 'never', code: 4001 });
    });

    it(`does not come back for a page that is not allowed (${personality})`, async () => {
      const { server, connect, refusal } = setUp({ personality });
      server.host.refuse(4009, 1);
      const close = await refusal(connect());
      expect(close).to.include({ reason: 'refused', retry: 'never', code: 4009 });
      expect(server.network.connections).to.equal(0);
    });
  }

  it('reads the code of Reverb’s frame, which closes nothing', async () => {
    const { server, connect, refusal } = setUp({ personality: 'reverb', capacity: 0 });
    expect(await refusal(connect())).to.include({ reason: 'refused', retry: 'never', code: 4004 });
    expect(server.log.at(-1)).to.include({ what: 'closed', by: 'guest', code: 1000 });
  });

  it('backs off from a server that is full, each time longer', async () => {
    const { clock, connect, refusal } = setUp({ personality: 'soketi', capacity: 0 });
    const attempt = connect();
    const waits: unknown[] = [];
    for (let i = 0; i < 7; i++) {
      const { reason, retry, code, retryAfter } = await refusal(attempt);
      expect({ reason, retry, code }).to.deep.equal({ reason: 'busy', retry: 'backoff', code: 4100 });
      waits.push(retryAfter);
    }
    expect(waits).to.deep.equal([1000, 2000, 4000, 8000, 16_000, 32_000, 32_000]);
    await clock.advance(120_000);
    expect(await refusal(attempt)).to.include({ retryAfter: 1000 });
  });

  const CODES: readonly (readonly [number, Partial<LinkClose>])[] = [
    [4000, { reason: 'refused', retry: 'never' }],
    [4003, { reason: 'refused', retry: 'never' }],
    [4004, { reason: 'refused', retry: 'never' }],
    [4005, { reason: 'refused', retry: 'never' }],
    [4006, { reason: 'refused', retry: 'never' }],
    [4007, { reason: 'refused', retry: 'never' }],
    [4008, { reason: 'refused', retry: 'never' }],
    [4099, { reason: 'refused', retry: 'never' }],
    [4100, { reason: 'busy', retry: 'backoff', retryAfter: 1000 }],
    [4199, { reason: 'busy', retry: 'backoff', retryAfter: 1000 }],
    [4200, { reason: 'lost', retry: 'now' }],
    [4201, { reason: 'lost', retry: 'now' }],
    [4299, { reason: 'lost', retry: 'now' }],
    [4300, { reason: 'lost', retry: 'backoff' }],
    [1009, { reason: 'fault', retry: 'backoff' }],
  ];
  for (const [code, expected] of CODES) {
    it(`reads ${code} from an error, and from a close`, async () => {
      const { sockets, open } = byHand();
      const told = failure(open());
      sockets[0]!.opens();
      sockets[0]!.receives({ event: 'pusher:error', data: { code, message: 'because' } });
      sockets[0]!.dies(1006);
      expect(await told).to.include({ ...expected, code });
      const closed = failure(open());
      sockets[1]!.dies(code, 'because');
      expect(await closed).to.include({ reason: expected.reason, retry: expected.retry, code });
    });
  }

  it('says of 1009 that a frame was too large', async () => {
    const { sockets, open } = byHand();
    const failed = failure(open());
    sockets[0]!.dies(1009);
    expect((await failed).detail).to.contain('too large');
  });

  it('takes the first code that comes, of frame and close', async () => {
    const { connect, server, refusal } = setUp({ personality: 'soketi' });
    server.host.refuse(4003, 1);
    const { events, open } = connect();
    expect(await refusal({ open })).to.include({ code: 4003 });
    expect(events.closes).to.deep.equal([]);
  });
});

describe('Pusher transport, channels that are refused', () => {
  const forged = async () => ({ auth: 'app-key:forged' });

  it('fails the one that waits, since Reverb names none', async () => {
    const { connect, refusal } = setUp({ personality: 'reverb' });
    const close = await refusal(connect({ authorize: forged }));
    expect(close).to.include({ reason: 'refused', retry: 'never', code: 4009 });
  });

  it('fails as unauthorized where Soketi says 401', async () => {
    const { connect, refusal } = setUp({ personality: 'soketi' });
    const close = await refusal(connect({ authorize: forged }));
    expect(close).to.include({ reason: 'unauthorized', retry: 'now' });
    expect(close.detail).to.contain(CHANNEL);
  });

  const STATUSES: readonly (readonly [unknown, Partial<LinkClose>])[] = [
    [401, { reason: 'unauthorized', retry: 'now' }],
    [403, { reason: 'refused', retry: 'never' }],
    [404, { reason: 'refused', retry: 'never' }],
    [500, { reason: 'lost', retry: 'backoff' }],
    [503, { reason: 'lost', retry: 'backoff' }],
    [4100, { reason: 'busy', retry: 'backoff', code: 4100 }],
    [undefined, { reason: 'lost', retry: 'backoff' }],
  ];
  for (const [status, expected] of STATUSES) {
    it(`reads status ${status} of a subscription error`, async () => {
      const { sockets, open, establish } = byHand();
      const failed = failure(open());
      establish();
      const data = { type: 'AuthError', error: 'no', status };
      sockets[0]!.receives({ event: 'pusher:subscription_error', channel: 'strangers', data });
      sockets[0]!.receives({ event: 'pusher:subscription_error', channel: 'orders', data });
      expect(await failed).to.include(expected);
    });
  }

  const THROWN: readonly (readonly [Error, Partial<LinkClose>])[] = [
    [new LinkError({ reason: 'unauthorized', retry: 'now' }), { reason: 'unauthorized', retry: 'now' }],
    [new RefusedError('forbidden', 'no'), { reason: 'refused', retry: 'never' }],
    [new RefusedError('internal', 'later', 700), { retry: 'backoff', retryAfter: 700 }],
    [new TypeError('Failed to fetch'), { reason: 'lost', retry: 'backoff' }],
  ];
  for (const [error, expected] of THROWN) {
    it(`fails as authorize does: ${error.name} ${expected.reason ?? 'for a while'}`, async () => {
      const { connect, refusal, clock } = setUp();
      const close = await refusal(connect({ authorize: () => Promise.reject(error) }));
      expect(close).to.include(expected);
      expect(clock.pending).to.equal(0);
    });
  }

  it('fails for good when nothing can authorise a private channel', async () => {
    const { connect, refusal } = setUp();
    expect(await refusal(connect({ authorize: undefined }))).to.include({
      reason: 'refused',
      retry: 'never',
    });
  });

  it('ends an open line whose channel is taken away', async () => {
    const { sockets, events, opened } = byHand();
    await opened();
    const data = { type: 'AuthError', error: 'gone', status: 403 };
    sockets[0]!.receives({ event: 'pusher:subscription_error', channel: 'orders', data });
    expect(events.closes).to.have.length(1);
    expect(events.closes[0]).to.include({ reason: 'refused', retry: 'never' });
  });
});

describe('Pusher transport, frames', () => {
  it('decodes JSON within JSON, takes it plain, and keeps a text that is none', async () => {
    const { sockets, events, opened } = byHand();
    await opened();
    await Promise.resolve();
    const cases: readonly unknown[] = ['{"n":1}', { n: 2 }, 'plain words', '[]', '"quoted"', undefined];
    for (const data of cases) sockets[0]!.receives({ event: 'said', channel: 'orders', data });
    expect(events.frames.map(({ data }) => data)).to.deep.equal([
      { n: 1 },
      { n: 2 },
      'plain words',
      [],
      'quoted',
      undefined,
    ]);
  });

  it('reports what is no frame and stays open', async () => {
    const { sockets, events, opened } = byHand();
    await opened();
    await Promise.resolve();
    const garbage = ['', '{', '[]', 'null', '{"no":"event"}', '{"event":7}', '{"event":"a","channel":7}'];
    for (const text of garbage) sockets[0]!.receives(text);
    sockets[0]!.receives(new Blob(['{"event":"binary"}']));
    sockets[0]!.receives({ event: 'pusher_internal:member_added', channel: ROOM, data: '{"user_id":{}}' });
    sockets[0]!.receives({ event: 'pusher_internal:subscription_succeeded', channel: ROOM, data: '{}' });
    sockets[0]!.receives({ event: 'fine', data: '{}' });
    expect(events.faults).to.have.length(garbage.length + 3);
    expect(events.frames).to.deep.equal([{ event: 'fine', data: {} }]);
    expect(events.closes).to.deep.equal([]);
  });

  it('greets no second time', async () => {
    const { events, opened, establish } = byHand();
    const link = await opened();
    establish({ socket_id: '9.9', activity_timeout: 1 });
    expect(link.socketId).to.equal('1.2');
    expect(events.frames).to.deep.equal([]);
  });

  it('needs a socket id in the greeting', async () => {
    const { clock, events, open, establish } = byHand();
    const failed = failure(open());
    establish({ activity_timeout: 30 });
    expect(events.faults).to.have.length(1);
    await clock.advance(5000);
    expect(await failed).to.include({ reason: 'late' });
  });

  for (const personality of PERSONALITIES) {
    it(`tells who is there, who comes and who leaves, with ids as texts (${personality})`, async () => {
      const { clock, connect } = setUp({ personality });
      const room = { channels: () => [ROOM] };
      const first = connect(room, { user_id: 7, user_info: { name: 'Ann' } });
      await first.opened();
      const second = connect(room, { user_id: 8, user_info: { name: 'Bob' } });
      const link = await second.opened();
      const again = await connect(room, { user_id: 8 }).opened();
      link.close();
      await clock.settle();
      expect(first.events.frames.map(({ event }) => event)).to.deep.equal([
        'pusher_internal:subscription_succeeded',
        'pusher_internal:member_added',
      ]);
      again.close();
      await clock.settle();
      expect(first.events.frames[0]?.data).to.deep.equal({
        presence: { count: 1, ids: ['7'], hash: { 7: { name: 'Ann' } } },
      });
      expect(first.events.frames.slice(1)).to.deep.equal([
        { event: 'pusher_internal:member_added', data: { user_id: '8', user_info: { name: 'Bob' } } },
        { event: 'pusher_internal:member_removed', data: { user_id: '8' } },
      ]);
      expect((second.events.frames[0]!.data as { presence: { ids: unknown } }).presence.ids).to.deep.equal([
        '7',
        '8',
      ]);
    });
  }
});

describe('Pusher transport, sending', () => {
  const typing = (active: unknown) => ({ event: 'client-typing', data: { typing: active } });

  for (const personality of PERSONALITIES) {
    it(`whispers on its first private channel, to others only (${personality})`, async () => {
      const { clock, connect } = setUp({ personality }, { channels: () => ['orders', CHANNEL] });
      const one = connect();
      const other = connect();
      const link = await one.opened();
      await other.opened();
      await link.send({ event: 'client-draft', data: { text: 'a', none: {} } });
      await clock.settle();
      const none = personality === 'reverb' ? [] : {};
      expect(other.events.frames).to.deep.equal([{ event: 'client-draft', data: { text: 'a', none } }]);
      expect(one.events.frames).to.deep.equal([]);
    });
  }

  it('says "is typing" once in two seconds, and "stopped" always', async () => {
    const { clock, connect, said } = setUp();
    const link = await connect().opened();
    const whispers = (): unknown[] =>
      said()
        .filter(({ event }) => event.startsWith('client-'))
        .map(({ event, data }) => [event, Object.values(data as object)[0]]);
    await link.send(typing(true));
    await link.send(typing(true));
    await link.send({ event: 'client-other', data: { active: true } });
    await link.send(typing(false));
    await link.send(typing(false));
    await clock.advance(1999);
    await link.send(typing(true));
    expect(whispers()).to.deep.equal([
      ['client-typing', true],
      ['client-other', true],
      ['client-typing', false],
      ['client-typing', false],
    ]);
    await clock.advance(1);
    await link.send(typing(true));
    expect(whispers()).to.have.length(5);
  });

  it('refuses what no client may say, and what is too large, without sending it', async () => {
    const { clock, connect, said } = setUp();
    const link = await connect().opened();
    const before = said().length;
    const refused = async (event: string, data: unknown): Promise<unknown> =>
      link.send({ event, data }).catch((error: unknown) => error);
    expect(await refused('message.sent', {})).to.include({ name: 'RefusedError', code: 'invalid' });
    expect(await refused('pusher:subscribe', {})).to.include({ code: 'invalid' });
    const room = 10_000 - JSON.stringify({ event: 'client-a', channel: CHANNEL, data: { t: '' } }).length;
    expect(await refused('client-a', { t: 'x'.repeat(room + 1) })).to.include({ code: 'too-long' });
    expect(await refused('client-a', { t: 'ü'.repeat(room / 2 + 1) })).to.include({ code: 'too-long' });
    expect(said()).to.have.length(before);
    expect(await refused('client-a', { t: 'x'.repeat(room) })).to.equal(undefined);
    await clock.settle();
    expect(said()).to.have.length(before + 1);
    expect(
      await connect({ channels: () => ['orders'] })
        .opened()
        .then((open) => open.send(typing(true)).catch((error: unknown) => error)),
    ).to.include({
      code: 'forbidden',
    });
  });

  it('whispers no more once the server takes none, and stays open', async () => {
    const { clock, connect, said } = setUp({ personality: 'reverb', clientEvents: false });
    const { opened, events } = connect();
    const link = await opened();
    await link.send(typing(true));
    await clock.advance(2000);
    const before = said().length;
    expect(events.faults).to.have.length(1);
    expect(events.faults[0]).to.contain('4301');
    await link.send(typing(true));
    expect(said()).to.have.length(before);
    expect(events.closes).to.deep.equal([]);
  });

  for (const personality of PERSONALITIES) {
    it(`stays open when one message is complained about (${personality})`, async () => {
      const { clock, server, connect } = setUp({ personality });
      const { opened, events } = connect();
      await opened();
      for (const code of [4009, 4200, 4301]) server.host.complain(code, 'because');
      server.host.broadcast(CHANNEL, 'after', {});
      await clock.settle();
      expect(events.faults).to.have.length(3);
      expect(events.frames.map(({ event }) => event)).to.deep.equal(['after']);
      expect(events.closes).to.deep.equal([]);
    });
  }

  it('ends with the code of a complaint about the connection, and closes the socket', async () => {
    const { clock, server, connect } = setUp({ personality: 'reverb' });
    const { opened, events } = connect();
    await opened();
    server.host.complain(4202, 'inactive');
    await clock.settle();
    expect(events.closes).to.have.length(1);
    expect(events.closes[0]).to.include({ reason: 'lost', retry: 'now', code: 4202, detail: 'inactive' });
    expect(server.host.socketIds).to.deep.equal([]);
  });
});

describe('Pusher transport, signs of life', () => {
  it('pings after the silence that the server asks for, and never later than it wants itself', async () => {
    for (const [own, announced, expected] of [
      [undefined, 120, 30_000],
      [undefined, 10, 10_000],
      [20_000, 120, 20_000],
      [undefined, 'soon', 30_000],
      [undefined, 0.001, 1000],
    ] as const) {
      const { clock, sockets, establish, open } = byHand({ activityTimeoutMs: own });
      const opening = open();
      establish({ socket_id: '1.2', activity_timeout: announced });
      sockets[0]!.receives({ event: 'pusher_internal:subscription_succeeded', channel: 'orders' });
      await opening;
      const pings = (): number =>
        sockets[0]!.sent.filter((frame) => (frame as { event: string }).event === 'pusher:ping').length;
      // The first ping comes at a random part of the silence, here the half of it.
      await clock.advance(expected / 2);
      expect(pings()).to.equal(1);
      sockets[0]!.receives({ event: 'pusher:pong' });
      await clock.advance(expected - 1);
      expect(pings()).to.equal(1);
      await clock.advance(1);
      expect(pings()).to.equal(2);
    }
  });

  it('is lost when nothing comes within five seconds of a ping, and any frame is life', async () => {
    const { clock, sockets, events, opened } = byHand();
    await opened();
    await clock.advance(15_000);
    sockets[0]!.receives({ event: 'anything', data: {} });
    await clock.advance(5000);
    expect(events.closes).to.deep.equal([]);
    await clock.advance(25_000 + 5000);
    expect(events.closes).to.deep.equal([{ reason: 'lost', retry: 'backoff', detail: 'no sign of life' }]);
    expect(clock.pending).to.equal(0);
  });

  for (const personality of PERSONALITIES) {
    it(`answers the server’s ping, and is not pruned (${personality})`, async () => {
      const { clock, server, connect, said } = setUp({ personality });
      const { opened, events } = connect();
      await opened();
      server.host.ping();
      await clock.settle();
      expect(said().at(-1)).to.deep.equal({ event: 'pusher:pong', data: {} });
      server.host.prune();
      await clock.settle();
      expect(events.closes).to.deep.equal([]);
    });

    it(`comes back at once, and with jitter, when it was pruned (${personality})`, async () => {
      const { clock, server, connect } = setUp({ personality });
      const { opened, events } = connect();
      await opened();
      server.network.delay(10);
      server.host.ping().prune();
      await clock.advance(100);
      expect(events.closes).to.have.length(1);
      expect(events.closes[0]).to.include({ reason: 'lost', retry: 'now', code: 4201, spread: 1000 });
    });
  }

  it('answers a ping while it opens', async () => {
    const { sockets, open, establish } = byHand();
    void open().catch(() => {});
    establish();
    sockets[0]!.receives({ event: 'pusher:ping', data: {} });
    expect(sockets[0]!.sent.at(-1)).to.deep.equal({ event: 'pusher:pong', data: {} });
  });
});
