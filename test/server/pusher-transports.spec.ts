/** Our own Pusher wires over real sockets: the one we speak ourselves, and the one over a page's official client. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import type { Frame } from '../../src/protocol/frame.js';
import type { PusherPersonality } from '../../src/testing/pusher/personality.js';
import { channelAuthorizer } from '../../src/transports/pusher-auth.js';
import { pusherClientTransport } from '../../src/transports/pusher-client.js';
import {
  pusherAddress,
  pusherTransport,
  type PusherLink,
  type PusherTransport,
} from '../../src/transports/pusher.js';
import { LinkError, type LinkClose } from '../../src/transports/transport.js';
import {
  startPusherServer,
  type PusherServer,
  type PusherServerOptions,
} from '../e2e/support/pusher-server.js';
import { PageClients, inState, subscribed, told } from './page-clients.js';

const PERSONALITIES: readonly PusherPersonality[] = ['pusher', 'reverb', 'soketi'];
const CHANNEL = 'private-conversation.7';
const ROOM = 'presence-room.1';
const session = { guestId: 'g1', token: 'ann' };

/** A link that was opened, and whatever it says, waited for instead of polled. */
class Listening {
  readonly frames: Frame[] = [];
  readonly closes: LinkClose[] = [];
  #wake = (): void => {};

  open(transport: PusherTransport): Promise<PusherLink> {
    const heard =
      <T>(list: T[]) =>
      (what: T): void => {
        list.push(what);
        this.#wake();
      };
    const events = { onFrame: heard(this.frames), onFault: () => {}, onClose: heard(this.closes) };
    return transport.open(session, events, new AbortController().signal);
  }

  /** The names of the first frames, once there are so many. */
  async names(count: number): Promise<string[]> {
    while (this.frames.length < count) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.frames.map(({ event }) => event);
  }

  async closed(): Promise<LinkClose> {
    while (this.closes.length === 0) await new Promise<void>((resolve) => (this.#wake = resolve));
    return this.closes[0]!;
  }
}

async function failure(opening: Promise<unknown>): Promise<LinkClose> {
  const error = await opening.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof LinkError);
  return error.close;
}

for (const personality of PERSONALITIES) {
  describe(`Pusher wires at our ${personality}`, { timeout: 20_000 }, () => {
    let server: PusherServer;
    let page: PageClients;
    let links: PusherLink[];

    const start = async (options: PusherServerOptions = {}): Promise<void> => {
      server = await startPusherServer({ personality, ...options });
      page = new PageClients(server);
      links = [];
    };

    afterEach(async () => {
      for (const link of links) link.close();
      page.stop();
      await server.stop();
    });

    /** Both kinds of wire, on the same channels. */
    const wires: Record<string, (channels: readonly string[]) => PusherTransport> = {
      'spoken by ourselves': (channels) =>
        pusherTransport({
          url: pusherAddress({ key: 'app-key', host: '127.0.0.1', port: server.port }),
          WebSocket: WebSocket as unknown as typeof globalThis.WebSocket,
          authorize: channelAuthorizer({ url: server.authUrl }),
          channels: () => channels,
        }),
      'over a Pusher of the page': (channels) =>
        pusherClientTransport({ client: page.pusher(), channels: () => channels }),
      'over an Echo of the page': (channels) =>
        pusherClientTransport({ client: page.echo(), channels: () => channels }),
    };

    for (const [name, wire] of Object.entries(wires)) {
      const open = async (
        heard = new Listening(),
        channels: readonly string[] = [CHANNEL],
      ): Promise<PusherLink> => {
        const link = await heard.open(wire(channels));
        links.push(link);
        return link;
      };

      it(`carries what the server says, and not what is meant for others: ${name}`, async () => {
        await start();
        const heard = new Listening();
        const link = await open(heard);
        server.host
          .broadcast(CHANNEL, 'message.sent', { n: 0 }, { except: link.socketId })
          .broadcast(CHANNEL, 'message.sent', { n: 1 })
          .broadcast(CHANNEL, 'App\\Events\\MessageSent', { n: 2 });
        assert.deepEqual(await heard.names(2), ['message.sent', 'App\\Events\\MessageSent']);
        assert.deepEqual(heard.frames[0]?.data, { n: 1 });
        assert.equal(server.authCalls[0]?.headers.authorization, 'Bearer ann');
      });

      it(`whispers with official clients: ${name}`, async () => {
        await start();
        const heard = new Listening();
        const link = await open(heard);
        const other = page.pusher('bob').subscribe(CHANNEL);
        await subscribed(other);
        const whispered = told(other, 'client-typing');
        await link.send({ event: 'client-typing', data: { typing: true } });
        assert.deepEqual(await whispered, { typing: true });
        other.trigger('client-typing', { typing: false });
        await heard.names(1);
        assert.deepEqual(heard.frames, [{ event: 'client-typing', data: { typing: false } }]);
      });

      it(`sees official clients come and go: ${name}`, async () => {
        await start();
        const heard = new Listening();
        await open(heard, [ROOM]);
        const bob = page.pusher('bob');
        await subscribed(bob.subscribe(ROOM));
        await heard.names(2);
        bob.disconnect();
        await heard.names(3);
        assert.deepEqual(heard.frames, [
          {
            event: 'pusher_internal:subscription_succeeded',
            data: { presence: { count: 1, ids: ['ann'], hash: { ann: { id: 'ann' } } } },
          },
          { event: 'pusher_internal:member_added', data: { user_id: 'bob', user_info: { id: 'bob' } } },
          { event: 'pusher_internal:member_removed', data: { user_id: 'bob' } },
        ]);
      });

      it(`says what a refused authorisation means: ${name}`, async () => {
        let status = 403;
        await start({ refuses: () => status });
        assert.deepEqual(await failure(open()).then(({ retry }) => retry), 'never');
        status = 401;
        assert.deepEqual(await failure(open()).then(({ reason }) => reason), 'unauthorized');
        status = 500;
        assert.deepEqual(await failure(open()).then(({ retry }) => retry), 'backoff');
      });

      it(`is lost when the server drops it, and a new one opens: ${name}`, async () => {
        await start();
        const heard = new Listening();
        const before = await open(heard);
        server.host.drop();
        assert.equal((await heard.closed()).reason, 'lost');
        const after = await open();
        assert.notEqual(after.socketId, before.socketId);
      });

      it(`does not come back for an unknown key: ${name}`, async () => {
        await start();
        server.host.refuse(4001, 1);
        const { reason, retry, code } = await failure(open());
        assert.deepEqual({ reason, retry, code }, { reason: 'refused', retry: 'never', code: 4001 });
      });
    }

    it('leaves the page’s connection and channels as they were', async () => {
      await start();
      const pusher = page.pusher();
      const own = pusher.subscribe('orders');
      await subscribed(own);
      const channels = ['orders', CHANNEL];
      const heard = new Listening();
      const link = await heard.open(pusherClientTransport({ client: pusher, channels: () => channels }));
      const left = server.hears('pusher:unsubscribe');
      link.close();
      assert.equal(((await left).data as { channel: string }).channel, CHANNEL);
      const received = told(own, 'still');
      server.host.broadcast('orders', 'still', {});
      await received;
      assert.deepEqual(
        server.host.channels.map(({ name }) => name),
        ['orders'],
      );
      assert.equal(pusher.connection.state, 'connected');
      assert.deepEqual(heard.frames, []);
    });

    it('is lost with the page’s connection, and says nothing when the page ends it later', async () => {
      await start();
      const pusher = page.pusher();
      const heard = new Listening();
      await heard.open(pusherClientTransport({ client: pusher, channels: () => [CHANNEL] }));
      pusher.disconnect();
      await inState(pusher, 'disconnected');
      assert.equal(heard.closes.length, 1);
      assert.deepEqual(
        { reason: heard.closes[0]?.reason, retry: heard.closes[0]?.retry },
        { reason: 'lost', retry: 'backoff' },
      );
    });
  });
}
