/**
 * What every state looks like, and that axe finds nothing in any.
 *
 * The pictures in `test/e2e/baselines` are drawn in Chromium with the fonts of `test/fixtures/fonts`, without hinting and
 * subpixels, so that they do not depend on the machine. A pixel differs when its colour is off by more than a fifth
 * (Playwright's `threshold` 0.2, which passes over the edges of letters of another build); a picture fails when more than
 * 0.2 % of its pixels differ: of 400 × 704 that is 560 pixels, a hairline around one bubble.
 *
 * New pictures: `npx playwright test test/e2e/gallery.test.ts --update-snapshots`; then look at each that git shows as changed.
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Gallery } from './support/gallery.js';
import { expect, test } from './support/fixtures.js';

/** States in which direction or width changes more than the place of things. */
const TELLING = [
  ...['launcher-unread', 'welcome', 'streaming', 'quick-replies', 'markdown-text', 'markdown-boxes'],
  ...['queue', 'staff', 'reconnecting', 'failed'],
];

/** States that choose their look themselves. */
const OWN_LOOK = ['narrow', 'dark', 'rtl'];

/** States whose meaning must survive without colours of their own. */
const MEANING = [
  ...['launcher-unread', 'streaming', 'answer', 'quick-replies', 'queue', 'staff-typing'],
  ...['reconnecting', 'down', 'failed', 'jump', 'load-error'],
];

test.describe.configure({ timeout: 60_000 });
test.use({ viewport: { width: 840, height: 900 } });

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

for (const [look, search, only] of [
  ['light', '?theme=light', undefined],
  ['dark', '?theme=dark', undefined],
  ['rtl', '?theme=light&locale=ar', TELLING],
  ['320', '?theme=light&width=320', TELLING],
] as const) {
  test(`every state looks as it did: ${look}`, async ({ page, demo }) => {
    const gallery = await Gallery.open(page, demo.url, search);
    const ids = await gallery.ids();
    for (const id of only ?? (look === 'dark' ? ids.filter((name) => !OWN_LOOK.includes(name)) : ids)) {
      await expect.soft(gallery.picture(id)).toHaveScreenshot(`${id}-${look}.png`);
    }
    expect(gallery.complaints).toEqual([]);
  });
}

test('every state looks as it did: forced colours', async ({ page, demo }) => {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'dark' });
  const gallery = await Gallery.open(page, demo.url, '');
  for (const id of MEANING) await expect.soft(gallery.picture(id)).toHaveScreenshot(`${id}-forced.png`);
});

for (const [look, search] of [
  ['light', '?theme=light'],
  ['dark', '?theme=dark'],
  ['right to left', '?theme=light&locale=ar'],
] as const) {
  test(`axe finds nothing in any state: ${look}`, async ({ page, demo }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await Gallery.open(page, demo.url, search);
    await expectSound(page);
  });
}

test('the address chooses, and so does the toolbar', async ({ page, demo }) => {
  const gallery = await Gallery.open(page, demo.url, '?state=queue&locale=de');
  expect(await gallery.ids()).toEqual(['queue']);
  await expect(gallery.stage('queue')).toContainText('Ihr Platz in der Warteschlange');
  await page.getByRole('combobox', { name: 'Language', exact: true }).selectOption('ar');
  await page.getByLabel('Theme').selectOption('dark');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page).toHaveURL(/\?state=queue&locale=ar&theme=dark&dir=&width=400/);
  await expect(page.locator('chat-widget')).toHaveAttribute('dir', 'rtl');
  await page.getByLabel('State').selectOption('welcome');
  await page.getByLabel('Direction').selectOption('ltr');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(page.locator('chat-widget')).toHaveAttribute('dir', 'ltr');
  await expectSound(page);
});

test('on a small screen the gallery shows one state, over all of it', async ({ page, demo }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const gallery = await Gallery.open(page, demo.url, '');
  expect(await gallery.ids()).toEqual(['welcome']);
  const panel = page.getByRole('dialog');
  await expect(panel).toHaveAttribute('aria-modal', 'true');
  expect(await panel.boundingBox()).toEqual({ x: 0, y: 0, width: 320, height: 640 });
  await page.getByRole('button', { name: 'Minimise chat' }).click();
  await expectSound(page);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
});
