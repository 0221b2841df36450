/** The same look on every page: pictures and measures beside those on a plain one. */
import { chromium, type Page } from '@playwright/test';
import { contrast, type Painted } from '../elements/contrast-of.js';
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import type { Site } from './support/site.js';

const open = (site: Site, url: string, style = '', attributes = ''): string =>
  site.page(
    `<style>html { background: #fff !important } ${style}</style>
    <script type="module" src="/chat-widget.js"></script>
    <p>A page.</p><chat-widget url="${url}" heading="Fernway support" open ${attributes}></chat-widget>
    <script>document.querySelector('chat-widget').suggestions = ['Where is my order?', 'Can I return a tent?'];</script>`,
  );

/** A picture of the panel without its round corners, in which the page is seen. */
async function picture(page: Page): Promise<string> {
  const chat = new Chat(page);
  await expect(chat.host).toHaveAttribute('data-status', 'online');
  await expect(chat.button('Talk to a person')).toBeVisible();
  await expect(chat.host.locator('[part=footnote]')).toBeVisible();
  const { x, y, width, height } = await chat.host.evaluate((widget) => {
    for (const animation of widget.shadowRoot!.getAnimations()) animation.finish();
    return widget.shadowRoot!.querySelector('.panel')!.getBoundingClientRect().toJSON() as DOMRect;
  });
  const clip = { x: x + 10, y: y + 10, width: width - 20, height: height - 20 };
  return (await page.screenshot({ clip, caret: 'hide' })).toString('base64');
}

/** How many pixels of two pictures differ by more than 8 of 255: less is the rounding of shadows and gradients. */
function differing(page: Page, one: string, other: string): Promise<number> {
  return page.evaluate(
    async (sources) => {
      const [before, after] = await Promise.all(
        sources.map(async (source) => {
          const bitmap = await createImageBitmap(
            await (await fetch(`data:image/png;base64,${source}`)).blob(),
          );
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
        }),
      );
      if (before!.length !== after!.length) return Infinity;
      const pixels = new Set<number>();
      before!.forEach((value, i) => Math.abs(value - after![i]!) > 8 && pixels.add(Math.floor(i / 4)));
      return pixels.size;
    },
    [one, other],
  );
}

const PAGES: Readonly<Record<string, string>> = {
  'a root of 62.5 %': 'html { font-size: 62.5% }',
  'everything unset': '* { all: unset !important }',
  'rules for everything': `*, ::before, ::after { font: italic 900 31px/2 fantasy !important; color: red !important; margin: 9px !important;
    letter-spacing: 5px !important; text-transform: uppercase !important; box-sizing: content-box !important; direction: ltr;
    visibility: hidden !important; text-align: right !important; -webkit-font-smoothing: auto; line-height: 3 !important }`,
  'a dark page': ':root { color-scheme: dark }',
};

test('a picture of the panel is the same on every page', async ({ page, site, tap }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(open(site, tap.url));
  const plain = await picture(page);
  for (const [name, style] of Object.entries(PAGES)) {
    await page.goto(open(site, tap.url, style));
    expect(await differing(page, await picture(page), plain), name).toBe(0);
  }
  await page.goto(open(site, tap.url, '', 'layer="top"'));
  expect(await differing(page, await picture(page), plain), 'the top layer').toBe(0);
  await page.goto(open(site, tap.url, 'chat-widget { --chat-brand: #ff6b3d }'));
  expect(await differing(page, await picture(page), plain), 'another brand').toBeGreaterThan(1000);
});

test('a page that is zoomed by its own styles keeps all of the chat in the window', async ({
  page,
  site,
  tap,
}) => {
  for (const [zoom, size] of [
    [1.25, { width: 1280, height: 720 }],
    [0.8, { width: 1280, height: 720 }],
    [1.25, { width: 400, height: 700 }],
  ] as const) {
    await page.setViewportSize(size);
    await page.goto(open(site, tap.url, `html { zoom: ${zoom} }`));
    const chat = new Chat(page);
    await expect(chat.box).toBeVisible();
    await chat.host.evaluate((widget) =>
      widget.shadowRoot!.getAnimations().forEach((animation) => animation.finish()),
    );
    const box = (await chat.panel.boundingBox())!;
    expect(box.y, `${zoom}`).toBeGreaterThanOrEqual(0);
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(size.width);
    expect(box.y + box.height).toBeLessThanOrEqual(size.height);
    if (size.width < 480) expect(box).toEqual({ x: 0, y: 0, ...size });
  }
});

test('it grows with the text size of the browser', async ({ site, tap }) => {
  const address = open(site, tap.url);
  const measure = async (px: number) => {
    const browser = await chromium.launch({
      ...test.info().project.use.launchOptions,
      args: [
        `--blink-settings=defaultFontSize=${px}`,
        ...(test.info().project.use.launchOptions?.args ?? []),
      ],
    });
    const page = await browser.newPage();
    await page.goto(address);
    const chat = new Chat(page);
    await expect(chat.box).toBeVisible();
    const sizes = await chat.host.evaluate((widget) =>
      ['textarea', '.hero-title', '.row'].map((name) =>
        parseFloat(getComputedStyle(widget.shadowRoot!.querySelector(name)!).fontSize),
      ),
    );
    const sideways = await chat.host.evaluate(
      (widget) => widget.shadowRoot!.querySelector('.welcome')!.scrollWidth,
    );
    await browser.close();
    return { sizes, sideways };
  };
  expect(await measure(16)).toEqual({ sizes: [15, 28, 15], sideways: 400 });
  expect(await measure(32)).toEqual({ sizes: [30, 56, 30], sideways: 400 });
});

test('over a modal dialog of the page: seen from the top layer, used only from inside the dialog', async ({
  page,
  site,
  tap,
}) => {
  await page.goto(
    site.page(
      `<script type="module" src="/chat-widget.js"></script><dialog>A dialog of the page</dialog>
      <chat-widget url="${tap.url}" layer="top"></chat-widget>`,
    ),
  );
  const chat = new Chat(page);
  const topmost = () =>
    chat.launcher.evaluate((button) => {
      const { x, y } = button.getBoundingClientRect();
      return (
        (button.getRootNode() as ShadowRoot).elementFromPoint(x + 28, y + 28) === button ||
        button.contains((button.getRootNode() as ShadowRoot).elementFromPoint(x + 28, y + 28))
      );
    });
  await expect.poll(topmost).toBe(true);
  await page.evaluate(() => document.querySelector('dialog')!.showModal());
  expect(await topmost()).toBe(false);
  await page.evaluate(() => document.querySelector('dialog')!.append(document.querySelector('chat-widget')!));
  await expect.poll(topmost).toBe(true);
  await chat.open();
  await expect(chat.box).toBeFocused();
});

const BRANDS = ['#ffffff', '#000000', '#ffd23f', '#ff6b3d', '#2f3bd6', '#0b6a73', '#00ff00', '#0000ff'];

for (const scheme of ['light', 'dark'] as const) {
  test(`the greeting can be read over its gradient: ${scheme}`, async ({ page, site, tap }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const brand of BRANDS) {
      await page.goto(open(site, tap.url, `chat-widget { --chat-brand: ${brand} }`));
      await expect(new Chat(page).button('Talk to a person')).toBeVisible();
      // What is read on what: the ground is looked at in a picture without the words.
      const spots = await page.locator('chat-widget').evaluate((widget) => {
        const root = widget.shadowRoot!;
        for (const animation of root.getAnimations()) animation.finish();
        return ['.soft', '.hero-title', '.hero .icon-button'].map((name) => {
          const element = root.querySelector<HTMLElement>(name)!;
          const { color } = getComputedStyle(element);
          const { x, y, width, height } = element.getBoundingClientRect();
          return { name, color, box: { x, y, width, height } };
        });
      });
      await page.addStyleTag({
        content:
          'chat-widget::part(title), chat-widget::part(icon-button) { color: transparent !important } ',
      });
      await page
        .locator('chat-widget')
        .evaluate((widget) =>
          widget.shadowRoot!.querySelector<HTMLElement>('.soft')!.style.setProperty('color', 'transparent'),
        );
      for (const { name, color, box } of spots) {
        const image = (await page.screenshot({ clip: box })).toString('base64');
        const worst = await page.evaluate(
          async ([source, front]) => {
            const bitmap = await createImageBitmap(
              await (await fetch(`data:image/png;base64,${source}`)).blob(),
            );
            const context = new OffscreenCanvas(bitmap.width + 1, bitmap.height).getContext('2d')!;
            context.drawImage(bitmap, 0, 0);
            context.fillStyle = front!;
            context.fillRect(bitmap.width, 0, 1, 1);
            const { data } = context.getImageData(0, 0, bitmap.width + 1, bitmap.height);
            const at = (i: number): [number, number, number] => [data[i]!, data[i + 1]!, data[i + 2]!];
            const grounds = [];
            for (let y = 0; y < bitmap.height; y += 4)
              for (let x = 0; x < bitmap.width; x += 4) grounds.push(at(4 * (y * (bitmap.width + 1) + x)));
            return { grounds, text: at(4 * bitmap.width) };
          },
          [image, color] as const,
        );
        const ratio = Math.min(...worst.grounds.map((ground) => contrast(ground as Painted, worst.text)));
        // The title is large, 28 px and bold; the button is a sign.
        if (ratio < 3) found.push(`${name}: ${ratio.toFixed(2)} for ${brand}`);
      }
    }
    expect(found).toEqual([]);
  });
}
