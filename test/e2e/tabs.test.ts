/** Several tabs of one guest: one line, one conversation, and somebody who takes over when the tab with the line goes. */
import type { BrowserContext, Page } from '@playwright/test';
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import type { Site } from './support/site.js';
import type { Wiretap } from './support/wiretap.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

/** Opens a tab with an open chat. */
async function openTab(context: BrowserContext, address: string): Promise<Chat> {
  const page = await context.newPage();
  await page.goto(address);
  const chat = new Chat(page);
  await chat.open();
  return chat;
}

/** A tab that has the line and one that looks on, after a first exchange. */
async function twoTabs(
  context: BrowserContext,
  site: Site,
  tap: Wiretap,
): Promise<{ first: Chat; second: Chat; address: string }> {
  const address = site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`);
  const first = await openTab(context, address);
  await first.say('Hello');
  await answered(first);
  const second = await openTab(context, address);
  await expect.poll(() => second.lines()).toEqual(await first.lines());
  expect(tap.connections).toHaveLength(1);
  return { first, second, address };
}

const answered = (chat: Chat): Promise<void> =>
  expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });

/** The second tab goes on alone: what it says arrives once. */
async function goesOn(second: Chat, tap: Wiretap, text: string): Promise<void> {
  await second.say(text);
  await expect.poll(() => second.state(text)).toMatch(/sent|delivered|read/);
  await answered(second);
  expect((await second.lines()).filter((line) => line === `You: ${text}`)).toHaveLength(1);
  const ids = tap.sent('send').filter((frame) => frame['text'] === text);
  expect(new Set(ids.map(({ clientId }) => clientId)).size).toBe(1);
  await expect.poll(() => second.read((widget) => widget.status)).toBe('online');
}

const open = (tap: Wiretap): number => tap.connections.filter((line) => line.closedWith === undefined).length;

test('one line serves all tabs, and what is said in one is in all', async ({ context, site, tap }) => {
  const { first, second, address } = await twoTabs(context, site, tap);
  await second.say('Can I still return my tent?');
  await expect.poll(() => second.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  await answered(first);
  await expect.poll(() => first.lines()).toEqual(await second.lines());
  const third = await openTab(context, address);
  await expect.poll(() => third.lines()).toEqual(await second.lines());
  expect(tap.connections).toHaveLength(1);
  expect(tap.sent('hello')).toHaveLength(1);
  expect(tap.sent('send')).toHaveLength(2);
});

test('two widgets of one page share their line, too', async ({ page, site, tap }) => {
  const widget = `<chat-widget url="${tap.url}"></chat-widget>`;
  await page.goto(site.page(widget + widget.replace('>', ' position="start">') + SCRIPT));
  const [first, second] = [new Chat(page, 'chat-widget >> nth=0'), new Chat(page, 'chat-widget >> nth=1')];
  await first.read((element) => element.show());
  await first.say('Hello');
  await answered(first);
  await second.read((element) => element.connect());
  await expect.poll(() => second.read((element) => element.messages.length)).toBe(2);
  expect(tap.connections).toHaveLength(1);
});

test('read in one tab is read in all', async ({ context, site, tap, server }) => {
  const { first, second } = await twoTabs(context, site, tap);
  await first.page.getByRole('button', { name: 'Close chat' }).first().click();
  await second.page.getByRole('button', { name: 'Close chat' }).first().click();
  const [conversation] = server.chat.conversations;
  conversation!.store({ role: 'staff', text: 'One more thing', author: { id: 'maya', role: 'staff' } });
  const unread = (chat: Chat): Promise<number> => chat.read((widget) => widget.unread);
  await expect.poll(() => unread(first)).toBe(1);
  await expect.poll(() => unread(second)).toBe(1);
  await (second.page as Page).bringToFront();
  await second.open();
  await expect.poll(() => unread(second)).toBe(0);
  await expect.poll(() => unread(first)).toBe(0);
  expect(await first.read((widget) => widget.open)).toBe(false);
});

test('the tab with the line is closed: the other goes on', async ({ context, site, tap }) => {
  const { first, second } = await twoTabs(context, site, tap);
  await (first.page as Page).close();
  await goesOn(second, tap, 'Can I still return my tent?');
  expect(open(tap)).toBe(1);
});

test('the tab with the line crashes: the other goes on', async ({ context, site, tap }) => {
  const { first, second } = await twoTabs(context, site, tap);
  const page = first.page as Page;
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  devtools.send('Page.crash').catch(() => {});
  await crashed;
  await goesOn(second, tap, 'Can I still return my tent?');
  expect(open(tap)).toBe(1);
});

test('the tab with the line is frozen: the other goes on, and takes it in again', async ({
  context,
  site,
  tap,
}) => {
  const { first, second } = await twoTabs(context, site, tap);
  const devtools = await context.newCDPSession(first.page as Page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await goesOn(second, tap, 'Can I still return my tent?');
  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect.poll(() => first.lines()).toEqual(await second.lines());
  await expect.poll(() => first.read((widget) => widget.status)).toBe('online');
  expect(open(tap)).toBe(1);
});

test('the tab with the line hangs: the other takes over, and nothing is doubled when it wakes', async ({
  context,
  site,
  tap,
}) => {
  const { first, second } = await twoTabs(context, site, tap);
  await (second.page as Page).bringToFront();
  const hanging = (first.page as Page).evaluate(() => {
    const end = performance.now() + 6000;
    while (performance.now() < end);
  });
  await goesOn(second, tap, 'Can I still return my tent?');
  await hanging;
  await expect.poll(() => first.lines()).toEqual(await second.lines());
  await expect.poll(() => open(tap)).toBe(1);
  await goesOn(first, tap, 'And a stove?');
  await expect.poll(() => second.lines()).toEqual(await first.lines());
});

test('what a tab wrote in an outage goes out although the tab is gone', async ({ context, site, tap }) => {
  const { first, second } = await twoTabs(context, site, tap);
  await context.setOffline(true);
  await second.say('Can I still return my tent?');
  await expect.poll(() => first.state('Can I still return my tent?')).toBe('queued');
  await (second.page as Page).close();
  await context.setOffline(false);
  await expect.poll(() => first.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  expect(tap.sent('send').filter(({ text }) => text === 'Can I still return my tent?')).toHaveLength(1);
});

test('reset in one tab forgets in all, and leaves nothing behind', async ({ context, site, tap }) => {
  const { first, second } = await twoTabs(context, site, tap);
  await second.read((widget) => widget.reset());
  for (const chat of [first, second]) {
    await expect.poll(() => chat.read((widget) => widget.messages.length)).toBe(0);
  }
  const left = await (second.page as Page).evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys().catch(() => []),
  }));
  expect(left).toEqual({ databases: [], local: [], session: [], caches: [] });
  await first.say('A new guest');
  await answered(first);
  await expect.poll(() => second.lines()).toEqual(await first.lines());
  const hello = tap.sent('hello').at(-1)!;
  expect(hello).not.toHaveProperty('resumeToken');
  expect(hello['guestId']).not.toBe(tap.sent('hello')[0]!['guestId']);
});

test('another login has another line and sees nothing of the former guest', async ({
  context,
  site,
  tap,
}) => {
  const page = (guest: string): string =>
    site.page(`<chat-widget url="${tap.url}" guest-id="${guest}"></chat-widget>${SCRIPT}`);
  const ann = await openTab(context, page('ann'));
  await ann.say('This is Ann');
  await answered(ann);
  const bob = await openTab(context, page('bob'));
  await bob.say('This is Bob');
  await answered(bob);
  expect((await bob.lines()).filter((line) => line.includes('Ann'))).toEqual([]);
  expect((await ann.lines()).filter((line) => line.includes('Bob'))).toEqual([]);
  expect(tap.connections).toHaveLength(2);
});

test('without Web Locks each tab connects for itself, and nothing is doubled', async ({
  context,
  site,
  tap,
}) => {
  await context.addInitScript(() => {
    Object.defineProperty(Navigator.prototype, 'locks', { value: undefined });
  });
  const address = site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`);
  const first = await openTab(context, address);
  await first.say('Hello');
  await answered(first);
  const second = await openTab(context, address);
  await expect.poll(() => second.lines()).toEqual(await first.lines());
  expect(tap.connections).toHaveLength(2);
  await context.setOffline(true);
  await first.say('From the first');
  await second.say('From the second');
  await expect.poll(() => second.state('From the second')).toBe('queued');
  await (second.page as Page).close();
  await context.setOffline(false);
  const both = ['From the first', 'From the second'];
  for (const text of both) {
    await expect
      .poll(async () => (await first.lines()).filter((line) => line === `You: ${text}`))
      .toHaveLength(1);
    await expect.poll(() => first.state(text)).toMatch(/sent|delivered|read/);
  }
  for (const text of both) expect(tap.sent('send').filter((frame) => frame['text'] === text)).toHaveLength(1);
});
