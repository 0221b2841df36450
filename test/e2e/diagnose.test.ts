/** What goes wrong on real pages, told by `diagnose()`: only a real browser has a policy, CORS and 1006. */
import { createServer } from 'node:http';
import type { Page } from '@playwright/test';
import type { Diagnosis } from '../../src/index.js';
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { LaravelServer } from './support/laravel-server.js';
import { freePort, listen } from './support/listen.js';

const widget = (attributes: string): string =>
  `<script type="module" src="/chat-widget.js"></script><chat-widget ${attributes}></chat-widget>`;

/** A diagnosis as it comes out of the page, by way of JSON, and its report. */
const diagnosed = (page: Page): Promise<{ diagnosis: Diagnosis; report: string }> =>
  page.evaluate(async () => {
    const found = await document.querySelector('chat-widget')!.diagnose();
    return { diagnosis: JSON.parse(JSON.stringify(found)) as Diagnosis, report: String(found) };
  });

/** Waits until something was tried and came to nothing. */
const failed = (page: Page): Promise<void> =>
  expect(page.locator('chat-widget')).toHaveAttribute('data-status', /reconnecting|failed/);

test('all is well', async ({ page, site, tap }) => {
  await page.goto(site.page(widget(`url="${tap.url}"`)));
  const before = await diagnosed(page);
  expect(before.diagnosis).toMatchObject({ status: 'idle', provider: null, attempts: [] });
  expect(tap.connections).toHaveLength(0);

  const chat = new Chat(page);
  await chat.open();
  await expect(chat.host).toHaveAttribute('data-status', 'online');
  await chat.say('Can I still return my tent?');
  await expect.poll(async () => (await chat.entries()).at(-1)?.role).toBe('ai');
  const { diagnosis, report } = await diagnosed(page);
  expect(diagnosis).toMatchObject({
    status: 'online',
    provider: 'websocket',
    attempts: [{ transport: 'websocket', url: `${tap.url}/`, outcome: 'open', ms: expect.any(Number) }],
    checks: [],
    ignored: [],
    faults: [],
    skewMs: expect.any(Number),
    hints: ['All is well: the line is open by websocket, and nothing odd was seen.'],
  });
  expect(report).toContain('status    online\nprovider  websocket\n');
  expect(tap.connections).toHaveLength(1);
});

test('a policy of the page that lacks the host', async ({ page, site, tap }) => {
  const policy = `default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:`;
  await page.goto(site.page(widget(`url="${tap.url}" open`), { 'content-security-policy': policy }));
  await failed(page);
  const { diagnosis } = await diagnosed(page);
  const { host } = new URL(tap.url);
  expect(diagnosis.checks).toEqual([{ url: `${tap.url}/`, outcome: 'csp' }]);
  expect(diagnosis.hints[0]).toContain(`add ws://${host} to connect-src`);
  expect(tap.connections).toHaveLength(0);
});

test('a server that sends no CORS headers for this page', async ({ page, site }) => {
  const server = await LaravelServer.start({ contract: 'livechat', origin: 'https://elsewhere.test' });
  await page.goto(site.page(widget(`preset="laravel-livechat" url="${server.url}" open`)));
  await failed(page);
  const { diagnosis, report } = await diagnosed(page);
  const url = `${server.url}/api/conversations`;
  expect(diagnosis.attempts[0]).toMatchObject({ transport: 'http', url, outcome: 'lost' });
  expect(diagnosis.checks).toEqual([{ url, outcome: 'unreadable' }]);
  expect(diagnosis.hints[0]).toContain(`CORS: ${url} answers, but does not let ${site.url} read it`);
  expect(report).toContain(`${url}  unreadable`);
  await server.stop();
});

test('an event under another name on the channel', async ({ page, site }) => {
  const server = await LaravelServer.start({ contract: 'livechat' });
  const reverb = { key: server.host.key, host: '127.0.0.1', port: server.port };
  const options = JSON.stringify({ reverb, namespace: 'App\\Events' });
  const attributes = `preset="laravel-livechat" url="${server.url}" backend-options='${options}'`;
  await page.goto(site.page(widget(attributes)));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hi');
  await expect(chat.bubble('You said: Hi')).toBeVisible();
  const channel = 'private-conversation.100';
  for (const id of [7, 8, 9]) {
    server.host.broadcast(channel, 'Chat\\Events\\MessageSent', { message: { id, content: 'Hello?' } });
  }
  await expect
    .poll(async () => (await diagnosed(page)).diagnosis.ignored)
    .toEqual([{ event: 'Chat\\Events\\MessageSent', count: 3 }]);
  const { diagnosis } = await diagnosed(page);
  expect(diagnosis).toMatchObject({ status: 'online', provider: 'reverb', channel });
  expect(diagnosis.hints).toHaveLength(1);
  expect(diagnosis.hints[0]).toMatch(
    /^The server says Chat\\Events\\MessageSent 3 times, and known are MessageSent, App\\Events\\MessageSent, message\.sent, .*: it looks like MessageSent, spelled otherwise/,
  );
  const token = server.conversations[0]!.token;
  expect(JSON.stringify(diagnosis)).not.toContain(token);
  await server.stop();
});

test('a channel that is not authorised', async ({ page, site }) => {
  const server = await LaravelServer.start({ contract: 'livechat' });
  const reverb = { key: server.host.key, host: '127.0.0.1', port: server.port };
  const options = JSON.stringify({ reverb, channel: 'someone-elses.{conversationId}' });
  const attributes = `preset="laravel-livechat" url="${server.url}" backend-options='${options}' open`;
  await page.goto(site.page(widget(attributes)));
  const chat = new Chat(page);
  await expect(chat.host).toHaveAttribute('data-status', 'online');
  const { diagnosis } = await diagnosed(page);
  expect(diagnosis.provider).toBe('polling');
  expect(diagnosis.hints).toEqual([
    expect.stringMatching(/^The channel authorisation answered 403: .*routes\/channels\.php/),
    expect.stringMatching(/^The chat goes on by polling, since reverb did not open/),
  ]);
  await server.stop();
});

test('a host without WebSocket, and one that is not there', async ({ page, site }) => {
  const plain = await listen(createServer((_request, response) => void response.writeHead(404).end()));
  const url = `${plain.url.replace('http', 'ws')}/chat`;
  await page.goto(site.page(widget(`url="${url}" open`)));
  await failed(page);
  const there = await diagnosed(page);
  expect(there.diagnosis.attempts[0]).toMatchObject({ url, outcome: 'lost', code: 1006 });
  expect(there.diagnosis.checks).toEqual([{ url, outcome: 'no-upgrade' }]);
  expect(there.diagnosis.hints[0]).toMatch(/answers HTTP, but no WebSocket opens/);
  await plain.close();

  const port = await freePort();
  await page.goto(site.page(widget(`url="ws://127.0.0.1:${port}/chat" open`)));
  await failed(page);
  const { diagnosis } = await diagnosed(page);
  expect(diagnosis.checks).toEqual([{ url: `ws://127.0.0.1:${port}/chat`, outcome: 'silent' }]);
  expect(diagnosis.hints[0]).toContain(`Nothing answers at 127.0.0.1, port ${port}`);
});

test('no address', async ({ page, site }) => {
  await page.goto(site.page(widget('')));
  const { diagnosis } = await diagnosed(page);
  expect(diagnosis).toMatchObject({ status: 'idle', provider: null, attempts: [] });
  expect(diagnosis.hints).toEqual([expect.stringContaining('set the attribute url')]);
});
