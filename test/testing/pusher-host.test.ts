import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import type { PusherPersonality } from '../../src/testing/pusher/personality.js';
import type { PusherCall } from '../../src/testing/pusher/pusher-call.js';
import { PusherHost, type PusherHostOptions } from '../../src/testing/pusher/pusher-host.js';

const PERSONALITIES: readonly PusherPersonality[] = ['pusher', 'reverb', 'soketi'];
const CHANNEL = 'private-conversation.7';
const ROOM = 'presence-room.1';

/** A frame as it was written; its data may be JSON within JSON. */
interface Told {
  event: string;
  channel?: string;
  data?: unknown;
  user_id?: string;
}

class Caller {
  readonly told: Told[] = [];
  readonly closes: (readonly [number, string])[] = [];
  readonly socketId: string;
  readonly #host: PusherHost;
  readonly #end: ReturnType<PusherHost['accept']>;

  constructor(host: PusherHost, call?: PusherCall) {
    this.#host = host;
    this.#end = host.accept(
      {
        send: (text) => this.told.push(JSON.parse(text)),
        close: (code, reason) => this.closes.push([code, reason]),
      },
      call,
    );
    this.socketId = host.socketIds.at(-1) ?? '';
  }

  /** Says texts or frames and waits until they are answered. @returns what was told in answer */
  async says(...frames: (string | object)[]): Promise<Told[]> {
    const before = this.told.length;
    for (const frame of frames) this.#end.receive(typeof frame === 'string' ? frame : JSON.stringify(frame));
    await this.#host.quiet();
    return this.told.slice(before);
  }

  subscribes(channel: string, proof: object = {}): Promise<Told[]> {
    return this.says({ event: 'pusher:subscribe', data: { channel, ...proof } });
  }

  async joins(channel: string, userId?: string | number): Promise<Told[]> {
    const member = userId === undefined ? undefined : { user_id: userId };
    return this.subscribes(channel, await this.#host.sign(this.socketId, channel, member));
  }

  hangsUp(): void {
    this.#end.closed();
  }
}

const hostOf = (personality: PusherPersonality, options: PusherHostOptions = {}): PusherHost =>
  new PusherHost({ personality, ...options });

const errorOf = ({ data }: Told): unknown => (typeof data === 'string' ? JSON.parse(data) : data);

describe('PusherHost', () => {
  it('greets with the very frame that was seen', () => {
    const { told } = new Caller(hostOf('reverb'));
    expect(told).to.deep.equal([
      { event: 'pusher:connection_established', data: '{"socket_id":"1.1001","activity_timeout":30}' },
    ]);
  });

  it('signs as the documentation of the protocol does', async () => {
    // The example of Pusher's page on signatures.
    const host = new PusherHost({ key: '278d425bdf160c739803', secret: '7ad3773142a6692b25b8' });
    expect((await host.sign('1234.1234', 'private-foobar')).auth).to.equal(
      '278d425bdf160c739803:58df8b0c36d6982b82c3ecf6b4662e34fe8c25bba48f5369f135bf843651c3a4',
    );
    const text = '{"user_id":10,"user_info":{"name":"Mr. Channels"}}';
    expect(await host.sign('1234.1234', 'presence-foobar', text)).to.deep.equal({
      auth: '278d425bdf160c739803:31935e7d86dba64c2a90aed31fdc61869f9b22ba9d8863bba239c03ca481bc80',
      channel_data: text,
    });
  });

  const ANSWERS: Record<PusherPersonality, Told> = {
    pusher: { event: 'pusher_internal:subscription_succeeded', channel: 'orders', data: '{}' },
    reverb: { event: 'pusher_internal:subscription_succeeded', channel: 'orders', data: '{}' },
    soketi: { event: 'pusher_internal:subscription_succeeded', channel: 'orders' },
  };
  for (const personality of PERSONALITIES) {
    it(`answers a subscription, and forgets one that is given up (${personality})`, async () => {
      const host = hostOf(personality);
      const caller = new Caller(host);
      expect(await caller.subscribes('orders')).to.deep.equal([ANSWERS[personality]]);
      expect(host.channels).to.deep.equal([{ name: 'orders', socketIds: ['1.1001'], members: [] }]);
      expect(await caller.says({ event: 'pusher:unsubscribe', data: { channel: 'orders' } })).to.deep.equal(
        [],
      );
      expect(host.channels).to.deep.equal([]);
    });

    it(`takes signatures for this connection, channel and member only (${personality})`, async () => {
      const host = hostOf(personality);
      const caller = new Caller(host);
      const { auth } = await host.sign(caller.socketId, CHANNEL);
      const member = await host.sign(caller.socketId, ROOM, { user_id: 7 });
      const proofs: readonly (readonly [string, object])[] = [
        [CHANNEL, {}],
        [CHANNEL, { auth: 'app-key:00' }],
        ['private-other', { auth }],
        [CHANNEL, await host.sign('9.9', CHANNEL)],
        [ROOM, { auth: member.auth }],
        [ROOM, { ...member, channel_data: '{"user_id":8}' }],
      ];
      for (const [channel, proof] of proofs) {
        const [told] = await caller.subscribes(channel, proof);
        if (personality === 'soketi') {
          expect(told).to.deep.include({ event: 'pusher:subscription_error', channel });
          expect(told?.data).to.include({ type: 'AuthError', status: 401 });
        } else {
          expect(told?.event).to.equal('pusher:error');
          expect(told).not.to.have.property('channel');
          expect(errorOf(told!)).to.include({ code: 4009 });
          expect(typeof told?.data).to.equal(personality === 'reverb' ? 'string' : 'object');
        }
      }
      expect(host.channels).to.deep.equal([]);
      expect(caller.closes).to.deep.equal([]);
      expect(await caller.subscribes(CHANNEL, { auth })).to.have.length(1);
    });

    it(`tells members of each other, once per person, with ids as they were given (${personality})`, async () => {
      const host = hostOf(personality);
      const [ann, bob, tab] = [new Caller(host), new Caller(host), new Caller(host)];
      await ann.joins(ROOM, 7);
      const [answer] = await bob.joins(ROOM, 8);
      await tab.joins(ROOM, 8);
      expect(JSON.parse(String(answer?.data))).to.deep.equal({
        presence: { count: 2, ids: [7, 8], hash: { 7: null, 8: null } },
      });
      bob.hangsUp();
      expect(ann.told.map(({ event }) => event).slice(2)).to.deep.equal(['pusher_internal:member_added']);
      tab.hangsUp();
      expect(ann.told.at(-1)).to.deep.equal({
        event: 'pusher_internal:member_removed',
        channel: ROOM,
        data: '{"user_id":8}',
      });
    });

    it(`broadcasts JSON within JSON to all but one (${personality})`, async () => {
      const host = hostOf(personality);
      const [one, other, stranger] = [new Caller(host), new Caller(host), new Caller(host)];
      for (const caller of [one, other]) await caller.joins(CHANNEL);
      host.broadcast(CHANNEL, 'message.sent', { message: {} }, { except: one.socketId });
      expect(other.told.at(-1)).to.deep.equal({
        event: 'message.sent',
        channel: CHANNEL,
        data: '{"message":{}}',
      });
      for (const caller of [one, stranger]) expect(caller.told.at(-1)?.event).not.to.equal('message.sent');
    });

    it(`relays client events to others, with who said it where that is known (${personality})`, async () => {
      const host = hostOf(personality);
      const [one, other] = [new Caller(host), new Caller(host)];
      await one.joins(ROOM, 7);
      await other.joins(ROOM, 8);
      expect(
        await one.says({ event: 'client-a', channel: ROOM, data: { none: {}, list: [{}] } }),
      ).to.deep.equal([]);
      const none = personality === 'reverb' ? [] : {};
      expect(other.told.at(-1)).to.deep.equal({
        event: 'client-a',
        channel: ROOM,
        data: { none, list: [none] },
        user_id: '7',
      });
    });

    it(`relays on public channels, unless it is Pusher (${personality})`, async () => {
      const host = hostOf(personality);
      const [one, other] = [new Caller(host), new Caller(host)];
      for (const caller of [one, other]) await caller.subscribes('orders');
      const answer = await one.says({ event: 'client-a', channel: 'orders', data: { n: 1 } });
      expect(other.told.at(-1)?.event === 'client-a').to.equal(personality !== 'pusher');
      expect(answer).to.have.length(personality === 'pusher' ? 1 : 0);
    });

    it(`refuses client events that are switched off, and stays (${personality})`, async () => {
      const caller = new Caller(hostOf(personality, { clientEvents: false }));
      await caller.joins(CHANNEL);
      const [told] = await caller.says({ event: 'client-a', channel: CHANNEL, data: { n: 1 } });
      expect(errorOf(told!)).to.include({ code: 4301 });
      expect(caller.closes).to.deep.equal([]);
    });

    it(`closes with 1009 what is too large in bytes (${personality})`, async () => {
      const caller = new Caller(hostOf(personality));
      const limit = personality === 'soketi' ? 100_000 : 10_000;
      const frame = (text: string): string => JSON.stringify({ event: 'pusher:ping', data: { text } });
      const room = limit - frame('').length;
      expect(await caller.says(frame('x'.repeat(room)))).to.have.length(1);
      await caller.says(frame('ü'.repeat(room / 2 + 1)));
      expect(caller.closes.map(([code]) => code)).to.deep.equal([1009]);
      expect(await caller.says({ event: 'pusher:ping' })).to.deep.equal([]);
    });

    it(`refuses a key that it does not know (${personality})`, () => {
      const { told, closes } = new Caller(hostOf(personality), { url: '/app/other?protocol=7' });
      expect(told.map((frame) => errorOf(frame))).to.deep.equal([
        { code: 4001, message: 'Application does not exist' },
      ]);
      expect(closes.map(([code]) => code)).to.deep.equal([personality === 'reverb' ? 1006 : 4001]);
    });

    it(`refuses a page that is not allowed (${personality})`, () => {
      const host = hostOf(personality, { allowedOrigins: ['shop.test'] });
      expect(new Caller(host, { origin: 'https://shop.test:8443' }).closes).to.deep.equal([]);
      for (const origin of ['https://evil.test', 'null']) {
        const { told, closes } = new Caller(host, { origin });
        expect(errorOf(told[0]!)).to.include({ code: 4009 });
        // Reverb leaves it open.
        expect(closes).to.have.length(personality === 'reverb' ? 0 : 1);
      }
    });

    it(`is full, and has room again (${personality})`, () => {
      const host = hostOf(personality, { capacity: 1 });
      const first = new Caller(host);
      const { told, closes } = new Caller(host);
      expect(errorOf(told[0]!)).to.include({ code: personality === 'reverb' ? 4004 : 4100 });
      expect(closes.map(([code]) => code)).to.deep.equal(personality === 'reverb' ? [] : [4100]);
      first.hangsUp();
      expect(new Caller(host).told[0]?.event).to.equal('pusher:connection_established');
    });

    it(`pings who has subscribed, and prunes who does not answer (${personality})`, async () => {
      const host = hostOf(personality);
      const [alive, dead, idle] = [new Caller(host), new Caller(host), new Caller(host)];
      for (const caller of [alive, dead]) await caller.subscribes('orders');
      host.ping();
      expect(idle.told.at(-1)?.event).to.equal('pusher:connection_established');
      expect(dead.told.at(-1)?.event).to.equal('pusher:ping');
      await alive.says({ event: 'pusher:pong', data: {} });
      host.prune();
      expect(errorOf(dead.told.at(-1)!)).to.include({ code: 4201 });
      expect(dead.closes.map(([code]) => code)).to.deep.equal([personality === 'reverb' ? 1006 : 4201]);
      expect([...alive.closes, ...idle.closes]).to.deep.equal([]);
      expect(host.socketIds).to.deep.equal([alive.socketId, idle.socketId]);
    });

    it(`answers a ping, and complains about what is no frame (${personality})`, async () => {
      const caller = new Caller(hostOf(personality));
      const [pong] = await caller.says({ event: 'pusher:ping', data: {} });
      expect(pong).to.deep.equal({ event: 'pusher:pong', ...(personality !== 'reverb' && { data: {} }) });
      const complaints = await caller.says('', '{', 'null', '[]', '{"event":7}');
      expect(complaints.map((frame) => (errorOf(frame) as { code: number }).code)).to.deep.equal(
        Array.from({ length: 5 }, () => 4200),
      );
      expect(await caller.says({ event: 'nothing.known' })).to.deep.equal([]);
    });
  }

  it('takes only version 7, if it is Pusher', () => {
    const codes = (personality: PusherPersonality, query: string): unknown[] =>
      new Caller(hostOf(personality), { url: `/app/app-key${query}` }).told
        .filter(({ event }) => event === 'pusher:error')
        .map((frame) => (errorOf(frame) as { code: number }).code);
    expect(codes('pusher', '?protocol=7')).to.deep.equal([]);
    expect(codes('pusher', '?protocol=6')).to.deep.equal([4007]);
    expect(codes('pusher', '')).to.deep.equal([4008]);
    for (const personality of ['reverb', 'soketi'] as const) expect(codes(personality, '')).to.deep.equal([]);
  });

  it('is found behind a prefix', () => {
    expect(new Caller(hostOf('reverb'), { url: '/ws/app/app-key' }).closes).to.deep.equal([]);
  });

  it('takes no text for client-event data, if it is Reverb', async () => {
    const caller = new Caller(hostOf('reverb'));
    await caller.joins(CHANNEL);
    const [told] = await caller.says({ event: 'client-a', channel: CHANNEL, data: 'words' });
    expect(errorOf(told!)).to.include({ code: 4200 });
  });

  it('takes client events of members only', async () => {
    const caller = new Caller(hostOf('reverb'));
    const [told] = await caller.says({ event: 'client-a', channel: CHANNEL, data: { n: 1 } });
    expect(errorOf(told!)).to.include({ code: 4009 });
  });

  it('takes so many client events a second', async () => {
    const clock = new ManualClock();
    const caller = new Caller(hostOf('pusher', { clock, clientEvents: { perSecond: 2 } }));
    await caller.joins(CHANNEL);
    const whisper = { event: 'client-a', channel: CHANNEL, data: { n: 1 } };
    expect(await caller.says(whisper, whisper)).to.deep.equal([]);
    expect(errorOf((await caller.says(whisper))[0]!)).to.include({ code: 4301 });
    await clock.advance(1000);
    expect(await caller.says(whisper)).to.deep.equal([]);
  });

  it('answers in the order it was asked, also while it checks a signature', async () => {
    const host = hostOf('pusher');
    const caller = new Caller(host);
    const { auth } = await host.sign(caller.socketId, CHANNEL);
    const told = await caller.says(
      { event: 'pusher:subscribe', data: { channel: CHANNEL, auth } },
      { event: 'pusher:ping' },
    );
    expect(told.map(({ event }) => event)).to.deep.equal([
      'pusher_internal:subscription_succeeded',
      'pusher:pong',
    ]);
  });

  it('refuses the next connections, complains, closes and drops as it is told', () => {
    const host = hostOf('soketi').refuse(4100, 1);
    expect(new Caller(host).closes).to.deep.equal([[4100, 'Refused']]);
    const [one, other] = [new Caller(host), new Caller(host)];
    host.complain(4200, 'odd');
    expect(errorOf(one.told.at(-1)!)).to.deep.equal({ code: 4200, message: 'odd' });
    host.close(4202, 'inactive');
    expect(other.closes).to.deep.equal([[4202, 'inactive']]);
    const last = new Caller(host);
    host.drop();
    expect(last.closes).to.deep.equal([[1006, '']]);
    expect(host.socketIds).to.deep.equal([]);
  });
});
