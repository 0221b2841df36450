/** What docs/backends shows is run, or looked at by its own compiler; a page that is wrong fails here. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { afterEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { httpBackend, type HttpBackendOptions } from '../../src/backends/http/index.js';
import { socketIoShop } from '../../src/backends/presets/socket-io-shop.js';
import { socketIoBackend } from '../../src/backends/socket-io/index.js';
import type { Backend } from '../../src/backends/backend.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatState } from '../../src/conversation/state.js';
import { freePort, listen } from '../e2e/support/listen.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = path.join(ROOT, 'docs/backends');
const LARAVEL = path.join(ROOT, 'test/e2e/laravel');

interface Snippet {
  readonly page: string;
  readonly language: string;
  readonly text: string;
  /** The file it is said to be. */
  readonly file: string | undefined;
}

const snippets = readdirSync(PAGES)
  .filter((page) => page.endsWith('.md'))
  .flatMap((page) => snippetsOf(page));

function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(path.join(PAGES, page), 'utf8');
  const blocks = text.matchAll(/(?:^\*\*`([^`]+)`\*\*[^\n]*\n\n)?^```(\w+)\n([^]*?)^```$/gm);
  return [...blocks].map(([, file, language, body]) => ({ page, language: language!, text: body!, file }));
}

/** Servers are the snippets that listen. */
const server = (page: string, place = 0): string => {
  const found = snippets.filter((each) => each.page === page && /\.listen\(/.test(each.text))[place];
  return (found ?? assert.fail(`${page} shows no server`)).text;
};

describe('the PHP that the pages show', () => {
  const shown = snippets.filter(({ language }) => language === 'php');

  it('is what the applications of the end-to-end tests are made of, word for word', () => {
    const named = shown.filter(({ file }) => file);
    assert.ok(named.length > 20);
    for (const { page, file, text } of named) {
      const contract = page === 'laravel-server.md' ? 'base' : page.replace(/^laravel-(\w+)\.md$/, '$1');
      assert.equal(text, readFileSync(path.join(LARAVEL, contract, file!), 'utf8'), `${page}: ${file}`);
    }
    const settings = snippets.find(({ file }) => file === '.env');
    assert.equal(settings?.text, readFileSync(path.join(LARAVEL, '.env.example'), 'utf8'));
  });

  it('leaves out no file that a contract has', () => {
    for (const contract of ['chatbot', 'livechat', 'resume']) {
      const files = readdirSync(path.join(LARAVEL, contract), { recursive: true, encoding: 'utf8' });
      const page = `laravel-${contract}.md`;
      assert.deepEqual(
        files.filter((file) => file.endsWith('.php')).toSorted(),
        shown.flatMap((each) => (each.page === page && each.file ? [each.file] : [])).toSorted(),
      );
    }
  });

  it('can be read by PHP, where there is one', { timeout: 30_000 }, () => {
    const { status: found } = spawnSync('php', ['-v']);
    if (found !== 0) return void console.log('PHP snippets: not read, there is no php on this machine');
    for (const { page, text } of shown) {
      const { status, stdout } = spawnSync('php', ['-l'], { input: text, encoding: 'utf8' });
      assert.equal(status, 0, `${page}: ${stdout}\n${text.slice(0, 200)}`);
    }
  });
});

describe('the servers that the pages show', { timeout: 60_000 }, () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  /** Runs one as a process of its own. @returns its address */
  const run = async (script: string, env: Record<string, string> = {}): Promise<string> => {
    // Inside the repository, so that it finds its packages.
    const folder = mkdtempSync(path.join(ROOT, 'node_modules/.snippet-'));
    cleanups.push(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(path.join(folder, 'server.mjs'), script);
    const port = await freePort();
    const child = spawn(process.execPath, [path.join(folder, 'server.mjs')], {
      env: { ...process.env, ...env, PORT: String(port) },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const gone = once(child, 'exit');
    cleanups.push(async () => {
      child.kill('SIGKILL');
      await gone;
    });
    const url = `http://127.0.0.1:${port}`;
    const giveUpAt = performance.now() + 10_000;
    for (;;) {
      assert.equal(child.exitCode, null, 'it has ended');
      try {
        await fetch(url);
        return url;
      } catch (error) {
        if (performance.now() > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };

  const chat = async (backend: Backend): Promise<ChatClient> => {
    const client = new ChatClient({ backend, namespace: 'snippet', persistence: 'none', tabs: false });
    cleanups.push(() => client.destroy());
    await client.start();
    client.connect();
    return client;
  };

  const says = (client: ChatClient, ...texts: string[]): Promise<void> =>
    new Promise((resolve) => {
      const look = ({ messages }: ChatState): void => {
        const settled = messages.every(({ streaming }) => !streaming);
        if (!settled || JSON.stringify(messages.map(({ text }) => text)) !== JSON.stringify(texts)) return;
        queueMicrotask(() => stop());
        resolve();
      };
      const stop = client.subscribe(look);
      look(client.state);
    });

  it('socket-io-shop.md: the socket and its REST twin', async () => {
    const url = await run(server('socket-io-shop.md'));
    const { backendOptions, instead } = socketIoShop;
    for (const backend of [
      socketIoBackend({ url, io, ...backendOptions }),
      httpBackend({ url, ...instead.http.backendOptions }),
    ]) {
      const client = await chat(backend);
      await client.send('Hi');
      await says(client, 'Hi', 'You said: Hi');
    }
    const status = (await (await fetch(`${url}/socket/status`)).json()) as object;
    assert.deepEqual(Object.keys(status), ['status', 'activeConnections', 'timestamp']);
    const preflight = await fetch(`${url}/api/chat/message`, { method: 'OPTIONS' });
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*');
  });

  it('http.md: questions and history, with polling and with events', async () => {
    const url = await run(server('http.md'));
    const messages = { path: '/chat/{guestId}/messages' };
    for (const more of [{ poll: messages }, { events: { path: '/chat/{guestId}/events' } }]) {
      const options: HttpBackendOptions = { routes: { history: messages, ...more } };
      const client = await chat(httpBackend({ url: `${url}/chat`, ...options }));
      await client.send('Hi');
      await says(client, 'Hi', 'You said: Hi');
      // The same guest on another device.
      const { guestId } = client.state;
      const question = { message: 'And?', session_id: guestId, client_id: 'from-elsewhere' };
      const ask = (): Promise<Response> =>
        fetch(`${url}/chat`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(question),
        });
      const [first, again] = [await (await ask()).json(), await (await ask()).json()];
      assert.deepEqual(first, again);
      await says(client, 'Hi', 'You said: Hi', 'And?', 'You said: And?');
    }
  });

  it('http.md: the proxy for a model, whose key no guest sees', async () => {
    const asked: { authorization: string | undefined; body: Record<string, unknown> }[] = [];
    const model = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk: Buffer) => (text += String(chunk)));
      request.on('end', () => {
        asked.push({ authorization: request.headers.authorization, body: JSON.parse(text) as never });
        if (asked.length === 1) return response.writeHead(429, { 'retry-after': '0' }).end('{}');
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const piece = (content: string): string =>
          `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`;
        response.write(piece('Sixty '));
        return response.end(`${piece('days.')}data: [DONE]\n\n`);
      });
    });
    const { url: OPENAI_URL, close } = await listen(model);
    cleanups.push(close);
    const url = await run(server('http.md', 1), { OPENAI_URL, OPENAI_API_KEY: 'the-key' });
    const client = await chat(httpBackend({ url: `${url}/chat/completions` }));
    await client.send('How long can I return it?');
    await says(client, 'How long can I return it?', 'Sixty days.');
    assert.equal(asked[1]?.authorization, 'Bearer the-key');
    const told = asked[1].body['messages'] as { role: string; content: string }[];
    assert.deepEqual(
      told.map(({ role }) => role),
      ['system', 'user'],
    );
    assert.equal(asked[1].body['stream'], true);
  });
});

it('pages link to what is there', () => {
  for (const page of readdirSync(PAGES)) {
    const text = readFileSync(path.join(PAGES, page), 'utf8');
    for (const [, target] of text.matchAll(/\]\(([\w./-]+\.md)(?:#[\w-]+)?\)/g)) {
      assert.ok(existsSync(path.join(PAGES, target!)), `${page} links to ${target}`);
    }
  }
});
