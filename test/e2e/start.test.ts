/** What a widget costs a page before anybody uses it, and while nobody looks at it. */
import type { Page, Route } from '@playwright/test';
import { startChatServer } from '../../server/chat-server.js';
import type { ChatWidget } from '../../src/index.js';
import { aiReply } from '../../src/testing/index.js';
import { setVisible } from './support/browser-faults.js';
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { deedsOf, holdingsOf, keepBooks } from './support/holdings.js';
import { watch } from './support/watch.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

/** A whole answer takes its time on a busy machine. */
const SLOWLY = { timeout: 20_000 };

/** Scripts of the widget that the page has asked for, without their hashes. */
const scriptsIn = (requests: readonly string[]): string[] =>
  requests.flatMap((url) => /\/(chat-widget[\w-]*?)(?:-[\w-]{8})?\.js$/.exec(url)?.[1] ?? []);

/** Something that has moved without anybody's doing, as the browser tells it. */
interface Shift {
  readonly value: number;
  readonly sources: readonly { readonly previousRect: DOMRect; readonly currentRect: DOMRect }[];
}

/** Everything that has moved in the page since it was opened. */
const shiftsIn = (page: Page): Promise<Shift[]> =>
  page.evaluate(
    () =>
      new Promise<Shift[]>((resolve) => {
        const seen: Shift[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            const { hadRecentInput } = entry as PerformanceEntry & { hadRecentInput: boolean };
            if (!hadRecentInput) seen.push(entry.toJSON() as Shift);
          }
        }).observe({ type: 'layout-shift', buffered: true });
        // What is buffered is told in a task of its own, after the next frame.
        requestAnimationFrame(() => setTimeout(() => resolve(seen)));
      }),
  );

/** Counts how often the widget and what is in it is drawn from now on. */
const countDrawings = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const books = globalThis as unknown as { drawings: number };
    books.drawings = 0;
    const widget = document.querySelector('chat-widget')! as ChatWidget;
    for (const element of [widget, ...widget.shadowRoot!.querySelectorAll('*')]) {
      (element as Partial<ChatWidget>).addController?.({ hostUpdated: () => void (books.drawings += 1) });
    }
  });
const drawingsIn = (page: Page): Promise<number> =>
  page.evaluate(() => (globalThis as unknown as { drawings: number }).drawings);

test('a closed launcher is one file; the rest comes when a pointer comes near', async ({
  page,
  site,
  tap,
}) => {
  const watched = await watch(page);
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  const chat = new Chat(page);
  await expect(chat.launcher).toBeVisible();
  await page.waitForLoadState('networkidle');
  expect(scriptsIn(watched.requests)).toEqual(['chat-widget', 'chat-widget-core']);
  await chat.launcher.hover();
  await expect.poll(() => scriptsIn(watched.requests)).toContain('chat-widget-panel');
  expect(tap.connections).toHaveLength(0);
});

test('a page that does not speak English, and one that was visited, get what they need by themselves', async ({
  page,
  site,
  tap,
}) => {
  await page.goto(site.page(`${SCRIPT}<div lang="de"><chat-widget url="${tap.url}"></chat-widget></div>`));
  const chat = new Chat(page);
  await expect(chat.launcher).toHaveText('Chat öffnen');
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  await expect(chat.launcher).toHaveText('Open chat');
  await page.evaluate(() => (document.documentElement.lang = 'fr'));
  await expect(chat.launcher).not.toHaveText('Open chat');
  await page.evaluate(() => (document.documentElement.lang = 'en'));
  await chat.open();
  await chat.say('Can I return a tent?');
  await expect.poll(() => chat.state('Can I return a tent?')).toMatch(/sent|delivered|read/);
  const { length } = tap.connections;
  await page.reload();
  await expect.poll(() => tap.connections.length).toBe(length + 1);
  await expect(chat.panel).toBeHidden();
});

test('what a page asks before anything has come is done in order', async ({ page, site, tap }) => {
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  await page.waitForFunction(() => document.querySelector('chat-widget')?.shadowRoot);
  await page.evaluate(() => {
    const widget = document.querySelector('chat-widget') as ChatWidget;
    widget.identify({ name: 'Sam' });
    widget.show();
    void widget.send('One');
    void widget.send('Two');
  });
  await expect.poll(() => tap.sent('send').map(({ text }) => text)).toEqual(['One', 'Two']);
  const [named] = tap.connections.flatMap(({ sent }) => sent).filter(({ guest }) => guest !== undefined);
  expect(named?.['guest']).toEqual({ name: 'Sam' });
  await expect(new Chat(page).panel).toBeVisible();
});

/** Whether a browser asks again for a module that it could not fetch: Chromium 156 does, 153 does not while the page lives. */
async function asksAgain(page: Page): Promise<boolean> {
  let asked = 0;
  await page.route('**/asked-again.js', (route) => (asked++, route.abort()));
  const ask = (): Promise<unknown> => page.evaluate("import('/asked-again.js').catch(() => {})");
  await ask();
  await ask();
  return asked === 2;
}

test('what could not be fetched is told, and fetched at the next try', async ({ page, site, tap }) => {
  const watched = await watch(page);
  const fail = (route: Route): Promise<void> => route.abort();
  await page.route('**/*backstage*', fail);
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  const chat = new Chat(page);
  await chat.launcher.click();
  await expect.poll(() => watched.chatErrors()).toContain('load');
  expect(await page.evaluate(() => (document.querySelector('chat-widget') as ChatWidget).open)).toBe(true);
  await page.unroute('**/*backstage*', fail);
  await chat.launcher.click();
  if (await asksAgain(page)) await chat.open();
  else {
    // It says so each time; a reload mends it.
    const told = async (): Promise<number> =>
      (await watched.chatErrors()).filter((code) => code === 'load').length;
    const before = await told();
    await chat.launcher.click();
    await expect.poll(told).toBeGreaterThan(before);
    await page.reload();
    await chat.open();
  }
  await chat.say('There?');
  await expect.poll(() => chat.state('There?')).toMatch(/sent|delivered|read/);
  expect(watched.errors).toEqual([]);
});

test('embed.js waits for nothing, and nothing waits for it', async ({ page, site, tap }) => {
  let held: Route | undefined;
  await page.route('**/chat-widget.js', (route) => void (held = route));
  await page.goto(
    site.page(`<script src="/embed.js" data-url="${tap.url}"></script><p id="below">Tents</p>`),
    // Of everything that the page itself brings; the script is not even asynchronous here.
    { waitUntil: 'load' },
  );
  await expect(page.locator('#below')).toBeVisible();
  await expect.poll(() => held !== undefined).toBe(true);
  expect(await page.evaluate(() => document.readyState)).toBe('complete');
  await held!.continue();
  await expect(new Chat(page).launcher).toBeVisible();
});

test('nothing of the page moves while the chat comes, opens, talks and closes', async ({ page, site }) => {
  const server = await startChatServer({ port: 0, scenarios: [aiReply({ thinkMs: 50, wordMs: 5 })] });
  await page.goto(
    site.page(
      `<h1>A shop</h1>${SCRIPT}<chat-widget url="${server.url}"></chat-widget>
      <p>${'Tents and poles. '.repeat(200)}</p><footer>The end</footer>`,
    ),
  );
  const chat = new Chat(page);
  await expect(chat.launcher).toBeVisible();
  // By the page, since what follows an act of the guest within half a second does not count.
  await page.evaluate(() => (document.querySelector('chat-widget') as ChatWidget).show());
  await expect(chat.box).toBeVisible();
  expect(await shiftsIn(page)).toEqual([]);
  await page.evaluate(
    () => void (document.querySelector('chat-widget') as ChatWidget).send('Can I return a tent?'),
  );
  await expect
    .poll(async () => (await chat.entries()).some(({ role, state }) => role === 'ai' && !state), SLOWLY)
    .toBe(true);
  const { x, y, width, height } = (await chat.panel.boundingBox())!;
  await page.evaluate(() => (document.querySelector('chat-widget') as ChatWidget).hide());
  await expect(chat.panel).toBeHidden();
  // In a conversation that does not fill the panel, what was said moves up to make room: inside the panel, and only there.
  const outside = (await shiftsIn(page)).flatMap(({ sources }) =>
    sources.flatMap(({ previousRect, currentRect }) =>
      [previousRect, currentRect].filter(
        (rect) =>
          rect.left < x - 1 || rect.top < y - 1 || rect.right > x + width + 1 || rect.bottom > y + height + 1,
      ),
    ),
  );
  expect(outside).toEqual([]);
  await server.kill();
});

test('no Intl object is made for a launcher or an empty chat', async ({ page, site, tap }) => {
  await keepBooks(page);
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}" heading="Shop"></chat-widget>`));
  const chat = new Chat(page);
  await chat.open();
  await expect.poll(() => tap.connections.flatMap(({ received }) => received).length).toBeGreaterThan(0);
  await page.evaluate(async () => (document.querySelector('chat-widget') as ChatWidget).updateComplete);
  expect((await deedsOf(page)).intl).toEqual([]);
  // The books are kept well: a message has a time.
  await chat.say('Can I return a tent?');
  await expect.poll(async () => (await deedsOf(page)).intl).toContain('DateTimeFormat');
});

test('a closed launcher does nothing at all, seen or not', async ({ page, site, tap }) => {
  await keepBooks(page);
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  await expect(new Chat(page).launcher).toBeVisible();
  await countDrawings(page);
  for (const visible of [false, true, false]) await setVisible(page, visible);
  expect(await holdingsOf(page)).toMatchObject({
    timers: 0,
    frames: 0,
    sockets: 0,
    channels: 0,
    locks: 0,
    databases: 0,
  });
  expect(await deedsOf(page)).toEqual({ timers: 0, frames: 0, intl: [] });
  expect(await drawingsIn(page)).toBe(0);
});

test('in a hidden tab an open chat only keeps its line', async ({ page, site, tap }) => {
  await keepBooks(page);
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}" idle-pause="77"></chat-widget>`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Can I return a tent?');
  await expect
    .poll(async () => (await chat.entries()).some(({ role, state }) => role === 'ai' && !state), SLOWLY)
    .toBe(true);
  await setVisible(page, false);
  // What was begun while it was seen comes to its end; then only the policy of the line has something to wait for.
  await expect.poll(async () => (await holdingsOf(page)).delays.filter((ms) => ms < 5000)).toEqual([]);
  const { delays } = await holdingsOf(page);
  expect(delays).toContain(77_000);
  expect(delays.length).toBeLessThanOrEqual(5);
  await countDrawings(page);
  const { frames } = await deedsOf(page);
  for (const visible of [true, false]) await setVisible(page, visible);
  expect((await deedsOf(page)).frames).toBe(frames);
  expect(await drawingsIn(page)).toBe(0);
});

test('nothing moves behind a closed panel', async ({ page, site }) => {
  // It never says the first word.
  const server = await startChatServer({ port: 0, scenarios: [aiReply({ thinkMs: 3_600_000, wordMs: 5 })] });
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${server.url}"></chat-widget>`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Can I return a tent?');
  await expect(chat.typing).toBeVisible();
  const endless = (): Promise<number> =>
    page.evaluate(() => {
      const all = document.querySelector('chat-widget')!.shadowRoot!.getAnimations();
      return all.filter(({ effect }) => effect?.getComputedTiming().iterations === Infinity).length;
    });
  expect(await endless()).toBe(3);
  await page.evaluate(() => (document.querySelector('chat-widget') as ChatWidget).hide());
  await expect.poll(endless).toBe(0);
  await chat.open();
  await expect.poll(endless).toBe(3);
  await server.kill();
});
