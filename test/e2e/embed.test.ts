/** One script line, for pages that must not wait. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { watch } from './support/watch.js';

test('one line makes the widget', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(
    site.page(`<script src="/embed.js" data-url="${tap.url}" data-heading="Fernway support" async></script>`),
  );
  const chat = new Chat(page);
  await chat.open();
  await expect(page.locator('body > chat-widget')).toHaveAttribute('heading', 'Fernway support');
  await chat.say('Can I still return my tent?');
  await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  await expect(chat.title).toHaveText('Fernway support');
  expect(watched.errors).toEqual([]);
  expect(watched.console).toEqual([]);
});

test('calls from before anything has loaded are kept', async ({ page, site, tap }) => {
  await page.goto(
    site.page(
      `<script>
        window.ChatWidget ||= function () { (ChatWidget.q ||= []).push(arguments); };
        ChatWidget('identify', { name: 'Sam' });
        ChatWidget('open');
      </script>
      <script src="/embed.js" data-url="${tap.url}"></script>
      <script>ChatWidget('send', 'Sent from a script');</script>`,
    ),
  );
  const chat = new Chat(page);
  await expect(chat.panel).toBeVisible();
  await expect.poll(() => chat.state('Sent from a script')).toMatch(/sent|delivered|read/);
  await expect(chat.host).toHaveAttribute('open');
  const told = tap.connections.flatMap(({ sent }) => sent).filter(({ guest }) => guest !== undefined);
  expect(told[0]?.['guest']).toEqual({ name: 'Sam' });
});

test('a call that is no method harms nobody', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(
    site.page(
      `<script src="/embed.js" data-url="${tap.url}"></script>
      <script>ChatWidget('fly'); ChatWidget('show');</script>`,
    ),
  );
  await expect(new Chat(page).panel).toBeVisible();
  expect(watched.errors).toEqual([]);
});

test('the page stays where it is while the widget comes, and when it opens', async ({ page, site, tap }) => {
  const tag = `<script src="/embed.js" data-url="${tap.url}" data-heading="Fernway support" async></script>`;
  await page.goto(
    site.page(`<h1>A shop</h1>${tag}<p>${'Tents and poles. '.repeat(200)}</p><footer>The end</footer>`),
  );
  const host = page.locator('chat-widget');
  await host.getByRole('button', { name: 'Open chat' }).click();
  await expect(host.getByRole('textbox')).toBeVisible();
  const shifts = await page.evaluate(
    () =>
      new Promise<unknown[]>((resolve) => {
        // What has been seen so far is told in the next task; nothing at all is not told.
        new PerformanceObserver((list) => resolve(list.getEntries().map((entry) => entry.toJSON()))).observe({
          type: 'layout-shift',
          buffered: true,
        });
        requestAnimationFrame(() => setTimeout(() => resolve([])));
      }),
  );
  expect(shifts).toEqual([]);
});
