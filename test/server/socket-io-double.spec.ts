import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { io, type Socket } from 'socket.io-client';
import { WebSocketServer } from 'ws';
import { aiReply, answerSocketIo, MockChatServer } from '../../src/testing/index.js';
import { listen } from '../e2e/support/listen.js';

/** What the double says to the official client, which knows nothing of it. */
describe('the Socket.IO double, by the official client on a real socket', { timeout: 30_000 }, () => {
  let server: MockChatServer;
  let url: string;
  let close: () => Promise<void>;
  let socket: Socket;
  const told: [event: string, data: Record<string, unknown>][] = [];

  beforeEach(async () => {
    server = new MockChatServer({ scenarios: [aiReply({ answer: () => 'Hello!', thinkMs: 1, wordMs: 1 })] });
    answerSocketIo(server);
    const http = createServer();
    const sockets = new WebSocketServer({ server: http });
    sockets.on('connection', (ws, request) => {
      const grip = server.network.dial(
        {
          opened: () => {},
          received: (text) => ws.send(text),
          closed: (code, reason) => (code === 1006 ? ws.terminate() : ws.close(code, reason)),
        },
        `ws://double${request.url}`,
      );
      ws.on('message', (data) => grip.send((data as Buffer).toString('utf8')));
      ws.on('close', (code) => grip.close(code, ''));
    });
    const listening = await listen(http);
    url = `http://127.0.0.1:${listening.port}`;
    close = async () => {
      sockets.close();
      http.closeAllConnections();
      await listening.close();
    };
    told.length = 0;
    socket = io(url, { transports: ['websocket'], reconnectionDelay: 5, reconnectionDelayMax: 10 });
    socket.onAny((event: string, data: Record<string, unknown>) => void told.push([event, data]));
  });

  afterEach(async () => {
    socket.disconnect();
    await server.stop();
    await close();
  });

  const heard = async (event: string): Promise<Record<string, unknown>> => {
    for (;;) {
      const found = told.find(([name]) => name === event);
      if (found) return found[1];
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const connected = (): Promise<unknown> =>
    socket.connected
      ? Promise.resolve()
      : new Promise((resolve) => socket.once('connect', () => resolve(undefined)));

  it('greets, calls back, answers, and comes back after a cut', async () => {
    await connected();
    socket.emit('hello', { protocol: 1, guestId: 'guest-1' });
    const { conversationId, resumeToken } = await heard('welcome');
    await heard('history');
    const answer = (await socket.emitWithAck('send', { clientId: 'a', text: 'Hi' })) as Record<
      string,
      unknown
    >;
    assert.deepEqual(Object.keys(answer), ['id', 'seq', 'sentAt']);
    assert.equal(((await heard('message'))['message'] as { text: string }).text, 'Hello!');
    assert.ok(told.some(([event]) => event === 'delta'));
    const refused = (await socket.emitWithAck('send', { clientId: 'b', text: '' })) as {
      error: { code: string };
    };
    assert.equal(refused.error.code, 'invalid');

    told.length = 0;
    server.network.drop();
    await new Promise((resolve) => socket.once('disconnect', resolve));
    await connected();
    socket.emit('hello', { protocol: 1, guestId: 'guest-1', conversationId, resumeToken });
    const { messages } = (await heard('history')) as unknown as { messages: { text: string }[] };
    assert.deepEqual(
      messages.map(({ text }) => text),
      ['Hi', 'Hello!'],
    );
  });

  it('refuses another namespace, and ends for good with a disconnect', async () => {
    await connected();
    const other = socket.io.socket('/elsewhere');
    const refusal = await new Promise<Error>((resolve) => other.once('connect_error', resolve));
    assert.equal(refusal.message, 'Invalid namespace');
    socket.emit('hello', { protocol: 1, guestId: 'guest-1' });
    await heard('history');
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    server.conversations[0]!.closePeers(4403, 'forbidden');
    assert.equal(await ended, 'io server disconnect');
  });

  it('complains about what it cannot read, and goes on', async () => {
    await connected();
    socket.emit('hello', { protocol: 1, guestId: 'guest-1' });
    await heard('history');
    socket.emit('rate', { score: 9 });
    assert.match(String((await heard('error'))['message']), /score/);
    socket.emit('nobody-knows-this', { a: 1 });
    socket.emit('ping', { t: 7 });
    assert.equal((await heard('pong'))['t'], 7);
  });
});
