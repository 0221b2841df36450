import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { startChatServer, type ChatServer, type ChatServerOptions } from '../../server/chat-server.js';
import { aiReply } from '../../src/testing/scenarios/ai-reply.js';
import { staffEscalation } from '../../src/testing/scenarios/staff-escalation.js';
import { SocketClient } from './socket-client.js';

const quick = [
  staffEscalation({ stepMs: 5, readMs: 1, typeMs: 1, position: 2, greeting: 'Hi, I’m Maya.' }),
  aiReply({ answer: (text) => `re ${text}`, thinkMs: 1, wordMs: 1 }),
];

describe('chat server', { timeout: 20_000 }, () => {
  let server: ChatServer;

  const start = async (options: ChatServerOptions = {}): Promise<ChatServer> =>
    (server = await startChatServer({ port: 0, scenarios: quick, ...options }));

  afterEach(() => server.kill());

  it('speaks the protocol on a real socket', async () => {
    const { url } = await start();
    const guest = await SocketClient.guest(url);
    assert.equal(guest.socket.protocol, 'chat-widget.v1');
    guest.tell({ type: 'send', clientId: 'a', text: 'hello' }, { type: 'ping', t: 7 });
    assert.equal((await guest.hears('ack')).seq, 1);
    await guest.hears('pong', { t: 7 });
    const { message } = await guest.hears('message');
    assert.deepEqual([message.text, message.seq, message.role], ['re hello', 2, 'ai']);
    const deltas = guest.told.filter(({ type }) => type === 'delta');
    assert.deepEqual(
      deltas.map(({ offset, text }) => [offset, text]),
      [
        [0, 're '],
        [3, 'hello'],
      ],
    );
  });

  it('goes on without a subprotocol, and with others beside ours', async () => {
    const { url } = await start();
    const plain = await SocketClient.open(url, { protocols: [] });
    assert.equal(plain.socket.protocol, '');
    const several = await SocketClient.open(url, { protocols: ['other', 'chat-widget.v1'] });
    assert.equal(several.socket.protocol, 'chat-widget.v1');
  });

  it('takes guests from any page, and paths with a query', async () => {
    const { url } = await start();
    await SocketClient.open(`${url}?shop=7`, { origin: 'https://any.example' });
  });

  it('tolerates what is no frame, and refuses what is binary or too large', async () => {
    const { url } = await start();
    const guest = await SocketClient.guest(url);
    guest.socket.send('nonsense');
    await guest.hears('error', { code: 'bad-frame' });
    guest.tell({ type: 'send', clientId: 'a', text: 'still here' });
    await guest.hears('ack');
    guest.socket.send(Buffer.from([1, 2, 3]));
    assert.equal(await guest.closed, 1003);
    const large = await SocketClient.guest(url);
    large.tell({ type: 'send', clientId: 'b', text: 'x'.repeat(70_000) });
    assert.equal(await large.closed, 1009);
  });

  it('closes with 4408 who says no hello', async () => {
    const { url } = await start();
    const silent = await SocketClient.open(url);
    assert.equal(await silent.closed, 4408);
  });

  it('keeps two tabs of a guest in step', async () => {
    const { url } = await start();
    const here = await SocketClient.guest(url);
    const there = await SocketClient.guest(url, here.resume);
    here.tell({ type: 'send', clientId: 'a', text: 'hi' });
    const own = await there.until(({ type, message }) => type === 'message' && message.clientId === 'a');
    assert.equal(own.message.role, 'guest');
    const answer = ({ type, message }: { type: string; message?: { text: string } }): boolean =>
      type === 'message' && message?.text === 're hi';
    assert.deepEqual(await here.until(answer), await there.until(answer));
  });

  it('leads to the scripted person', async () => {
    const { url } = await start();
    const guest = await SocketClient.guest(url);
    guest.tell({ type: 'escalate' });
    await guest.hears('mode', { mode: 'queued', position: 2 });
    await guest.hears('mode', { mode: 'queued', position: 1 });
    await guest.hears('mode', { mode: 'staff' });
    await guest.until(({ type, message }) => type === 'message' && message.text === 'Hi, I’m Maya.');
  });

  it('says goodbye before a planned stop, and frees the port', async () => {
    const { url, port } = await start();
    const guest = await SocketClient.guest(url);
    const desk = await SocketClient.desk(server.staffUrl);
    const stopped = server.stop();
    const bye = await guest.hears('bye');
    assert.deepEqual([typeof bye.reason, bye.retryAfterMs, bye.spreadMs], ['string', 500, 1000]);
    assert.deepEqual(await Promise.all([guest.closed, desk.closed]), [1012, 1012]);
    await stopped;
    await server.stop();
    await start({ port });
  });

  it('stops in time though a guest does not answer', async () => {
    const { port } = await start();
    const raw = connect(port, '127.0.0.1');
    raw.write(
      'GET /chat HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await once(raw, 'data');
    await server.stop();
    raw.destroy();
  });

  it('tears sockets down without a word when it is killed', async () => {
    const { url } = await start();
    const guest = await SocketClient.guest(url);
    guest.forget();
    await server.kill();
    assert.equal(await guest.closed, 1006);
    assert.deepEqual(guest.told, []);
  });

  it('tells how it is, and nothing else', async () => {
    const { url, port } = await start();
    await SocketClient.guest(url);
    const health = await fetch(`http://127.0.0.1:${port}/health`);
    assert.deepEqual(
      [health.status, await health.json()],
      [200, { status: 'ok', conversations: 1, connections: 1 }],
    );
    for (const [path, method] of [
      ['/', 'GET'],
      ['/chat', 'GET'],
      ['/health', 'POST'],
    ] as const) {
      assert.equal((await fetch(`http://127.0.0.1:${port}${path}`, { method })).status, 404);
    }
    await assert.rejects(SocketClient.open(`ws://127.0.0.1:${port}/elsewhere`), /404/);
  });

  it('says so when the port is taken', async () => {
    const { port } = await start();
    await assert.rejects(startChatServer({ port }), { code: 'EADDRINUSE' });
  });

  it('outlives a scenario that fails, and says so', async () => {
    const lines: string[] = [];
    const { url } = await start({
      log: (line) => lines.push(line),
      scenarios: [
        {
          name: 'broken',
          takes: ({ text }) => text === 'break',
          play: (turn) => {
            turn.ack();
            throw new Error('broken');
          },
        },
        ...quick,
      ],
    });
    const guest = await SocketClient.guest(url);
    guest.tell({ type: 'send', clientId: 'a', text: 'break' }, { type: 'send', clientId: 'b', text: 'on' });
    await guest.hears('ack', { clientId: 'b' });
    assert.match(lines.join('\n'), /a scenario failed: Error: broken/);
    assert.doesNotMatch(lines.join('\n'), new RegExp((await guest.hears('welcome')).resumeToken));
  });
});
