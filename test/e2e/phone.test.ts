/* oxlint-disable no-empty-pattern -- Playwright reads from this pattern what a fixture needs, also when it is nothing */
/** On phones, as far as Chromium can be one: size, touch, zoom and the edges of the screen. */
import { devices, type CDPSession, type Page } from '@playwright/test';
import { startChatServer } from '../../server/chat-server.js';
import { aiReply, staffEscalation } from '../../src/testing/index.js';
import { Chat } from './support/chat.js';
import { expect, test as base } from './support/fixtures.js';
import type { Site } from './support/site.js';

const ANSWER = `You have **60 days**. See [our page](https://shop.test/returns).

\`\`\`js
const aLineThatIsLongerThanAnyPhoneIsWide = 'and_does_not_break_anywhere_in_the_middle';
\`\`\`

| Item | Days | Where it is brought back |
|------|-----:|--------------------------|
| Tent | 60 | at the desk or by post |

averyveryveryveryveryveryveryveryveryveryveryveryveryverylongword`;

const test = base.extend({
  server: async ({}, use) => {
    const answer = () => ({
      text: ANSWER,
      sources: [{ title: 'Returns and exchanges', url: 'https://shop.test/returns' }],
      actions: [
        { label: 'Start a return', value: 'return' },
        { label: 'How do I pack it?', value: 'pack' },
      ],
    });
    const server = await startChatServer({
      port: 0,
      scenarios: [staffEscalation({ stepMs: 60_000 }), aiReply({ answer, thinkMs: 20, wordMs: 2 })],
    });
    await use(server);
    await server.kill();
  },
});

const HEAD =
  '<link rel="icon" href="data:,"><meta name="viewport" content="width=device-width, initial-scale=1">';

/** A page that is longer than the screen, with a chat. */
const longPage = (site: Site, url: string, attributes = ''): string =>
  site.page(
    `<script type="module" src="/chat-widget.js"></script><chat-widget url="${url}" heading="Fernway support" ${attributes}></chat-widget>
    <main>${'<p>A page about tents, and what to do in them when it rains for longer than anybody thought.</p>'.repeat(80)}</main>
    <script>document.querySelector('chat-widget').suggestions = ['Where is my order?', 'Can I return a tent that I have slept in?'];</script>`,
    {},
    HEAD,
  );

/** What is smaller than a finger, too small to be read without zooming in, or wider than the screen, in words. */
function misfits(page: Page): Promise<string[]> {
  return page.locator('chat-widget').evaluate((widget) => {
    const found: string[] = [];
    const root = widget.shadowRoot!;
    const nameOf = (element: Element): string => `${element.localName}.${element.getAttribute('class')}`;
    const seen = (element: Element): boolean =>
      element.checkVisibility({ visibilityProperty: true }) && !element.matches('.vh, .edge');
    for (const element of root.querySelectorAll<HTMLElement>('button, a, textarea, input')) {
      // Links within a text are exempt, as WCAG has it.
      if (!seen(element) || element.matches('.md a')) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < 43.99 || height < 43.99) found.push(`${nameOf(element)} is ${width} × ${height}`);
      if (element.matches('textarea, input') && parseFloat(getComputedStyle(element).fontSize) < 16)
        found.push(`${nameOf(element)} would be zoomed in to`);
    }
    for (const element of root.querySelectorAll('.panel, .panel *')) {
      if (!(element instanceof HTMLElement) || !seen(element) || element.closest('pre, .table')) continue;
      const { left, right } = element.getBoundingClientRect();
      if (left < -0.5 || right > innerWidth + 0.5) found.push(`${nameOf(element)} sticks out`);
    }
    for (const scroller of [
      document.documentElement,
      ...root.querySelectorAll('.panel, .transcript, .welcome'),
    ])
      if (scroller.scrollWidth > scroller.clientWidth) found.push(`${nameOf(scroller)} scrolls sideways`);
    return found;
  });
}

const settled = (page: Page): Promise<unknown> =>
  page.locator('chat-widget').evaluate((widget) =>
    Promise.allSettled(
      widget
        .shadowRoot!.getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );

/** The panel in the window. */
const panelBox = (page: Page) =>
  page.locator('chat-widget').evaluate((widget) => {
    const { x, y, width, height } = widget.shadowRoot!.querySelector('.panel')!.getBoundingClientRect();
    return { x, y, width, height };
  });

/** A finger that is put down and drawn over the screen by some pixels. */
async function swipe(session: CDPSession, x: number, y: number, by: number): Promise<void> {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at === undefined ? [] : [{ x, y: at }] });
  await touch('touchStart', y);
  for (let step = 1; step <= 10; step += 1) await touch('touchMove', y + (by * step) / 10);
  await touch('touchEnd');
}

for (const name of [
  'iPhone 13',
  'iPhone 13 landscape',
  'Pixel 7',
  'Pixel 7 landscape',
  'a small one',
] as const) {
  const { defaultBrowserType: _, ...device } =
    name === 'a small one'
      ? { ...devices['iPhone SE'], viewport: { width: 320, height: 454 } }
      : devices[name]!;

  test.describe(name, () => {
    test.use(device);

    test('a whole conversation fits on the screen and the finger', async ({ page, site, tap }, info) => {
      await page.emulateMedia({ reducedMotion: 'reduce' });
      await page.goto(longPage(site, tap.url));
      const chat = new Chat(page);
      const look = async (state: string) => {
        await settled(page);
        await page.screenshot({ path: info.outputPath(`${state}.png`) });
        expect(await misfits(page), state).toEqual([]);
      };
      await chat.launcher.tap();
      await expect(chat.box).toBeVisible();
      // A keyboard would hide the welcome.
      await expect(chat.box).not.toBeFocused();
      await look('welcome');
      expect(await panelBox(page)).toEqual({ x: 0, y: 0, ...device.viewport });
      await chat.box.tap();
      await chat.say('Can I return a tent that I have slept in?');
      await expect(chat.button('Start a return')).toBeVisible();
      await look('answer');
      await chat.button('Talk to a person').last().tap();
      await expect(chat.queue).toBeVisible();
      await look('queue');
      await page.context().setOffline(true);
      await expect(chat.notice).toBeVisible();
      await chat.say('This one waits');
      await look('offline');
      await page.context().setOffline(false);
    });

    test('the page stays where it is behind the chat, and is there again after it', async ({
      page,
      site,
      tap,
    }) => {
      await page.goto(longPage(site, tap.url));
      const chat = new Chat(page);
      const session = await page.context().newCDPSession(page);
      const { width, height } = device.viewport!;
      await page.evaluate(() => scrollTo(0, 1500));
      await chat.launcher.tap();
      await expect(chat.panel).toHaveAttribute('aria-modal', 'true');
      await settled(page);
      // On the header, where nothing scrolls, and on what does.
      for (const y of [30, height / 2]) {
        await swipe(session, width / 2, y, -200);
        await swipe(session, width / 2, y, 200);
      }
      expect(await page.evaluate(() => scrollY)).toBe(1500);
      await chat.button('Minimise chat').tap();
      await expect(chat.panel).toBeHidden();
      expect(await page.evaluate(() => scrollY)).toBe(1500);
      expect(await page.evaluate(() => document.documentElement.getAttribute('style'))).toBeNull();
      // A finger moves the page again, which it would have done all the time.
      await swipe(session, width / 2, height / 2, -100);
      await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(1500);
    });
  });
}

test.describe('a phone with a notch', () => {
  const { defaultBrowserType: _, ...device } = devices['iPhone 13']!;
  test.use(device);

  const insets = async (page: Page, values: Record<'top' | 'bottom' | 'left' | 'right', number>) => {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setSafeAreaInsetsOverride', { insets: values });
  };

  test('nothing is under the edges', async ({ page, site, tap }, info) => {
    await page.goto(longPage(site, tap.url));
    await insets(page, { top: 47, bottom: 34, left: 0, right: 0 });
    const chat = new Chat(page);
    const bottomOf = async (box: typeof chat.box) => {
      const { y, height } = (await box.boundingBox())!;
      return device.viewport!.height - y - height;
    };
    await expect.poll(() => bottomOf(chat.launcher)).toBe(34);
    await chat.launcher.tap();
    await settled(page);
    expect((await chat.button('Minimise chat').boundingBox())!.y).toBeGreaterThanOrEqual(47);
    expect(await bottomOf(chat.box)).toBeGreaterThanOrEqual(34);
    await page.screenshot({ path: info.outputPath('notch.png') });
  });

  test('nor when it is turned, on either side', async ({ page, site, tap }) => {
    await page.setViewportSize({ width: 750, height: 342 });
    for (const attributes of ['', 'position="start"']) {
      await page.goto(longPage(site, tap.url, attributes));
      await insets(page, { top: 0, bottom: 21, left: 47, right: 47 });
      const chat = new Chat(page);
      const inside = async (box: typeof chat.box) => {
        const { x, width } = (await box.boundingBox())!;
        return Math.min(x, 750 - x - width);
      };
      await expect.poll(() => inside(chat.launcher)).toBeGreaterThanOrEqual(47);
      await chat.launcher.tap();
      await settled(page);
      expect(await inside(chat.button('Minimise chat'))).toBeGreaterThanOrEqual(47);
      expect(await inside(chat.box)).toBeGreaterThanOrEqual(47);
    }
  });

  test('a keyboard that takes a part of the window leaves the message box above it', async ({
    page,
    site,
    tap,
  }) => {
    await page.goto(longPage(site, tap.url));
    const chat = new Chat(page);
    await chat.launcher.tap();
    await chat.box.tap();
    await chat.say('Can I return it?');
    await expect(chat.button('Start a return')).toBeVisible();
    // The answer is formed, and the view is at its end.
    await expect(chat.button('Copy')).toBeVisible();
    await expect(chat.button('How do I pack it?')).toBeInViewport({ ratio: 1 });
    // As phones do it: the window stays as it is, and less of it is seen.
    await page.evaluate(() => {
      Object.defineProperty(visualViewport, 'height', { configurable: true, value: 360 });
      Object.defineProperty(visualViewport, 'offsetTop', { configurable: true, value: 80 });
      visualViewport!.dispatchEvent(new Event('resize'));
    });
    expect(await panelBox(page)).toEqual({ x: 0, y: 80, width: 390, height: 360 });
    const box = (await chat.box.boundingBox())!;
    expect(box.y + box.height).toBeLessThanOrEqual(440);
    // What was said last is still before the eyes.
    const last = (await chat.button('How do I pack it?').boundingBox())!;
    expect(last.y + last.height).toBeLessThanOrEqual(box.y);
  });

  test('fingers may zoom in', async ({ page, site, tap }) => {
    await page.goto(longPage(site, tap.url));
    const chat = new Chat(page);
    await chat.launcher.tap();
    await settled(page);
    const before = await panelBox(page);
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setPageScaleFactor', { pageScaleFactor: 2 });
    await expect.poll(() => page.evaluate(() => visualViewport!.scale)).toBe(2);
    expect(await panelBox(page)).toEqual(before);
    await session.send('Input.synthesizePinchGesture', { x: 100, y: 150, scaleFactor: 1.4 });
    await expect.poll(() => page.evaluate(() => visualViewport!.scale)).toBeGreaterThan(2.2);
  });
});

for (const [name, viewport] of [
  ['200 % in a window of 1280 × 800', { width: 640, height: 400 }],
  ['400 % in a window of 1280 × 1024', { width: 320, height: 256 }],
  ['a window of 480 × 480', { width: 480, height: 480 }],
] as const) {
  test.describe(`zoomed to ${name}`, () => {
    test.use({ viewport });

    test('nothing scrolls sideways or is out of reach', async ({ page, site, tap }, info) => {
      await page.goto(longPage(site, tap.url));
      const chat = new Chat(page);
      await chat.open();
      const sideways = async () =>
        (await misfits(page)).filter((misfit) => !/ is [\d.]+ × /.test(misfit) && !misfit.includes('zoomed'));
      expect(await sideways()).toEqual([]);
      await chat.say('Can I return a tent that I have slept in?');
      await expect(chat.button('Start a return')).toBeVisible();
      await settled(page);
      await page.screenshot({ path: info.outputPath('answer.png') });
      expect(await sideways()).toEqual([]);
      const full = viewport.width < 480 || viewport.height < 480;
      expect(await chat.panel.getAttribute('aria-modal')).toBe(full ? 'true' : null);
      await chat.box.scrollIntoViewIfNeeded();
      const { y, height } = (await chat.button('Send message').boundingBox())!;
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y + height).toBeLessThanOrEqual(viewport.height);
      // Something is left to read in.
      expect((await chat.log.boundingBox())!.height).toBeGreaterThan(40);
    });
  });
}
