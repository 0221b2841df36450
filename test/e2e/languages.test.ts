/** A page that is not English: what it fetches, what it says, and what happens when a language cannot be had. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { ChatWidget } from '../../src/index.js';
import { expect, test } from './support/fixtures.js';
import { watch, type Watch } from './support/watch.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

/** Names of the files of texts that were asked for. */
const textsAsked = ({ requests }: Watch): string[] =>
  requests.flatMap((url) => /chat-widget-([\w-]+-(?:panel|thread|forms))-[\w-]{8}\.js$/.exec(url)?.[1] ?? []);

const speak = (page: Page, locale: string): Promise<void> =>
  page.locator('chat-widget').evaluate((widget: ChatWidget, tag) => void (widget.locale = tag), locale);

test('a German page speaks German, from the launcher to a person', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(
    site.page(
      `<div lang="de-AT"><chat-widget url="${tap.url}" heading="Fernway"></chat-widget></div>${SCRIPT}`,
    ),
  );
  const host = page.locator('chat-widget');
  await expect(host.getByRole('button', { name: 'Chat öffnen' })).toBeVisible();
  expect(textsAsked(watched)).toEqual(['de-panel']);
  await host.locator('[part=launcher]').click();
  const box = host.getByRole('textbox', { name: 'Nachricht' });
  await expect(box).toHaveAttribute('placeholder', 'Fragen Sie uns etwas…');
  await box.fill('Kann ich mein Zelt noch zurückgeben?');
  await box.press('Enter');
  await expect(host.locator('[part=day]')).toHaveText('Heute');
  await host.getByRole('button', { name: 'Mit einem Menschen sprechen' }).click();
  await expect(host.locator('[part~=queue]')).toContainText('Ihr Platz in der Warteschlange');
  expect(textsAsked(watched)).toEqual(['de-panel', 'de-thread']);
  expect(watched.console).toEqual([]);
  expect(watched.errors).toEqual([]);
});

test('the language changes in the middle of a conversation, which stays as it is', async ({
  page,
  site,
  tap,
}) => {
  const watched = await watch(page);
  await page.goto(site.page(`<chat-widget url="${tap.url}" open></chat-widget>${SCRIPT}`));
  const host = page.locator('chat-widget');
  await host.getByRole('textbox').fill('Can I still return my tent?');
  await host.getByRole('textbox').press('Enter');
  await expect(host.locator('[part~=bubble]').nth(1)).toBeVisible();
  await expect(host.locator('[part~=streaming]')).toHaveCount(0);
  expect(textsAsked(watched)).toEqual([]);
  const bubbles = await host.locator('[part~=bubble]').elementHandles();
  await speak(page, 'ar');
  await expect(host.locator('[part=day]')).toHaveText('اليوم');
  await expect(host).toHaveAttribute('dir', 'rtl');
  expect(textsAsked(watched).toSorted()).toEqual(['ar-panel', 'ar-thread']);
  for (const bubble of bubbles) expect(await bubble.evaluate((element) => element.isConnected)).toBe(true);
  const { violations } = await new AxeBuilder({ page }).include('chat-widget').analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await speak(page, 'ja');
  await expect(host.locator('[part=day]')).toHaveText('今日');
  await expect(host).toHaveAttribute('dir', 'ltr');
  expect(tap.connections).toHaveLength(1);
  expect(watched.errors).toEqual([]);
});

test('a language that cannot be had leaves the chat in English, and is told once', async ({
  page,
  site,
  tap,
}) => {
  const watched = await watch(page);
  await page.route(/chat-widget-uk-/, (route) => route.abort());
  await page.goto(site.page(`<chat-widget url="${tap.url}" locale="uk" open></chat-widget>${SCRIPT}`));
  const host = page.locator('chat-widget');
  await expect(host.getByRole('textbox', { name: 'Message' })).toBeVisible();
  await expect.poll(() => watched.chatErrors()).toEqual(['load']);
  await speak(page, 'en');
  await speak(page, 'uk');
  await host.getByRole('textbox', { name: 'Message' }).fill('Hello');
  await host.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(host.locator('[part=day]')).toHaveText('Today');
  expect(await watched.chatErrors()).toEqual(['load']);
  expect(watched.errors).toEqual([]);
});

test('mistakes in the texts of a page are told in the console', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(
    site.page(
      `<chat-widget url="${tap.url}"></chat-widget>
      <script>document.querySelector('chat-widget').strings = { 'launcher.open': 'Ask us', 'launcher.opne': 'x', 'rate.1': 'Awful' };</script>${SCRIPT}`,
    ),
  );
  await expect(page.locator('chat-widget').getByRole('button', { name: 'Ask us' })).toBeVisible();
  await expect
    .poll(() => watched.console)
    .toEqual(['warning: <chat-widget>: strings: there is no text "launcher.opne"']);
});
