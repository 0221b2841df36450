import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, describe, it } from 'node:test';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import type { Frame } from '../../src/protocol/frame.js';
import type { Session } from '../../src/protocol/session.js';
import { socketIoTransport, type SocketIoTransportOptions } from '../../src/transports/socket-io.js';
import {
  LinkError,
  RefusedError,
  type Link,
  type LinkClose,
  type LinkEvents,
} from '../../src/transports/transport.js';
import { listen } from '../e2e/support/listen.js';
import { ShopServer, type ShopOptions } from '../e2e/support/shop-server.js';
import { TcpProxy } from '../e2e/support/tcp-proxy.js';

const SESSION: Session = { guestId: 'guest-1' };

/** What one line has told, and waiting for more of it. */
class Ear implements LinkEvents {
  readonly frames: Frame[] = [];
  readonly closes: LinkClose[] = [];
  #wake = (): void => {};

  onFrame(frame: Frame): void {
    this.frames.push(frame);
    this.#wake();
  }

  onFault(): void {}

  onClose(close: LinkClose): void {
    this.closes.push(close);
    this.#wake();
  }

  async until<T>(look: () => T | undefined): Promise<T> {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  hears(event: string): Promise<Frame> {
    return this.until(() => this.frames.find((frame) => frame.event === event));
  }

  /** What the frame `connect` said. */
  get recovered(): boolean {
    const { data } = this.frames.find(({ event }) => event === 'connect') ?? assert.fail('no connect');
    return (data as { recovered: boolean }).recovered;
  }

  closed(): Promise<LinkClose> {
    return this.until(() => this.closes[0]);
  }
}

/** Waits for what a server has noted, which tells nobody. */
async function eventually(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('Socket.IO, by the official client and the official server', { timeout: 30_000 }, () => {
  const links: Link[] = [];
  const cleanups: (() => Promise<void>)[] = [];

  afterEach(async () => {
    for (const link of links.splice(0)) link.close();
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  const shop = async (options?: ShopOptions): Promise<ShopServer> => {
    const server = await ShopServer.start(options);
    cleanups.push(() => server.stop());
    return server;
  };

  /** A transport, and how to open a line on it. */
  const wire = (url: string, options: Partial<SocketIoTransportOptions> = {}) => {
    const transport = socketIoTransport({ url, io, ...options });
    return async (session = SESSION): Promise<{ link: Link; ear: Ear }> => {
      const ear = new Ear();
      const link = await transport.open(session, ear, new AbortController().signal);
      links.push(link);
      return { link, ear };
    };
  };

  const join = (link: Link): Promise<unknown> => link.send({ event: 'join-session', data: 's1' });
  const say = (link: Link, message: string): Promise<Frame | void> =>
    link.send({ event: 'chat-message', data: { sessionId: 's1', message, sender: 'customer' } });

  const failure = async (opening: Promise<unknown>): Promise<LinkClose> => {
    const error = await opening.then(
      () => assert.fail('it was opened'),
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof LinkError);
    return error.close;
  };

  it('speaks the shop’s contract over WebSocket, and learns where the client comes from by itself', async () => {
    const server = await shop();
    const open = wire(server.url, { io: undefined });
    const { link, ear } = await open();
    assert.deepEqual(server.wires, ['websocket']);
    await join(link);
    assert.equal(await say(link, 'Hi'), undefined);
    assert.deepEqual(await ear.hears('chat-response'), {
      event: 'chat-response',
      data: { message: 'You said: Hi' },
    });
    assert.deepEqual(server.events[0], ['join-session', 's1']);
    assert.deepEqual(server.heard, [{ sessionId: 's1', message: 'Hi', sender: 'customer' }]);
    assert.equal(ear.recovered, false);
  });

  it('says who it is, and never in the address', async () => {
    const server = await shop({ tokens: ['secret'] });
    await wire(server.url)({ ...SESSION, token: 'secret' });
    await wire(server.url, { auth: ({ guestId }) => ({ token: 'secret', guestId }) })();
    assert.deepEqual(server.handshakes, [{ token: 'secret' }, { token: 'secret', guestId: 'guest-1' }]);
    assert.ok(!server.requests.join().includes('secret'));
  });

  it('comes to polling where WebSocket is blocked', async () => {
    const server = await shop({ blockWebSocket: true });
    const { link, ear } = await wire(server.url)();
    assert.deepEqual(server.wires, ['polling']);
    await join(link);
    await say(link, 'Hi');
    await ear.hears('chat-response');
  });

  it('comes to polling with older clients as well, at the second attempt', async () => {
    const server = await shop({ blockWebSocket: true });
    // Before 4.8 nobody knew this option.
    const older = (address: string, options: object): unknown =>
      io(address, { ...options, tryAllTransports: false });
    const open = wire(server.url, { io: older });
    assert.equal((await failure(open())).reason, 'lost');
    await open();
    assert.deepEqual(server.wires, ['polling']);
  });

  it('takes whichever wire the server has', async () => {
    const polling = await shop({ transports: ['polling'] });
    await wire(polling.url)();
    assert.deepEqual(polling.wires, ['polling']);
    const sockets = await shop({ transports: ['websocket'] });
    await wire(sockets.url)();
    assert.deepEqual(sockets.wires, ['websocket']);
    // The page may insist.
    assert.equal((await failure(wire(sockets.url, { transports: ['polling'] })())).reason, 'lost');
  });

  it('is refused by a middleware: a token is asked for anew, anything else is final', async () => {
    const server = await shop({ tokens: ['fresh'] });
    const open = wire(server.url);
    assert.deepEqual(await failure(open({ ...SESSION, token: 'stale' })), {
      reason: 'unauthorized',
      retry: 'now',
      detail: 'unauthorized',
    });
    await open({ ...SESSION, token: 'fresh' });
    assert.deepEqual(await failure(wire(`${server.url}/nowhere`)()), {
      reason: 'refused',
      retry: 'never',
      detail: 'Invalid namespace',
    });
    const own = wire(server.url, {
      readRefusal: ({ data }) =>
        (data as { code: string }).code === 'invalid_token'
          ? { reason: 'busy', retry: 'backoff' }
          : undefined,
    });
    assert.equal((await failure(own())).reason, 'busy');
  });

  it('is lost when the server throws it out, and unauthorized when it was warned before', async () => {
    const server = await shop();
    const open = wire(server.url);
    const first = await open();
    server.kick();
    assert.deepEqual(await first.ear.closed(), {
      reason: 'lost',
      retry: 'backoff',
      detail: 'io server disconnect',
    });
    // Its own client would not come back from here; ours may.
    const second = await open();
    server.kick('unauthorized');
    assert.equal((await second.ear.closed()).reason, 'unauthorized');
    await assert.rejects(say(second.link, 'too late'));
  });

  it('waits for answers where they are promised, and says what their lack means', async () => {
    const server = await shop({ acks: true });
    const manners = {
      'chat-message': { ack: true, timeoutMs: 50, repeatable: true },
      other: { ack: true, timeoutMs: 50 },
    };
    const { link } = await wire(server.url, { manners })();
    assert.deepEqual(await say(link, 'Hi'), { event: 'chat-message:answer', data: { id: 7 } });
    server.options.acks = false;
    await assert.rejects(say(link, 'Hi'), (error: RefusedError) => error.retryAfterMs !== undefined);
    await assert.rejects(link.send({ event: 'other', data: {} }), {
      code: 'unconfirmed',
      retryAfterMs: undefined,
    });
  });

  it('gives up on answers when the line ends, without a verdict on them', async () => {
    const server = await shop();
    const { link, ear } = await wire(server.url, { manners: { 'chat-message': { ack: true } } })();
    const fate = say(link, 'Hi');
    await eventually(() => server.events.length > 0);
    server.cut();
    await assert.rejects(fate, (error: Error) => !(error instanceof RefusedError));
    await ear.closed();
  });

  it('answers when the server asks for it', async () => {
    const server = await shop();
    const { ear } = await wire(server.url)();
    const answer = await server.sockets[0]!.timeout(1000).emitWithAck('are-you-there', { n: 1 });
    assert.equal(answer, undefined);
    assert.deepEqual((await ear.hears('are-you-there')).data, { n: 1 });
  });

  it('gets back what it missed where the server recovers connections, and no cursor in it', async () => {
    const server = await shop({ recovery: true });
    const open = wire(server.url);
    const first = await open();
    await join(first.link);
    await eventually(() => server.sockets[0]?.rooms.has('s1') === true);
    // A recovered connection needs a cursor, which comes with the first thing that is said.
    server.say('s1', { message: 'before' });
    assert.deepEqual(await first.ear.hears('chat-response'), {
      event: 'chat-response',
      data: { message: 'before' },
    });
    server.cut();
    assert.equal((await first.ear.closed()).reason, 'lost');
    server.say('s1', { message: 'missed' });
    const second = await open();
    assert.deepEqual((await second.ear.hears('chat-response')).data, { message: 'missed' });
    assert.equal(second.ear.recovered, true);
    assert.deepEqual(server.recovered, [false, true]);
    server.say('s1', 'just a text');
    server.say('s1', { message: 'after' }, 'last');
    await second.ear.hears('last');
    assert.equal(second.ear.frames.at(-2)?.data, 'just a text');
  });

  it('gives nobody what another guest has missed', async () => {
    const server = await shop({ recovery: true });
    const open = wire(server.url);
    const { link, ear } = await open();
    await join(link);
    server.say('s1', { message: 'before' });
    await eventually(() => server.sockets[0]?.rooms.has('s1') === true);
    server.cut();
    await ear.closed();
    server.say('s1', { message: 'private' });
    const other = await open({ guestId: 'guest-2' });
    await other.ear.hears('connect');
    assert.deepEqual(server.recovered, [false, false]);
    assert.equal(server.sockets[0]?.rooms.has('s1'), false);
  });

  it('comes back to a server that was started anew, and knows it is not recovered', async () => {
    const server = await shop({ recovery: true });
    const open = wire(server.url);
    const { link, ear } = await open();
    await join(link);
    await server.stop();
    const close = await ear.closed();
    assert.deepEqual([close.reason, close.retry], ['lost', 'backoff']);
    assert.equal((await failure(open())).reason, 'lost');
    await server.start();
    const again = await open();
    assert.equal(again.ear.recovered, false);
    await join(again.link);
    await say(again.link, 'Hi');
    await again.ear.hears('chat-response');
  });

  it('notices within the patience that nobody is there any more, if it asks', async () => {
    const server = await shop();
    const proxy = await TcpProxy.start(server.port);
    cleanups.push(() => proxy.close());
    const { link, ear } = await wire(`http://${proxy.host}`)();
    // A line that lives passes the test.
    link.probe(200);
    await join(link);
    await say(link, 'Hi');
    await ear.hears('chat-response');
    const asked = performance.now();
    proxy.blackHole('open');
    link.probe(200);
    assert.deepEqual(await ear.closed(), { reason: 'lost', retry: 'backoff', detail: 'no sign of life' });
    assert.ok(performance.now() - asked < 2000);
  });

  it('asks by an event of the page where there is one', async () => {
    const server = await shop({ acks: true });
    const proxy = await TcpProxy.start(server.port);
    cleanups.push(() => proxy.close());
    const { link, ear } = await wire(`http://${proxy.host}`, { probeEvent: 'are-you-there' })();
    await eventually(() => server.events.some(([event]) => event === 'are-you-there'));
    // Its answer must have come before anybody is held to it.
    await join(link);
    await say(link, 'Hi');
    await ear.hears('chat-response');
    proxy.blackHole('open');
    link.probe(200);
    assert.equal((await ear.closed()).detail, 'no sign of life');
  });

  it('notices by itself when the server’s ping does not come', async () => {
    const server = await shop({ heart: { pingInterval: 100, pingTimeout: 100 } });
    const proxy = await TcpProxy.start(server.port);
    cleanups.push(() => proxy.close());
    const { ear } = await wire(`http://${proxy.host}`)();
    proxy.loseFromServer('open');
    assert.deepEqual(await ear.closed(), { reason: 'lost', retry: 'backoff', detail: 'ping timeout' });
  });

  it('leaves nothing behind when it is closed', async () => {
    const server = await shop();
    const { link, ear } = await wire(server.url)();
    link.close();
    link.close();
    await eventually(() => server.sockets.length === 0);
    assert.deepEqual(ear.closes, []);
    // The wire, too: not only the socket on it.
    for (;;) {
      const status = await (await fetch(`${server.url}/socket/status`)).json();
      if ((status as { activeConnections: number }).activeConnections === 0) break;
    }
  });

  it('is aborted while it opens', async () => {
    const server = await shop();
    const proxy = await TcpProxy.start(server.port);
    cleanups.push(() => proxy.close());
    proxy.blackHole();
    const opening = new AbortController();
    const attempt = socketIoTransport({ url: `http://${proxy.host}`, io }).open(
      SESSION,
      new Ear(),
      opening.signal,
    );
    await eventually(() => proxy.attempts.length > 0);
    opening.abort();
    await assert.rejects(attempt, { name: 'AbortError' });
    assert.equal(server.sockets.length, 0);
  });

  it('says what a server of version 2 needs', async () => {
    const http = createServer((_request, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"code":5,"message":"Unsupported protocol version"}'),
    );
    const { url, close } = await listen(http);
    cleanups.push(close);
    const refused = await failure(wire(url)());
    assert.equal(refused.retry, 'never');
    assert.match(refused.detail ?? '', /allowEIO3/);
  });

  it('begins afresh where another node does not know the session', async () => {
    const http = createServer((_request, response) =>
      response
        .writeHead(400, { 'content-type': 'application/json' })
        .end('{"code":1,"message":"Session ID unknown"}'),
    );
    const { url, close } = await listen(http);
    cleanups.push(close);
    assert.deepEqual(await failure(wire(url)()), {
      reason: 'lost',
      retry: 'backoff',
      code: 400,
      detail: 'xhr poll error',
    });
  });

  it('can have the client from the server itself, also from another origin', async () => {
    const server = await shop();
    const response = await fetch(`${server.url}/socket.io/socket.io.esm.min.js?again=1`, {
      headers: { origin: 'https://elsewhere.example' },
    });
    assert.equal(response.status, 200);
    assert.match(response.headers.get('content-type') ?? '', /javascript/);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.match(await response.text(), /export\s*\{[^}]*\bas io\b/);
  });

  it('reaches a namespace by the path of the address, as the official client does', async () => {
    const http = createServer();
    const server = new Server(http, { path: '/chat/io' });
    server.of('/support').on('connection', (socket) => void socket.emit('hello', 'there'));
    const { url, close } = await listen(http);
    cleanups.push(async () => {
      await server.close();
      await close();
    });
    const { ear } = await wire(`${url}/support`, { path: '/chat/io' })();
    assert.equal((await ear.hears('hello')).data, 'there');
  });
});
