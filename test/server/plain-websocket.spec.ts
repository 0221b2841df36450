import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { WebSocket as NodeSocket } from 'ws';
import { plainWebsocket } from '../../src/backends/presets/plain-websocket.js';
import { websocketBackend } from '../../src/backends/websocket/index.js';
import type { WebsocketOptions } from '../../src/backends/websocket/wire.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatClientOptions } from '../../src/conversation/client-options.js';
import { staffPresent } from '../../src/conversation/select.js';
import type { ChatState } from '../../src/conversation/state.js';
import { PlainChatServer, type PlainChatOptions } from '../e2e/support/plain-chat-server.js';
import { enterPage } from './stored-page.js';

const WebSocket = NodeSocket as unknown as typeof globalThis.WebSocket;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = readFileSync(path.join(ROOT, 'docs/backends/plain-websocket.md'), 'utf8');
/** A page that is seen and has a network, always. */
const wake = { online: true, visible: true, subscribe: () => () => {} };

describe('a guest chat over a plain WebSocket, and the whole client', { timeout: 60_000 }, () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  /** Starts a client; what it cannot read and what fails goes into `errors`. */
  const opened = async (
    url: string,
    options: WebsocketOptions = {},
    more: Partial<ChatClientOptions> = {},
  ): Promise<{ client: ChatClient; errors: string[] }> => {
    const backend = websocketBackend({ url, WebSocket, ...plainWebsocket.backendOptions, ...options });
    const client = new ChatClient({
      backend,
      namespace: url,
      persistence: 'none',
      tabs: false,
      wake,
      ...more,
    });
    cleanups.push(() => client.destroy());
    const errors: string[] = [];
    client.on('error', ({ code }) => errors.push(code));
    await client.start();
    client.connect();
    await when(client, ({ connection, loaded }) => connection.status === 'online' && loaded);
    return { client, errors };
  };

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
  const lost = (client: ChatClient): Promise<void> =>
    when(client, ({ connection }) => connection.status === 'reconnecting');
  const long = (client: ChatClient, length: number): Promise<void> =>
    when(client, ({ messages }) => messages.length >= length);
  const lines = ({ state }: ChatClient): string[] =>
    state.messages.map(({ role, text }) => `${role}: ${text}`);

  describe('that knows the contract and no more', () => {
    const start = async (options?: PlainChatOptions): Promise<PlainChatServer> => {
      const server = await PlainChatServer.start(options);
      cleanups.push(() => server.kill());
      return server;
    };

    it('is told who the guest is, asked for the history, and then speaks and is spoken to', async () => {
      const server = await start();
      const { client } = await opened(server.url);
      const guestId = client.state.guestId ?? assert.fail('no guest');
      const typing = when(client, (state) => state.typing.some(({ author }) => author.role === 'ai'));
      const sent = await client.send('Hi');
      assert.equal(sent.delivery, 'sent');
      await typing;
      await long(client, 2);
      assert.deepEqual(lines(client), ['guest: Hi', 'ai: You said: Hi']);
      assert.deepEqual(client.state.typing, []);
      server.say(guestId, 'system', 'We close at six');
      await long(client, 3);
      assert.deepEqual(lines(client), server.said(guestId));
      assert.deepEqual(server.heard.slice(0, 3), [
        { type: 'auth', guestId },
        { type: 'history' },
        { type: 'message', role: 'guest', text: 'Hi', clientId: sent.clientId },
      ]);
      assert.deepEqual(client.state.features, ['typing', 'escalation']);
      client.typing();
      client.escalate();
      await server.until(() => server.heard.length === 5);
      assert.deepEqual(server.heard.slice(3), [{ type: 'typing', active: true }, { type: 'escalate' }]);
    });

    it('lets staff take over, which is seen by who speaks', async () => {
      const server = await start();
      const { client } = await opened(server.url);
      await client.send('a human, please');
      await when(client, ({ answering }) => answering === 'staff');
      assert.equal(staffPresent(client.state)?.name, 'Maya');
      await client.send('Hello Maya');
      await long(client, 5);
      assert.deepEqual(lines(client), [
        'guest: a human, please',
        'system: Maya has joined the chat',
        'staff: Hi, I am Maya.',
        'guest: Hello Maya',
        'staff: I see: Hello Maya',
      ]);
      server.say(client.state.guestId!, 'ai', 'Me again');
      await when(client, ({ answering }) => answering === 'ai');
    });

    const manners: [string, PlainChatOptions][] = [
      ['without ids', {}],
      ['with ids', { ids: true }],
      ['with an echo', { echo: true }],
      ['with an echo and ids', { echo: true, ids: true }],
      ['with a frame type for each role', { byType: true }],
    ];
    for (const [name, options] of manners) {
      it(`loses and doubles nothing over an outage, ${name}`, async () => {
        const server = await start(options);
        const { client, errors } = await opened(server.url);
        const guestId = client.state.guestId ?? assert.fail('no guest');
        for (const text of ['one', 'same', 'same']) await client.send(text);
        await long(client, 6);
        await server.kill();
        await lost(client);
        const fates = ['two', 'same'].map((text) => client.send(text));
        server.say(guestId, 'ai', 'while you were away');
        server.say(guestId, 'ai', 'You said: same');
        await server.start();
        client.connect();
        await Promise.all(fates);
        await long(client, 12);
        // In which order the server took questions and gave answers nobody tells, until the next history does.
        assert.deepEqual(lines(client).toSorted(), server.said(guestId).toSorted());
        server.cut();
        await lost(client);
        client.connect();
        await when(client, ({ connection }) => connection.status === 'online');
        await client.send('psst');
        await server.until(() => server.said(guestId).at(-1) === 'guest: psst');
        server.say(guestId, 'ai', 'the end');
        await when(client, ({ messages }) => messages.at(-1)?.text === 'the end');
        assert.deepEqual(lines(client), server.said(guestId));
        assert.deepEqual(
          errors.filter((code) => code !== 'connection'),
          [],
        );
      });

      it(`shows the thread to the guest's next page, wherever it is, ${name}`, async () => {
        const server = await start(options);
        const { client } = await opened(server.url);
        const guestId = client.state.guestId ?? assert.fail('no guest');
        await client.send('Hi');
        await long(client, 2);
        client.destroy();
        server.say(guestId, 'staff', 'Still there?', 'Maya');
        const { client: next } = await opened(server.url, {}, { guestId, namespace: 'another origin' });
        await long(next, 3);
        assert.deepEqual(lines(next), server.said(guestId));
        assert.deepEqual(server.guests, [guestId]);
        await next.send('psst');
        await server.until(() => server.said(guestId).at(-1) === 'guest: psst');
        assert.deepEqual(lines(next), server.said(guestId));
      });

      it(`goes on after a reload, with what was not sent, ${name}`, async () => {
        const page = enterPage();
        cleanups.push(() => page.leave());
        const server = await start(options);
        const { client } = await opened(server.url, {}, { persistence: 'session' });
        const guestId = client.state.guestId ?? assert.fail('no guest');
        await client.send('Hi');
        await long(client, 2);
        await server.kill();
        await lost(client);
        client.send('written while the server was away').catch(() => {});
        await when(client, ({ messages }) => messages.at(-1)?.delivery === 'queued');
        client.destroy();
        server.say(guestId, 'ai', 'while you were away');
        await server.start();
        const { client: next } = await opened(server.url, {}, { persistence: 'session' });
        assert.equal(next.state.guestId, guestId);
        await long(next, 5);
        assert.deepEqual(lines(next), server.said(guestId));
        assert.equal(next.state.messages.filter(({ delivery }) => delivery === 'queued').length, 0);
      });
    }

    it('reports frames that it cannot read, and goes on', async () => {
      const server = await start();
      const { client, errors } = await opened(server.url);
      const guestId = client.state.guestId ?? assert.fail('no guest');
      for (const frame of ['not JSON', '42', '[]', '{"text":"no type"}', '{"type":"message"}']) {
        server.tell(guestId, frame);
      }
      server.tell(guestId, { type: 'what-is-this' });
      server.say(guestId, 'ai', 'after all that');
      await long(client, 1);
      assert.deepEqual(
        errors,
        Array.from({ length: 5 }, () => 'bad-frame'),
      );
      assert.deepEqual(lines(client), ['ai: after all that']);
    });

    it('can be waited for until it knows the guest', async () => {
      const server = await start({ strict: true });
      const { client } = await opened(server.url, { greets: true });
      await client.send('psst');
      await server.until(() => server.heard.length === 3);
      assert.deepEqual(
        server.heard.map(({ type }) => type),
        ['auth', 'history', 'message'],
      );
    });

    it('can be told everything in other words', async () => {
      const server = await start();
      const { client } = await opened(server.url, {
        commands: {
          hello: [
            { event: 'auth', data: { guestId: '$guestId' } },
            { event: 'page', data: { lang: '$locale' } },
          ],
          send: { event: 'message', data: { text: '$text', from: 'web' } },
        },
        resume: 'none',
      });
      await client.send('psst');
      await server.until(() => server.heard.length === 3);
      assert.deepEqual(
        server.heard.map(({ guestId: _guestId, ...frame }) => frame),
        [{ type: 'auth' }, { type: 'page' }, { type: 'message', text: 'psst', from: 'web' }],
      );
    });
  });

  describe('as docs/backends/plain-websocket.md has it', () => {
    let folder: string;
    let child: ChildProcess | undefined;

    beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'plain-websocket-'))));
    afterEach(async () => {
      await kill();
      rmSync(folder, { recursive: true });
    });

    const code = /```js\n(import [^]*?)```/.exec(PAGE)?.[1] ?? assert.fail('the page has no server');
    const advice = JSON.parse(
      /backend-options='(\{"ack"[^']*)'/.exec(PAGE)?.[1] ?? assert.fail('the page has no advice'),
    ) as WebsocketOptions;

    /** Runs the very text of the page. */
    const launch = async (port = '0'): Promise<{ url: string; port: string }> => {
      child = spawn(process.execPath, ['--input-type=module', '--eval', code], {
        cwd: ROOT,
        env: { ...process.env, PORT: port, FILE: path.join(folder, 'chat.jsonl') },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
      const taken = /on port (\d+)$/.exec(line)?.[1] ?? assert.fail(line);
      return { url: `ws://127.0.0.1:${taken}`, port: taken };
    };
    const kill = async (): Promise<void> => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    };
    const stored = (): string[] =>
      readFileSync(path.join(folder, 'chat.jsonl'), 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as { role: string; text: string })
        .map(({ role, text }) => `${role}: ${text}`);

    it('answers, and hands over to a person who comes and goes', async () => {
      const { url } = await launch();
      const { client, errors } = await opened(url, advice);
      const typing = when(client, (state) => state.typing.length > 0);
      assert.equal((await client.send('Hi')).id, '1');
      await typing;
      await long(client, 2);
      client.escalate();
      await when(client, ({ answering, position }) => answering === 'queued' && position === 1);
      await when(client, ({ answering }) => answering === 'staff');
      assert.equal(staffPresent(client.state)?.name, 'Maya');
      await long(client, 4);
      await client.send('Thanks, bye');
      await when(client, ({ answering }) => answering === 'ai');
      assert.deepEqual(lines(client), stored());
      assert.deepEqual(errors, []);
    });

    it('loses and doubles nothing when it is killed in the middle of everything', async () => {
      const { url, port } = await launch();
      const { client } = await opened(url, advice);
      const fates: Promise<unknown>[] = [];
      for (const round of [1, 2, 3]) {
        fates.push(client.send(`${round}a`), client.send(`${round}b`));
        if (round > 1) await fates.at(-2);
        await kill();
        await lost(client);
        fates.push(client.send(`${round}c`));
        await launch(port);
        client.connect();
        await when(client, ({ connection }) => connection.status === 'online');
      }
      await Promise.all(fates);
      await client.send('last');
      await when(client, ({ messages }) => messages.at(-1)?.text === 'You said: last');
      assert.deepEqual(
        stored().filter((line) => line.startsWith('guest')),
        ['1a', '1b', '1c', '2a', '2b', '2c', '3a', '3b', '3c', 'last'].map((text) => `guest: ${text}`),
      );
      assert.deepEqual(lines(client), stored());
    });

    it('answers pings, and hangs up on strangers', async () => {
      const { url } = await launch();
      const socket = new NodeSocket(url);
      await once(socket, 'open');
      socket.send('{"type":"auth","guestId":"g1"}');
      socket.send('{"type":"ping"}');
      const [pong] = (await once(socket, 'message')) as [Buffer];
      assert.equal(pong.toString(), '{"type":"pong"}');
      socket.close();
      const stranger = new NodeSocket(url);
      await once(stranger, 'open');
      stranger.send('{"type":"history"}');
      assert.equal((await once(stranger, 'close'))[0], 1008);
    });
  });

  it('has only options in its pages that are right', () => {
    const pages = [PAGE, readFileSync(path.join(ROOT, 'docs/backends/websocket.md'), 'utf8')];
    const options = pages.flatMap((page) => [...page.matchAll(/backend-options='([^']*)'/g)]);
    assert.ok(options.length >= 3);
    for (const [, json = ''] of options) {
      websocketBackend({ url: 'ws://x', ...(JSON.parse(json) as WebsocketOptions) });
    }
    assert.deepEqual(JSON.parse(JSON.stringify(plainWebsocket)), plainWebsocket);
  });
});
