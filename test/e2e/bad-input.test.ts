/** What pages and networks get wrong: the guest sees a plain notice or nothing, the page hears of it, nothing is thrown. */
import type { Page } from '@playwright/test';
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { freePort } from './support/listen.js';
import { watch, type Watch } from './support/watch.js';
import { startWiretap } from './support/wiretap.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

/** What the page has put into the element, so that nobody is left at a dead end. */
const MAIL = '<a href="mailto:help@fernway.example">Write to us</a>';

async function goTo(page: Page, address: string): Promise<Watch> {
  const watched = await watch(page);
  await page.goto(address);
  return watched;
}

/** Told with a code, at most one line in the console, nothing thrown. */
async function expectCalm(watched: Watch, code: string): Promise<void> {
  await expect.poll(() => watched.chatErrors()).toContain(code);
  expect(watched.errors).toEqual([]);
  expect(watched.console.length, watched.console.join('\n')).toBeLessThanOrEqual(1);
}

test('no url', async ({ page, site }) => {
  const watched = await goTo(
    page,
    site.page(`<chat-widget heading="Fernway support">${MAIL}</chat-widget>${SCRIPT}`),
  );
  const chat = new Chat(page);
  await chat.launcher.click();
  await expect(chat.panel).toContainText('We can’t reach the chat.');
  await expect(page.getByRole('link', { name: 'Write to us' })).toBeVisible();
  await expectCalm(watched, 'url-missing');
});

for (const [what, url] of [
  ['no address at all', 'wss://['],
  ['another scheme', 'ftp://fernway.example/chat'],
] as const) {
  test(`a wrong url: ${what}`, async ({ page, site }) => {
    const watched = await goTo(page, site.page(`<chat-widget url="${url}">${MAIL}</chat-widget>${SCRIPT}`));
    const chat = new Chat(page);
    await chat.launcher.click();
    await expect(chat.panel).toContainText('We can’t reach the chat.');
    await expect(page.getByRole('link', { name: 'Write to us' })).toBeVisible();
    await expectCalm(watched, 'url-invalid');
  });
}

test('an unknown backend', async ({ page, site }) => {
  const watched = await goTo(
    page,
    site.page(`<chat-widget url="wss://fernway.example/chat" backend="pigeons"></chat-widget>${SCRIPT}`),
  );
  const chat = new Chat(page);
  await chat.launcher.click();
  await expect(chat.panel).toContainText('We can’t reach the chat.');
  await expectCalm(watched, 'backend-unknown');
});

test('a wss: address that refuses, on an http: page', async ({ page, site }) => {
  const watched = await goTo(
    page,
    site.page(`<chat-widget url="wss://127.0.0.1:${await freePort()}/chat"></chat-widget>${SCRIPT}`),
  );
  const chat = new Chat(page);
  await chat.open();
  await expect(chat.notice).toContainText('Reconnecting…');
  await expect(chat.button('Try now')).toBeVisible();
  await chat.say('Is anybody there?');
  await expect.poll(() => chat.state('Is anybody there?')).toBe('queued');
  await expectCalm(watched, 'connection');
});

test('a server that never greets', async ({ page, site }) => {
  const silent = await startWiretap();
  await page.clock.install();
  const watched = await goTo(page, site.page(`<chat-widget url="${silent.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await chat.open();
  await expect.poll(() => silent.sent('hello')).toHaveLength(1);
  await page.clock.runFor(5_000);
  await expect(chat.host).toHaveAttribute('data-status', 'reconnecting');
  await expect.poll(() => silent.connections[0]?.closedWith?.code).toBe(1000);
  await page.clock.runFor(2_500);
  await expect(chat.notice).toContainText('Reconnecting…');
  await expectCalm(watched, 'connection');
  await silent.close();
});

test('storage denied: the chat works for the life of the page', async ({ page, site, tap }) => {
  // A sandboxed frame has an origin of its own, for which the browser denies every storage.
  const inner = site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`);
  const watched = await watch(page);
  await page.goto(
    site.page(`<iframe sandbox="allow-scripts" src="${inner}" width="480" height="640"></iframe>`),
  );
  const frame = page.frames()[1]!;
  const denied = await frame.evaluate(() => {
    try {
      return localStorage.length;
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(denied).toBe('SecurityError');
  const chat = new Chat(frame);
  await chat.open();
  await chat.say('Can I still return my tent?');
  await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  expect(tap.sent('send')).toHaveLength(1);
  expect(await frame.evaluate(() => (globalThis as unknown as { chatErrors: string[] }).chatErrors)).toEqual([
    'storage',
  ]);
  expect(watched.errors).toEqual([]);
  expect(watched.console.length, watched.console.join('\n')).toBeLessThanOrEqual(1);
});

test('two copies of the script', async ({ page, site, tap }) => {
  const copy = '<script type="module" src="/copy/chat-widget.js"></script>';
  const watched = await goTo(page, site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}${copy}`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Can I still return my tent?');
  await expect.poll(() => chat.lines()).toContain('You: Can I still return my tent?');
  await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  expect(tap.connections).toHaveLength(1);
  expect(tap.sent('send')).toHaveLength(1);
  await expectCalm(watched, 'already-defined');
});
