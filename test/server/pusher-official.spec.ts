/**
 * The proof that our mock is no mirror of our own mistakes: pusher-js and laravel-echo, unchanged and over real sockets,
 * find in it the servers they were written for. This file is long because every habit is looked at through them.
 */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import type { PusherPersonality } from '../../src/testing/pusher/personality.js';
import {
  startPusherServer,
  type PusherServer,
  type PusherServerOptions,
} from '../e2e/support/pusher-server.js';
import { PageClients, inState, subscribed, told } from './page-clients.js';

const PERSONALITIES: readonly PusherPersonality[] = ['pusher', 'reverb', 'soketi'];
const CHANNEL = 'private-conversation.7';

/** The code that pusher-js tells: of a frame as it is, of a close one level deeper. */
function codeOf(error: unknown): unknown {
  const { data, error: inner } = error as { data?: { code: unknown }; error?: { data: { code: unknown } } };
  return (data ?? inner?.data)?.code;
}

for (const personality of PERSONALITIES) {
  describe(`official clients at our ${personality}`, { timeout: 20_000 }, () => {
    let server: PusherServer;
    let page: PageClients;

    const start = async (options: PusherServerOptions = {}): Promise<void> => {
      server = await startPusherServer({ personality, ...options });
      page = new PageClients(server);
    };

    afterEach(async () => {
      page.stop();
      await server.stop();
    });

    it('connect, and have an id', async () => {
      await start();
      const pusher = page.pusher();
      await inState(pusher, 'connected');
      assert.match(pusher.connection.socket_id, /^\d+\.\d+$/);
      assert.deepEqual(server.host.socketIds, [pusher.connection.socket_id]);
    });

    it('subscribe public channels, and private ones with a signature', async () => {
      await start();
      const pusher = page.pusher();
      const channels = ['orders', CHANNEL].map((name) => pusher.subscribe(name));
      for (const channel of channels) await subscribed(channel);
      assert.equal(server.authCalls.length, 1);
      assert.equal(server.authCalls[0]!.socketId, pusher.connection.socket_id);
      assert.equal(server.authCalls[0]!.channel, CHANNEL);
    });

    it('hear events of the server under both ways of naming them, and not those to others', async () => {
      await start();
      const echo = page.echo();
      const channel = echo.private('conversation.7');
      const heard: unknown[] = [];
      const last = new Promise<void>((resolve) => {
        channel.listen('.message.sent', (data: unknown) => heard.push(data));
        channel.listen('MessageSent', (data: unknown) => {
          heard.push(data);
          resolve();
        });
      });
      await new Promise<void>((resolve) => channel.subscribed(() => resolve()));
      server.host
        .broadcast(CHANNEL, 'message.sent', { n: 0 }, { except: echo.socketId()! })
        .broadcast(CHANNEL, 'message.sent', { n: 1 })
        .broadcast(CHANNEL, 'App\\Events\\MessageSent', { n: 2 });
      await last;
      assert.deepEqual(heard, [{ n: 1 }, { n: 2 }]);
    });

    it('hear nothing any more of a channel that they left', async () => {
      await start();
      const pusher = page.pusher();
      await subscribed(pusher.subscribe(CHANNEL));
      const left = server.hears('pusher:unsubscribe');
      pusher.unsubscribe(CHANNEL);
      await left;
      await server.host.quiet();
      assert.deepEqual(server.host.channels, []);
    });

    it('whisper to others, not to themselves', async () => {
      await start();
      const [one, other] = [page.echo(page.pusher('ann')), page.echo(page.pusher('bob'))];
      const channel = one.private('conversation.7');
      let echoed = false;
      channel.listenForWhisper('typing', () => (echoed = true));
      const heard = new Promise((resolve) =>
        other.private('conversation.7').listenForWhisper('typing', resolve),
      );
      await Promise.all([
        new Promise<void>((resolve) => channel.subscribed(() => resolve())),
        new Promise<void>((resolve) => other.private('conversation.7').subscribed(() => resolve())),
      ]);
      channel.whisper('typing', { typing: true, extra: {} });
      assert.deepEqual(await heard, { typing: true, extra: personality === 'reverb' ? [] : {} });
      assert.equal(echoed, false);
    });

    it('see who is there, who comes and who leaves, each person once', async () => {
      await start();
      const story: string[] = [];
      let seen = (): void => {};
      const note = (what: string): void => {
        story.push(what);
        seen();
      };
      const until = async (length: number): Promise<void> => {
        while (story.length < length) await new Promise<void>((resolve) => (seen = resolve));
      };
      const names = (members: { id: string }[]): string => members.map(({ id }) => id).join();
      page
        .echo(page.pusher('ann'))
        .join('room.1')
        .here((members: { id: string }[]) => note(`here ${names(members)}`))
        .joining(({ id }: { id: string }) => note(`joining ${id}`))
        .leaving(({ id }: { id: string }) => note(`leaving ${id}`));
      await until(1);
      const tabs = [page.pusher('bob'), page.pusher('bob')];
      const rooms = tabs.map((tab) => tab.subscribe('presence-room.1'));
      for (const room of rooms) await subscribed(room);
      assert.equal((rooms[1] as unknown as { members: { count: number } }).members.count, 2);
      for (const tab of tabs) tab.disconnect();
      await until(3);
      assert.deepEqual(story, ['here ann', 'joining bob', 'leaving bob']);
    });

    it('are told by HTTP that a channel is not theirs', async () => {
      await start({ refuses: () => 403 });
      const error = await new Promise((resolve) => page.echo().private('conversation.7').error(resolve));
      assert.equal((error as { status: number }).status, 403);
      assert.equal((error as { type: string }).type, 'AuthError');
    });

    it('are told by the server that a signature is wrong', async () => {
      await start({ forges: true });
      const pusher = page.pusher();
      const channel = pusher.subscribe(CHANNEL);
      if (personality === 'soketi') {
        const error = await told(channel, 'pusher:subscription_error');
        assert.equal((error as { status: number }).status, 401);
      } else {
        assert.equal(codeOf(await told(pusher.connection, 'error')), 4009);
      }
      assert.equal(channel.subscribed, false);
      assert.equal(pusher.connection.state, 'connected');
    });

    it('ping after silence and get their answer', async () => {
      await start({ activityTimeoutS: 0.02 });
      const pusher = page.pusher();
      await inState(pusher, 'connected');
      await server.hears('pusher:ping');
      await told(pusher.connection, 'message');
      assert.equal(pusher.connection.state, 'connected');
    });

    it('answer the server’s ping, and are not pruned', async () => {
      await start();
      const pusher = page.pusher();
      const channel = pusher.subscribe('orders');
      await subscribed(channel);
      const answered = server.hears('pusher:pong');
      server.host.ping();
      await answered;
      const heard = told(channel, 'after');
      server.host.prune().broadcast('orders', 'after', {});
      await heard;
      assert.equal(pusher.connection.state, 'connected');
    });

    it('come back with another id when they were pruned', async () => {
      await start();
      const pusher = page.pusher();
      await subscribed(pusher.subscribe('orders'));
      const before = pusher.connection.socket_id;
      const reported = told(pusher.connection, 'error');
      // In one go, so that no answer can come in between.
      server.host.ping().prune();
      assert.equal(codeOf(await reported), 4201);
      await told(pusher.connection, 'connected');
      assert.notEqual(pusher.connection.socket_id, before);
    });

    it('give up for an unknown key', async () => {
      await start();
      const pusher = page.pusher('ann', 'another-key');
      const reported = told(pusher.connection, 'error');
      await inState(pusher, 'disconnected');
      assert.equal(codeOf(await reported), 4001);
    });

    it('give up where they are not allowed, even if nobody hangs up', async () => {
      await start();
      server.host.refuse(4009, 1);
      const pusher = page.pusher();
      const reported = told(pusher.connection, 'error');
      await inState(pusher, 'disconnected');
      assert.equal(codeOf(await reported), 4009);
    });

    it('are told when there is no room', async () => {
      await start({ capacity: 0 });
      const pusher = page.pusher();
      const reported = told(pusher.connection, 'error');
      assert.equal(codeOf(await reported), personality === 'reverb' ? 4004 : 4100);
      assert.equal(pusher.connection.state, personality === 'reverb' ? 'disconnected' : 'connecting');
    });

    it('stay connected when their client events are refused', async () => {
      await start({ clientEvents: false });
      const pusher = page.pusher();
      const channel = pusher.subscribe(CHANNEL);
      await subscribed(channel);
      const reported = told(pusher.connection, 'error');
      channel.trigger('client-typing', { typing: true });
      assert.equal(codeOf(await reported), 4301);
      assert.equal(pusher.connection.state, 'connected');
    });

    it('lose the connection by a frame that is too large', async () => {
      await start();
      const pusher = page.pusher();
      const channel = pusher.subscribe(CHANNEL);
      await subscribed(channel);
      const reported = told(pusher.connection, 'error');
      channel.trigger('client-draft', { text: 'x'.repeat(personality === 'soketi' ? 100_000 : 10_000) });
      assert.equal(codeOf(await reported), 1009);
    });
  });
}
