/**
 * `chat-widget-element mock` as a process, by the clients that people have. This file is long because each wire is looked at through
 * its official client.
 */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'node:test';
import Echo from 'laravel-echo';
import Pusher from 'pusher-js';
import { io, type Socket } from 'socket.io-client';
import { WebSocket } from 'ws';
import { ChatClient } from '../../src/conversation/chat-client.js';
import { nativeBackend } from '../../src/backends/native/index.js';
import { replay, type LogEntry } from '../../src/testing/index.js';
import { runMock, startMock, type MockProcess } from './mock-process.js';

type Data = Record<string, unknown>;

const STORY = {
  name: 'parrot',
  people: { maya: { name: 'Maya' } },
  triggers: [
    { on: 'message', text: 'Bye', steps: [{ say: 'Goodbye' }, { fault: 'drop' }] },
    { on: 'message', steps: [{ typing: true }, { stream: 'You said {{text}}', wordMs: 1 }] },
    { on: 'escalate', steps: [{ queue: 2 }, { join: 'maya' }, { say: 'Hi, I am Maya.', by: 'maya' }] },
  ],
};

describe('the command mock', { timeout: 60_000 }, () => {
  let folder: string;
  let story: string;
  let server: MockProcess;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'mock-command-'));
    story = path.join(folder, 'parrot.json');
    await writeFile(story, JSON.stringify(STORY));
    server = await startMock('--scenario', story, '--seed', '7', '--verbose', '--personality', 'reverb');
  });
  after(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  it('says what is where', () => {
    const said = server.printed();
    assert.match(said, /playing parrot/);
    for (const part of [
      `ws://127.0.0.1:${server.port}/chat`,
      `${server.url}/socket.io/`,
      `ws://127.0.0.1:${server.port}/app/app-key`,
      `${server.url}/broadcasting/auth`,
    ]) {
      assert.ok(said.includes(part), `${part} in\n${said}`);
    }
  });

  it('speaks docs/protocol.md over WebSocket, and prints the frames', async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/chat`, 'chat-widget.v1');
    const told: Data[] = [];
    const heard = (type: string): Promise<Data> =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = told.find((event) => event['type'] === type);
          if (found) resolve(found);
        };
        socket.on('message', look);
        socket.on('close', () => reject(new Error(`closed before "${type}"`)));
        look();
      });
    socket.on('message', (data: Buffer) => told.push(JSON.parse(data.toString('utf8')) as Data));
    await new Promise((resolve) => socket.once('open', resolve));
    assert.equal(socket.protocol, 'chat-widget.v1');
    socket.send(JSON.stringify({ type: 'hello', protocol: 1, guestId: 'by-ws' }));
    await heard('history');
    socket.send(JSON.stringify({ type: 'send', clientId: 'a', text: 'Polly' }));
    assert.equal(((await heard('message'))['message'] as Data)['text'], 'You said Polly');
    await server.says(/#\d+ > .*"text":"Polly"/);
    await server.says(/#\d+ < .*"type":"ack"/);
    // A fault of the story is one of this server.
    const ended = new Promise((resolve) => socket.once('close', resolve));
    socket.send(JSON.stringify({ type: 'send', clientId: 'b', text: 'Bye' }));
    assert.equal(await ended, 1006);
  });

  for (const transports of [['polling', 'websocket'], ['websocket']]) {
    it(`speaks Socket.IO to its official client, by ${transports[0]}`, async () => {
      const socket: Socket = io(server.url, { transports, forceNew: true });
      try {
        const welcome = new Promise<Data>((resolve) => socket.once('welcome', resolve));
        const answer = new Promise<Data>((resolve) => socket.once('message', resolve));
        await new Promise((resolve, reject) => {
          socket.once('connect', () => resolve(undefined));
          socket.once('connect_error', reject);
        });
        assert.equal(socket.io.engine.transport.name, transports[0]);
        socket.emit('hello', { protocol: 1, guestId: `by-${transports[0]}` });
        assert.equal(typeof (await welcome)['conversationId'], 'string');
        const ack = (await socket.emitWithAck('send', { clientId: 'a', text: 'Polly' })) as Data;
        assert.equal(typeof ack['id'], 'string');
        assert.equal(((await answer)['message'] as Data)['text'], 'You said Polly');
      } finally {
        socket.disconnect();
      }
    });
  }

  it('refuses a poll of nobody', async () => {
    const answers = await Promise.all(
      ['EIO=4&transport=polling&sid=nobody', 'EIO=3&transport=polling', 'EIO=4&transport=pigeon'].map(
        (query) =>
          fetch(`${server.url}/socket.io/?${query}`).then(async (answer) => [
            answer.status,
            ((await answer.json()) as Data)['code'],
          ]),
      ),
    );
    assert.deepEqual(answers, [
      [400, 1],
      [400, 5],
      [400, 0],
    ]);
  });

  it('speaks to laravel-echo and pusher-js: HTTP up, signed channels down', async () => {
    const post = async (route: string, body: Data): Promise<Data> => {
      const answer = await fetch(server.url + route, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      return (await answer.json()) as Data;
    };
    const { conversationId } = await post('/api/chat/start', { guest_id: 'by-echo' });
    const client = new Pusher('app-key', {
      cluster: '',
      wsHost: '127.0.0.1',
      wsPort: server.port,
      forceTLS: false,
      enabledTransports: ['ws'],
      channelAuthorization: { endpoint: `${server.url}/broadcasting/auth`, transport: 'ajax' },
    });
    try {
      const echo = new Echo({ broadcaster: 'reverb', key: 'app-key', client });
      const channel = echo.private(`conversation.${String(conversationId)}`);
      const told = new Promise<Data>((resolve) => channel.listen('.message', resolve));
      await new Promise((resolve, reject) => {
        channel.subscribed(() => resolve(undefined));
        channel.error(reject);
      });
      await post(`/api/chat/${String(conversationId)}/messages`, { content: 'Polly', client_id: 'a' });
      assert.equal(((await told)['message'] as Data)['text'], 'You said Polly');
    } finally {
      client.disconnect();
    }
  });

  it('speaks HTTP with server-sent events, to pages of any origin', async () => {
    const origin = 'https://shop.example';
    const preflight = await fetch(`${server.url}/chat`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-headers': 'content-type, x-own' },
    });
    assert.equal(preflight.headers.get('access-control-allow-origin'), origin);
    assert.match(preflight.headers.get('access-control-allow-headers')!, /x-own/);
    const leaving = new AbortController();
    const events = await fetch(`${server.url}/chat/by-sse/events`, { signal: leaving.signal });
    assert.match(events.headers.get('content-type')!, /event-stream/);
    const reader = events.body!.pipeThrough(new TextDecoderStream()).getReader();
    const posted = await fetch(`${server.url}/chat`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Polly', session_id: 'by-sse', client_id: 'a' }),
    });
    assert.equal(posted.status, 201);
    let text = '';
    while (!text.includes('You said Polly')) text += (await reader.read()).value ?? '';
    leaving.abort();
    const page = (await (await fetch(`${server.url}/chat/by-sse/messages`)).json()) as { messages: Data[] };
    assert.deepEqual(
      page.messages.map((message) => message['text']),
      ['Polly', 'You said Polly'],
    );
  });

  it('has a page to try it on, and only the widget’s own files beside it', async () => {
    const page = await (await fetch(server.url)).text();
    assert.match(page, /<chat-widget url="\/chat"/);
    assert.match(page, /playing parrot/);
    for (const file of ['../package.json', '%2e%2e%2fpackage.json', 'command.js', 'testing.js']) {
      assert.equal((await fetch(`${server.url}/widget/${file}`)).status, 404, file);
    }
  });

  it('writes a log that replay() reads', async () => {
    const log = path.join(folder, 'log.json');
    const recorder = await startMock('--scenario', story, '--log', log);
    const client = new ChatClient({
      backend: nativeBackend({ url: `ws://127.0.0.1:${recorder.port}/chat`, WebSocket: WebSocket as never }),
      namespace: 'log',
      persistence: 'none',
    });
    await client.start();
    await client.send('Polly');
    while (client.state.messages.at(-1)?.text !== 'You said Polly') {
      await new Promise((resolve) => client.subscribe(() => resolve(undefined)));
    }
    client.destroy();
    assert.equal(await recorder.stop(), 0);
    const entries = JSON.parse(await readFile(log, 'utf8')) as LogEntry[];
    assert.deepEqual(
      replay(entries).deeds.map(({ command }) => command.type),
      ['send'],
    );
  });

  it('ends with 1 where what nobody took is a failure, and names it', async () => {
    const strict = await startMock(
      '--scenario',
      path.join(folder, 'silent.json'),
      '--unmatched',
      'fail',
    ).catch((error: Error) => error);
    assert.ok(
      strict instanceof Error && /silent\.json cannot be read: ENOENT/.test(strict.message),
      String(strict),
    );
    await writeFile(
      path.join(folder, 'silent.json'),
      JSON.stringify({ name: 'silent', triggers: [{ on: 'message', text: 'Yes', steps: [] }] }),
    );
    const silent = await startMock('--scenario', path.join(folder, 'silent.json'), '--unmatched', 'fail');
    const socket = new WebSocket(`ws://127.0.0.1:${silent.port}/chat`);
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ type: 'hello', protocol: 1, guestId: 'g' }));
    socket.send(JSON.stringify({ type: 'send', clientId: 'a', text: 'No' }));
    socket.send(JSON.stringify({ type: 'ping', t: 1 }));
    await new Promise<void>((resolve) =>
      socket.on('message', (data: Buffer) => String(data).includes('pong') && resolve()),
    );
    assert.equal(await silent.stop(), 1);
  });

  it('tells what is wrong in a file, with the path to it', async () => {
    const broken = path.join(folder, 'broken.json');
    await writeFile(
      broken,
      JSON.stringify({ ...STORY, triggers: [{ on: 'message', steps: [{ sya: 'x' }] }] }),
    );
    const { code, err, out } = await runMock('--scenario', broken);
    assert.equal(code, 1);
    assert.match(err, /broken\.json cannot be played/);
    assert.match(err, /parrot: triggers\[0\]\.steps\[0\].*did you mean "say"\?/);
    assert.equal(out, '');
  });

  it('tells which names there are, which options, and that a port is taken', async () => {
    const results = await Promise.all([
      runMock('--scenario', 'staff-escalaton'),
      runMock('--unmatched', 'shout'),
      runMock('--prot', '1'),
      runMock('--port', String(server.port)),
      runMock('--help'),
    ]);
    const [unknown, option, flag, port, help] = results;
    assert.match(unknown!.err, /"staff-escalaton".*busy-queue/);
    assert.match(option!.err, /--unmatched is one of warn, fail, echo, ignore, not "shout"/);
    assert.match(flag!.err, /--prot/);
    assert.match(port!.err, /EADDRINUSE/);
    assert.match(help!.out, /--scenario NAME\|FILE/);
    assert.match(help!.out, /staff-escalation +\S/);
    assert.deepEqual(
      results.map(({ code }) => code),
      [1, 1, 1, 1, 0],
    );
  });
});
