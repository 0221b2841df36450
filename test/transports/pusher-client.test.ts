import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { pusherClientTransport } from '../../src/transports/pusher-client.js';
import type { PusherLink } from '../../src/transports/pusher.js';
import type { LinkClose } from '../../src/transports/transport.js';
import { FakePusher } from './fake-pusher.js';
import { ToldEvents, failure } from './told-events.js';

const session = { guestId: 'g1' };
const CHANNEL = 'private-conversation.7';
const ROOM = 'presence-room.1';

function setUp(channels: readonly string[] = [CHANNEL]) {
  const clock = new ManualClock();
  const pusher = new FakePusher();
  const events = new ToldEvents();
  const transport = pusherClientTransport({ client: pusher, channels: () => channels, clock });
  const open = (signal = new AbortController().signal): Promise<PusherLink> =>
    transport.open(session, events, signal);
  const opened = async (): Promise<PusherLink> => {
    const opening = open();
    await clock.settle();
    for (const name of channels) pusher.channel(name)!.succeed({ members: { 7: { name: 'Ann' } } });
    const link = await opening;
    await clock.settle();
    return link;
  };
  return { clock, pusher, events, open, opened };
}

describe('Pusher client transport', () => {
  it('opens once the page’s client has subscribed all channels', async () => {
    const { clock, pusher, open } = setUp([CHANNEL, 'orders']);
    let link: PusherLink | undefined;
    const opening = open().then((opened) => (link = opened));
    await clock.settle();
    pusher.channel(CHANNEL)!.succeed();
    await clock.settle();
    expect(link).to.equal(undefined);
    pusher.channel('orders')!.succeed();
    expect((await opening).socketId).to.equal('1.2');
  });

  it('waits for a client that is connecting', async () => {
    const { clock, pusher, open } = setUp();
    pusher.connection.state = 'connecting';
    const opening = open();
    await clock.settle();
    expect(pusher.channels.size).to.equal(0);
    pusher.connection.becomes('unavailable');
    pusher.connection.becomes('connecting');
    pusher.connection.becomes('connected');
    pusher.channel(CHANNEL)!.succeed();
    await opening;
  });

  it('is late when the client does not connect, or does not subscribe', async () => {
    const { clock, pusher, open } = setUp();
    pusher.connection.state = 'connecting';
    const unconnected = failure(open());
    await clock.advance(5000);
    expect(await unconnected).to.include({ reason: 'late', retry: 'backoff' });
    pusher.connection.state = 'connected';
    const unsubscribed = failure(open());
    await clock.advance(10_000);
    expect(await unsubscribed).to.include({ reason: 'late', detail: `${CHANNEL}: no answer in time` });
    expect(pusher.listeners).to.equal(0);
    expect(clock.pending).to.equal(0);
  });

  it('is refused rather than late after the server has refused a signature, naming no channel', async () => {
    const { clock, pusher, open } = setUp();
    const failed = failure(open());
    await clock.settle();
    pusher.connection.emit('error', { type: 'PusherError', data: { code: 4009, message: 'no' } });
    await clock.advance(10_000);
    expect(await failed).to.include({ reason: 'refused', retry: 'never', code: 4009 });
  });

  const ENDS: readonly (readonly [string, Partial<LinkClose>])[] = [
    ['failed', { reason: 'refused', retry: 'never' }],
    ['disconnected', { reason: 'lost', retry: 'backoff' }],
  ];
  for (const [state, expected] of ENDS) {
    it(`does not wait for a client that is ${state}`, async () => {
      const { clock, pusher, open } = setUp();
      pusher.connection.state = state;
      const failed = failure(open());
      await clock.settle();
      expect(await failed).to.include(expected);
    });
  }

  for (const state of ['connecting', 'unavailable', 'failed', 'disconnected']) {
    it(`is lost, once, when the client becomes ${state}`, async () => {
      const { clock, pusher, events, opened } = setUp();
      await opened();
      pusher.connection.becomes(state);
      pusher.connection.becomes('connected');
      pusher.connection.becomes(state);
      expect(events.closes).to.have.length(1);
      expect(events.closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
      expect(pusher.listeners).to.equal(0);
      expect(clock.pending).to.equal(0);
    });
  }

  it('says what the server said before the client gave up', async () => {
    const { pusher, events, opened } = setUp();
    await opened();
    const error = { type: 'PusherError', data: { code: 4003, message: 'disabled' } };
    pusher.connection.emit('error', { type: 'WebSocketError', error });
    pusher.connection.becomes('disconnected');
    expect(events.closes[0]).to.include({ reason: 'refused', retry: 'never', code: 4003 });
  });

  it('takes channels that the page has subscribed, and leaves them to it', async () => {
    const { clock, pusher, events, open } = setUp([ROOM, CHANNEL]);
    pusher.subscribe(ROOM).succeed({ members: { 7: { name: 'Ann' } } });
    const opening = open();
    await clock.settle();
    pusher.channel(CHANNEL)!.succeed();
    const link = await opening;
    await clock.settle();
    expect(events.frames).to.deep.equal([
      {
        event: 'pusher_internal:subscription_succeeded',
        data: { presence: { count: 1, ids: ['7'], hash: { 7: { name: 'Ann' } } } },
      },
    ]);
    link.close();
    link.close();
    expect(pusher.unsubscribed).to.deep.equal([CHANNEL]);
    expect(pusher.listeners).to.equal(0);
    expect(events.closes).to.deep.equal([]);
  });

  it('leaves a channel to the page that it had itself before', async () => {
    const { clock, pusher, open, opened } = setUp();
    (await opened()).close();
    pusher.subscribe(CHANNEL).succeed();
    const link = await open();
    await clock.settle();
    link.close();
    expect(pusher.unsubscribed).to.deep.equal([CHANNEL]);
  });

  it('brings back the names of the wire, and ids as texts', async () => {
    const { pusher, events, opened } = setUp([ROOM]);
    await opened();
    const room = pusher.channel(ROOM)!;
    room.emit('pusher:member_added', { id: 8, info: { name: 'Bob' } });
    room.emit('pusher:member_removed', { id: 8, info: { name: 'Bob' } });
    room.emit('pusher:subscription_count', { subscription_count: 2 });
    room.emit('message.sent', { n: 1 });
    expect(events.frames.slice(1)).to.deep.equal([
      { event: 'pusher_internal:member_added', data: { user_id: '8', user_info: { name: 'Bob' } } },
      { event: 'pusher_internal:member_removed', data: { user_id: '8' } },
      { event: 'message.sent', data: { n: 1 } },
    ]);
  });

  const STATUSES: readonly (readonly [number | undefined, Partial<LinkClose>])[] = [
    [401, { reason: 'unauthorized', retry: 'now' }],
    [403, { reason: 'refused', retry: 'never' }],
    [500, { reason: 'lost', retry: 'backoff' }],
    [undefined, { reason: 'lost', retry: 'backoff' }],
  ];
  for (const [status, expected] of STATUSES) {
    it(`reads status ${status} of a subscription error`, async () => {
      const { clock, pusher, open } = setUp();
      const failed = failure(open());
      await clock.settle();
      pusher.channel(CHANNEL)!.emit('pusher:subscription_error', { type: 'AuthError', error: 'no', status });
      expect(await failed).to.include(expected);
      expect(pusher.unsubscribed).to.deep.equal([CHANNEL]);
    });
  }

  it('whispers by the page’s client, by the rules of the wire', async () => {
    const { pusher, opened } = setUp(['orders', CHANNEL]);
    const link = await opened();
    const typing = { event: 'client-typing', data: { typing: true } };
    await link.send(typing);
    await link.send(typing);
    const channel = pusher.channel(CHANNEL)!;
    expect(channel.triggered).to.deep.equal([['client-typing', { typing: true }]]);
    const refused = await link.send({ event: 'message.sent', data: {} }).catch((error: unknown) => error);
    expect(refused).to.include({ name: 'RefusedError', code: 'invalid' });
    channel.connected = false;
    const draft = { event: 'client-draft', data: { text: 'a' } };
    expect(await link.send(draft).catch((error: unknown) => error)).to.be.instanceOf(Error);
    channel.connected = true;
    pusher.connection.emit('error', { type: 'PusherError', data: { code: 4301, message: 'rate' } });
    await link.send(draft);
    expect(channel.triggered).to.have.length(1);
    link.close();
    expect(await link.send(draft).catch((error: unknown) => error)).to.be.instanceOf(Error);
  });

  it('notices a dead line when it is probed, and any frame is life', async () => {
    const { clock, pusher, events, opened } = setUp();
    const link = await opened();
    link.probe(3000);
    expect(pusher.connection.sent).to.deep.equal(['pusher:ping']);
    pusher.connection.emit('message', { event: 'pusher:pong' });
    await clock.advance(3000);
    expect(events.closes).to.deep.equal([]);
    link.probe(3000);
    await clock.advance(3000);
    expect(events.closes).to.have.length(1);
    expect(events.closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
  });

  it('aborts, before and while it opens, and leaves nothing behind', async () => {
    const { clock, pusher, events, open } = setUp();
    const before = await open(AbortSignal.abort()).catch((error: unknown) => error);
    expect((before as Error).name).to.equal('AbortError');
    const opening = new AbortController();
    const attempt = open(opening.signal).catch((error: unknown) => error);
    await clock.settle();
    const channel = pusher.channel(CHANNEL)!;
    opening.abort();
    channel.succeed();
    expect(((await attempt) as Error).name).to.equal('AbortError');
    expect(pusher.unsubscribed).to.deep.equal([CHANNEL]);
    expect(pusher.listeners + channel.listeners + clock.pending).to.equal(0);
    expect(events).to.deep.include({ frames: [], faults: [], closes: [] });
  });

  it('takes an Echo for the Pusher in it', async () => {
    const pusher = new FakePusher();
    pusher.subscribe(CHANNEL).succeed();
    const transport = pusherClientTransport({ client: { connector: { pusher } }, channels: () => [CHANNEL] });
    const link = await transport.open(session, new ToldEvents(), new AbortController().signal);
    expect(link.socketId).to.equal('1.2');
    link.close();
  });

  const STRANGERS: readonly unknown[] = [
    undefined,
    null,
    'Echo',
    {},
    { connector: {} },
    { connector: { pusher: null } },
    { connector: { socket: {} } },
    { subscribe: () => {}, unsubscribe: () => {}, channel: () => {}, connection: {} },
  ];
  for (const client of STRANGERS) {
    it(`says clearly that ${JSON.stringify(client)} cannot be used`, async () => {
      const transport = pusherClientTransport({ client: client as FakePusher, channels: () => [CHANNEL] });
      const close = await failure(transport.open(session, new ToldEvents(), new AbortController().signal));
      expect(close).to.include({ reason: 'refused', retry: 'never' });
      expect(close.detail).to.match(/Echo/);
    });
  }

  it('is refused when the client throws', async () => {
    const { pusher, open } = setUp();
    pusher.subscribe = () => {
      throw new Error('bad name');
    };
    expect((await failure(open())).detail).to.contain('bad name');
    expect(pusher.listeners).to.equal(0);
  });
});
