/** The pages of the demo themselves: for everybody, and within small screens. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Chat } from './support/chat.js';
import { Desk } from './support/desk.js';
import { expect, test } from './support/fixtures.js';

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(sideways).toBeLessThanOrEqual(0);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the shop, ${colorScheme}`, async ({ page, demo }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(demo.url);
    await new Chat(page).launcher.waitFor();
    await expectSound(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectSound(page);
  });

  test(`the desk, ${colorScheme}`, async ({ page, context, demo }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const desk = new Desk(page);
    await page.goto(`${demo.url}/staff.html`);
    await page.getByRole('textbox', { name: 'Your name' }).waitFor();
    await expectSound(page);
    await desk.enter(demo.url, `Noor ${colorScheme}`);

    const shop = await context.newPage();
    await shop.goto(`${demo.url}/?mode=live`);
    const chat = new Chat(shop);
    await chat.open();
    await chat.say(`I read in the ${colorScheme}. May I talk to somebody?`);
    await chat.queue.waitFor();

    await desk.guest(`I read in the ${colorScheme}.`).click();
    await desk.button('Join').click();
    await expect(desk.box).toBeFocused();
    await desk.say('Of course.');
    await expect(desk.thread).toContainText('Of course.');
    await expectSound(page);
    await page.setViewportSize({ width: 320, height: 640 });
    await expectSound(page);

    await desk.button('End chat').click();
    await expect(chat.subtitle).toHaveText('Conversation ended');
    await chat.say('One more thing');
    await expect.poll(() => chat.state('One more thing')).toMatch(/sent|delivered|read/);
    await expect(chat.subtitle).not.toHaveText('Conversation ended');
  });
}
