import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { WebSocketServer, WebSocket as NodeSocket } from 'ws';
import { websocketBackend } from '../../src/backends/websocket/index.js';
import type { WebsocketOptions } from '../../src/backends/websocket/wire.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import { staffPresent } from '../../src/conversation/select.js';
import type { ChatState } from '../../src/conversation/state.js';
import { listen } from '../e2e/support/listen.js';

const WebSocket = NodeSocket as unknown as typeof globalThis.WebSocket;
const PAGE = readFileSync(new URL('../../docs/backends/websocket.md', import.meta.url), 'utf8');
/** The attribute of the page's example, as it stands there. */
const EXAMPLE = JSON.parse(
  /backend-options='([^']*)'/.exec(PAGE)?.[1] ?? assert.fail('the page has no example'),
) as WebsocketOptions;

interface Entry {
  no: number;
  by: string;
  body: string;
  at: string;
  ref?: string;
}

/** The help desk of docs/backends/websocket.md. */
class HelpDesk {
  readonly entries: Entry[] = [];
  readonly heard: string[] = [];
  /** Messages whose confirmation is lost with the line. */
  hangUpAfter = new Set<string>();
  readonly #sockets = new Set<NodeSocket>();

  serve(socket: NodeSocket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    socket.on('message', (text: Buffer) => {
      const { event, data } = JSON.parse(text.toString()) as { event: string; data: Record<string, unknown> };
      this.heard.push(event);
      const back = (name: string, answer: object): void =>
        socket.send(JSON.stringify({ event: name, data: answer }));
      if (event === 'knock') socket.send('{"event":"knock"}');
      if (event === 'list') {
        const from = this.entries.findIndex(({ no }) => String(no) === data['since']) + 1;
        back('list', { entries: this.entries.slice(from) });
      }
      if (event === 'call') {
        this.tell('clerk', { name: 'Maya' });
        this.say('clerk', 'Maya here');
      }
      if (event !== 'say') return;
      const { ref, body } = data as { ref: string; body: string };
      const known = this.entries.find((entry) => entry.ref === ref);
      const { no, at } = known ?? this.#keep('visitor', body, ref);
      if (this.hangUpAfter.delete(body)) return socket.terminate();
      back('stored', { ref, no, at });
      if (known) return;
      this.tell('writing', { by: 'robot', on: true });
      this.say('robot', `Noted: ${body}`);
    });
  }

  say(by: string, body: string): void {
    this.tell('entry', this.#keep(by, body));
  }

  tell(event: string, data: object): void {
    for (const socket of this.#sockets) socket.send(JSON.stringify({ event, data }));
  }

  cut(): void {
    for (const socket of this.#sockets) socket.terminate();
  }

  #keep(by: string, body: string, ref?: string): Entry {
    const entry = {
      no: this.entries.length + 1,
      by,
      body,
      at: new Date().toISOString(),
      ...(ref && { ref }),
    };
    this.entries.push(entry);
    return entry;
  }
}

describe('a server described by an attribute', { timeout: 30_000 }, () => {
  let desk: HelpDesk;
  let client: ChatClient;
  let close: () => Promise<void>;

  beforeEach(async () => {
    desk = new HelpDesk();
    const http = createServer();
    new WebSocketServer({ server: http }).on('connection', (socket) => desk.serve(socket));
    const { port, close: end } = await listen(http);
    close = end;
    const url = `ws://127.0.0.1:${port}`;
    client = new ChatClient({
      backend: websocketBackend({ url, WebSocket, ...EXAMPLE }),
      namespace: url,
      persistence: 'none',
      tabs: false,
    });
    await client.start();
    client.connect();
    await when(({ connection, loaded }) => connection.status === 'online' && loaded);
  });
  afterEach(async () => {
    client.destroy();
    desk.cut();
    await close();
  });

  const when = (holds: (state: ChatState) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (state: ChatState): void => {
        if (!holds(state)) return;
        stop();
        resolve();
      };
      const stop = client.subscribe(look);
      if (holds(client.state)) look(client.state);
    });
  const lines = (): string[] => client.state.messages.map(({ role, text }) => `${role}: ${text}`);

  it('is told who calls, asked for the history, and answers', async () => {
    const typing = when((state) => state.typing.length === 1);
    const { id, delivery } = await client.send('Hi');
    assert.deepEqual([id, delivery], ['1', 'sent']);
    await typing;
    await when(({ messages }) => messages.length === 2);
    assert.deepEqual(lines(), ['guest: Hi', 'ai: Noted: Hi']);
    assert.deepEqual(client.state.typing, []);
    assert.deepEqual(desk.heard, ['enter', 'list', 'say']);
  });

  it('sends a person', async () => {
    client.escalate();
    await when(({ messages }) => messages.length === 2);
    assert.equal(client.state.answering, 'staff');
    assert.equal(staffPresent(client.state)?.name, 'Maya');
    assert.deepEqual(
      client.state.messages.map(({ role, event, text }) => [role, event, text]),
      [
        ['system', 'staff-joined', ''],
        ['staff', undefined, 'Maya here'],
      ],
    );
  });

  it('stores once what it is sent twice, and misses nothing', async () => {
    await client.send('one');
    await when(({ messages }) => messages.length === 2);
    desk.hangUpAfter.add('two');
    const fate = client.send('two');
    await when(({ connection }) => connection.status === 'reconnecting');
    desk.say('clerk', 'said while nobody listened');
    client.connect();
    assert.equal((await fate).id, '3');
    await client.send('three');
    await when(({ messages }) => messages.length === 6);
    assert.deepEqual(lines(), [
      'guest: one',
      'ai: Noted: one',
      'guest: two',
      'staff: said while nobody listened',
      'guest: three',
      'ai: Noted: three',
    ]);
    assert.equal(desk.entries.length, 6);
  });
});
