import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { afterEach, describe, it } from 'node:test';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';
import type { Backend } from '../../src/backends/backend.js';
import { socketIoShop } from '../../src/backends/presets/socket-io-shop.js';
import { socketIoBackend } from '../../src/backends/socket-io/index.js';
import type { SocketIoOptions } from '../../src/backends/socket-io/wire.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatState } from '../../src/conversation/state.js';
import { listen } from '../e2e/support/listen.js';
import { ShopServer, type ShopOptions } from '../e2e/support/shop-server.js';

describe('a shop’s chat, unchanged, and the whole client', { timeout: 30_000 }, () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  const shop = async (options?: ShopOptions): Promise<ShopServer> => {
    const server = await ShopServer.start(options);
    cleanups.push(() => server.stop());
    return server;
  };

  const opened = async (backend: Backend, namespace: string): Promise<ChatClient> => {
    const client = new ChatClient({ backend, namespace, persistence: 'none', tabs: false });
    cleanups.push(() => client.destroy());
    await client.start();
    client.connect();
    return client;
  };

  const connected = async (backend: Backend, namespace: string): Promise<ChatClient> => {
    const client = await opened(backend, namespace);
    await when(client, ({ connection }) => connection.status === 'online');
    return client;
  };

  const chat = (url: string, options: SocketIoOptions = {}): Promise<ChatClient> =>
    connected(socketIoBackend({ url, io, ...socketIoShop.backendOptions, ...options }), url);

  const when = (client: ChatClient, holds: (state: ChatState) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (state: ChatState): void => {
        if (!holds(state)) return;
        stop();
        resolve();
      };
      const stop = client.subscribe(look);
      if (holds(client.state)) look(client.state);
    });

  const texts = ({ messages }: ChatState): string[] => messages.map(({ text }) => text);

  it('sends, and shows the answer below', async () => {
    const server = await shop();
    const client = await chat(server.url);
    await client.send('Hi');
    await when(client, ({ messages }) => messages.length === 2);
    assert.deepEqual(texts(client.state), ['Hi', 'You said: Hi']);
    assert.deepEqual(
      client.state.messages.map(({ role }) => role),
      ['guest', 'ai'],
    );
    assert.equal(client.state.messages[0]?.delivery, 'sent');
    // What the server cannot be told is not offered.
    assert.deepEqual(client.state.features, []);
    const [{ sessionId, sender } = assert.fail()] = server.heard;
    assert.deepEqual([sessionId, sender], [client.state.guestId, 'customer']);
  });

  it('takes each answer for a message of its own, whatever id a shop puts into them', async () => {
    const server = await shop({ sameId: true });
    const client = await chat(server.url);
    for (const text of ['one', 'two']) await client.send(text);
    await when(client, ({ messages }) => messages.length === 4);
    assert.equal(texts(client.state).filter((text) => text.startsWith('You said')).length, 2);
  });

  it('keeps what is written while the server is away, sends it once, and comes back to its room', async () => {
    const server = await shop();
    const client = await chat(server.url);
    await client.send('one');
    await when(client, ({ messages }) => messages.length === 2);
    await server.stop();
    await when(client, ({ connection }) => connection.status === 'reconnecting');
    const fate = client.send('two');
    await server.start();
    client.connect();
    await fate;
    await when(client, ({ messages }) => messages.length === 4);
    assert.deepEqual(texts(client.state), ['one', 'You said: one', 'two', 'You said: two']);
    assert.deepEqual(
      server.heard.map(({ message }) => message),
      ['one', 'two'],
    );
    assert.equal(new Set(server.heard.map(({ sessionId }) => sessionId)).size, 1);
  });

  it('shows once what was missed, where the server recovers connections', async () => {
    const server = await shop({ recovery: true });
    const client = await chat(server.url);
    const guestId = client.state.guestId ?? assert.fail('no guest');
    await client.send('Hi');
    await when(client, ({ messages }) => messages.length === 2);
    server.cut();
    await when(client, ({ connection }) => connection.status === 'reconnecting');
    server.say(guestId, { message: 'while you were away' });
    client.connect();
    await when(client, ({ messages }) => messages.length === 3);
    assert.deepEqual(texts(client.state).slice(1), ['You said: Hi', 'while you were away']);
  });

  it('is confirmed where the server calls back, and asks the guest where it does not', async () => {
    const server = await shop({ acks: true });
    const { commands } = socketIoShop.backendOptions;
    const send = { ...(commands?.send as object), event: 'chat-message', timeoutMs: 50 };
    const client = await chat(server.url, { ack: true, commands: { ...commands, send } });
    assert.equal((await client.send('Hi')).id, '7');
    server.options.acks = false;
    await assert.rejects(client.send('Hello?'), { code: 'unconfirmed' });
  });

  it('brings what was missed, where the server tells its history', async () => {
    const server = await shop({ history: true });
    const { commands, events } = socketIoShop.backendOptions;
    const client = await chat(server.url, {
      resume: 'history',
      commands: { ...commands, history: { event: 'get-history', data: '$sessionId', ack: true } },
      events: { ...events, 'chat-response': 'message' },
    });
    const guestId = client.state.guestId ?? assert.fail('no guest');
    await client.send('Hi');
    await when(client, ({ messages }) => messages.length === 2);
    server.cut();
    await when(client, ({ connection }) => connection.status === 'reconnecting');
    server.reply(guestId, { message: 'while you were away' });
    client.connect();
    await when(client, ({ messages }) => messages.length === 3);
    server.reply(guestId, { message: 'and now' });
    await when(client, ({ messages }) => messages.length === 4);
    assert.deepEqual(texts(client.state), ['Hi', 'You said: Hi', 'while you were away', 'and now']);
  });

  it('needs no options where the server has our own names', async () => {
    const http = createServer();
    const server = new Server(http);
    const stored = new Map<string, string>();
    server.on('connection', (socket) => {
      socket.on('hello', ({ guestId }: { guestId: string }) => void socket.join(guestId));
      socket.on(
        'send',
        ({ clientId, text }: { clientId: string; text: string }, done: (a: object) => void) => {
          stored.set(clientId, text);
          done({ id: `m${stored.size}`, sentAt: '2026-11-25T10:00:00Z' });
          socket.emit('message', { id: '8', role: 'ai', text: `You said: ${text}` });
        },
      );
    });
    const { url, close } = await listen(http);
    cleanups.push(async () => {
      await server.close();
      await close();
    });
    const client = await connected(socketIoBackend({ url, io, ack: true, resend: 'safe' }), url);
    assert.equal((await client.send('Hi')).id, 'm1');
    await when(client, ({ messages }) => messages.length === 2);
    assert.deepEqual(texts(client.state), ['Hi', 'You said: Hi']);
    assert.equal(client.state.messages[0]?.sentAt, '2026-11-25T10:00:00.000Z');
    assert.deepEqual(client.state.features, ['typing', 'escalation']);
  });

  it('works by polling alone', async () => {
    const server = await shop({ transports: ['polling'] });
    const client = await chat(server.url);
    await client.send('Hi');
    await when(client, ({ messages }) => messages.length === 2);
    assert.deepEqual(server.wires, ['polling']);
  });

  it('says where the server does not want it', async () => {
    const server = await shop({ tokens: ['none of yours'] });
    const backend = socketIoBackend({ url: server.url, io, ...socketIoShop.backendOptions });
    const client = await opened(backend, server.url);
    await when(client, ({ connection }) => connection.status === 'failed');
    assert.equal(client.state.connection.reason, 'unauthorized');
  });
});
