/** A page author's first hour: one script, an address, a heading. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { watch } from './support/watch.js';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[1-8][\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

/** Everything a page can keep on a device. */
function stored(): Promise<unknown> {
  return (async () => ({
    localStorage: Object.keys(localStorage),
    sessionStorage: Object.keys(sessionStorage),
    databases: (await indexedDB.databases()).map(({ name }) => name),
    caches: 'caches' in globalThis ? await caches.keys() : [],
    cookies: document.cookie,
  }))();
}

const NOTHING = { localStorage: [], sessionStorage: [], databases: [], caches: [], cookies: '' };

test('one text is one send, on screen at once and sent after the ack', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(
    site.page(
      `<script type="module" src="/chat-widget.js"></script>
      <chat-widget url="${tap.url}" heading="Fernway support"></chat-widget>`,
    ),
  );
  const chat = new Chat(page);
  await expect(chat.launcher).toBeVisible();
  await expect(chat.host).toHaveAttribute('data-status', 'idle');
  expect(tap.connections).toHaveLength(0);
  expect(await page.evaluate(stored)).toEqual(NOTHING);

  await chat.open();
  await expect(chat.host).toHaveAttribute('data-status', 'online');
  // Looking is not using: a line, and still nothing on the device.
  expect(await page.evaluate(stored)).toEqual(NOTHING);

  tap.hold();
  await chat.say('Can I still return my tent?');
  await expect.poll(() => tap.sent('send')).toHaveLength(1);
  expect(await chat.entries()).toEqual([
    { role: 'guest', author: 'You', text: 'Can I still return my tent?', state: 'sending' },
  ]);
  tap.release();
  await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);

  await expect.poll(async () => (await chat.entries()).at(-1)?.role).toBe('ai');
  await expect(chat.title).toHaveText('Fernway support');
  await expect(chat.bubble('')).toHaveCount(2);
  expect(tap.sent('send')).toEqual([
    { type: 'send', clientId: expect.stringMatching(UUID), text: 'Can I still return my tent?' },
  ]);
  expect(tap.connections).toHaveLength(1);

  const hosts = new Set(watched.requests.map((request) => new URL(request).host).filter(Boolean));
  expect([...hosts].sort()).toEqual([new URL(site.url).host, new URL(tap.url).host].sort());
  expect(watched.errors).toEqual([]);
  expect(watched.console).toEqual([]);
});

test('the delivery is told step by step, and never backwards', async ({ page, site, tap }) => {
  await page.goto(
    site.page(
      `<script type="module" src="/chat-widget.js"></script>
      <chat-widget url="${tap.url}"></chat-widget>
      <script>
        states = [];
        addEventListener('chat-delivery', (event) => states.push(event.state));
      </script>`,
    ),
  );
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hello');
  await expect.poll(() => page.evaluate('states')).toEqual(['queued', 'sending', 'sent', 'read']);
});

test('a page that is only looked at connects nowhere and keeps nothing', async ({ page, site, tap }) => {
  const watched = await watch(page);
  await page.goto(
    site.page(
      `<script type="module" src="/chat-widget.js"></script><chat-widget url="${tap.url}"></chat-widget>`,
    ),
  );
  await expect(new Chat(page).launcher).toBeVisible();
  await page.reload();
  await expect(new Chat(page).launcher).toBeVisible();
  expect(await page.evaluate(stored)).toEqual(NOTHING);
  expect(tap.connections).toHaveLength(0);
  expect(
    watched.requests.filter((request) => !request.startsWith(site.url) && !request.startsWith('data:')),
  ).toEqual([]);
});

test('a strict content security policy holds', async ({ page, site, tap }) => {
  const watched = await watch(page);
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    'img-src data:',
    `connect-src ${tap.url}`,
    "require-trusted-types-for 'script'",
    'trusted-types chat-widget',
  ].join('; ');
  await page.goto(
    site.page(
      `<script type="module" src="/chat-widget.js"></script>
      <chat-widget url="${tap.url}" heading="Fernway support"></chat-widget>`,
      { 'content-security-policy': policy },
    ),
  );
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Can I still return my tent?');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  await expect(chat.bubble('Can I still return my tent?')).toHaveCSS(
    'background-color',
    /^(?!rgba\(0, 0, 0, 0\))/,
  );
  expect(watched.errors).toEqual([]);
  expect(watched.console).toEqual([]);
});
