/** A story on a page without a line of code, from the files for a script tag. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { watch } from './support/watch.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';
const HARNESS = /\/chat-widget-mock-[\w-]+\.js$/;

test('backend="mock" tells a story, and its file is fetched when the chat is used', async ({
  page,
  site,
}) => {
  const watched = await watch(page);
  const fetched = (): number => watched.requests.filter((request) => HARNESS.test(request)).length;
  await page.goto(
    site.page(`${SCRIPT}<chat-widget backend="mock" scenario="busy-queue, faq"></chat-widget>`),
  );
  const chat = new Chat(page);
  await expect(chat.launcher).toBeVisible();
  expect(fetched()).toBe(0);
  await chat.open();
  await chat.say('Can I return my tent?');
  await expect
    .poll(async () => (await chat.entries()).at(-1)?.text, { timeout: 20_000 })
    .toContain('60 days');
  expect(fetched()).toBe(1);
  expect(watched.errors).toEqual([]);
});

test('a page with another backend fetches nothing of it', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  const chat = new Chat(page);
  await chat.open();
  await expect(chat.host).toHaveAttribute('data-status', 'online');
  expect(watched.requests.filter((request) => HARNESS.test(request))).toEqual([]);
});
