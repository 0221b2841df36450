/** What pages do with elements: two of them, moved, removed. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { startWiretap } from './support/wiretap.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

test('two widgets with different addresses do not mix', async ({ page, site, server, tap }) => {
  const other = await startWiretap(server.url);
  await page.goto(
    site.page(
      `${SCRIPT}
      <chat-widget id="shop" url="${tap.url}" heading="Shop"></chat-widget>
      <chat-widget id="club" url="${other.url}" heading="Club" position="start"></chat-widget>`,
    ),
  );
  const shop = new Chat(page, '#shop');
  const club = new Chat(page, '#club');
  await shop.open();
  await shop.say('Can I return a tent?');
  await expect.poll(() => shop.lines()).toContain('You: Can I return a tent?');
  await club.open();
  await club.say('Hello club');
  await expect.poll(() => club.state('Hello club')).toMatch(/sent|delivered|read/);

  expect((await shop.lines()).join('\n')).not.toContain('Hello club');
  expect((await club.lines()).join('\n')).not.toContain('tent');
  expect(tap.sent('send').map(({ text }) => text)).toEqual(['Can I return a tent?']);
  expect(other.sent('send').map(({ text }) => text)).toEqual(['Hello club']);
  expect(tap.sent('hello')[0]?.['guestId']).not.toBe(other.sent('hello')[0]?.['guestId']);

  // After a reload each finds its own.
  await page.reload();
  await shop.open();
  await club.open();
  await expect.poll(() => shop.lines()).toContain('You: Can I return a tent?');
  await expect.poll(() => club.lines()).toContain('You: Hello club');
  expect((await shop.lines()).join('\n')).not.toContain('Hello club');
  await other.close();
});

test('an element that is moved keeps its line', async ({ page, site, tap }) => {
  await page.goto(
    site.page(
      `${SCRIPT}<main id="here"><chat-widget url="${tap.url}"></chat-widget></main><aside id="there"></aside>`,
    ),
  );
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Before the move');
  await expect.poll(() => chat.state('Before the move')).toMatch(/sent|delivered|read/);

  await page.evaluate(() => document.querySelector('#there')!.append(document.querySelector('chat-widget')!));
  await chat.say('After the move');
  await expect.poll(() => chat.state('After the move')).toMatch(/sent|delivered|read/);
  expect(await chat.lines()).toEqual(expect.arrayContaining(['You: Before the move', 'You: After the move']));
  expect(tap.connections).toHaveLength(1);
  expect(tap.connections[0]!.closedWith).toBeUndefined();
});

test('an element that is removed closes its line with 1000', async ({ page, site, tap }) => {
  await page.goto(site.page(`${SCRIPT}<chat-widget url="${tap.url}"></chat-widget>`));
  const chat = new Chat(page);
  await chat.open();
  await expect(chat.host).toHaveAttribute('data-status', 'online');
  await page.evaluate(() => document.querySelector('chat-widget')!.remove());
  await expect.poll(() => tap.connections[0]?.closedWith?.code).toBe(1000);
  expect(tap.connections).toHaveLength(1);
});
