/** Cuts in the middle: a reload, and a server that dies. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { startServerProcess } from './support/server-process.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

test('a reload in the middle of a reply: the conversation goes on, nothing twice', async ({
  page,
  site,
  tap,
}) => {
  await page.goto(site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hello');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  const greeting = (await chat.lines()).at(-1)!;
  await chat.say('Can I still return my tent?');
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({ role: 'ai', state: 'streaming' });

  await page.reload();
  await chat.open();
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  const lines = await chat.lines();
  expect(lines.slice(0, 3)).toEqual(['You: Hello', greeting, 'You: Can I still return my tent?']);
  expect(lines).toHaveLength(4);
  expect(tap.sent('send')).toHaveLength(2);
  const [first, second] = tap.sent('hello');
  expect(first).not.toHaveProperty('resumeToken');
  expect(second).toMatchObject({ guestId: first!['guestId'], resumeToken: expect.any(String) });
});

test('a message that was not acknowledged before the reload is sent once', async ({ page, site, tap }) => {
  await page.goto(site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hello');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  tap.hold();
  await chat.say('Is anybody there?');
  await expect.poll(() => tap.sent('send')).toHaveLength(2);
  await page.reload();
  tap.release();
  await chat.open();
  await expect.poll(() => chat.state('Is anybody there?')).toMatch(/sent|delivered|read/);
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  expect((await chat.lines()).filter((line) => line === 'You: Is anybody there?')).toHaveLength(1);
  // Whether it went over the wire again depends on what came first, the history or the outbox; the id is the same.
  const ids = tap
    .sent('send')
    .filter(({ text }) => text === 'Is anybody there?')
    .map(({ clientId }) => clientId);
  expect(new Set(ids).size).toBe(1);
});

test('the server is killed and started again: what was written meanwhile arrives once', async ({
  page,
  site,
}, info) => {
  const server = await startServerProcess(info.outputPath('chat-state'));
  try {
    await page.goto(
      site.page(`<chat-widget url="${server.url}" heading="Fernway support"></chat-widget>${SCRIPT}`),
    );
    const sent: { type: string; clientId?: string; text?: string }[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => sent.push(JSON.parse(String(payload)))),
    );
    const chat = new Chat(page);
    await chat.open();
    await chat.say('Hello');
    await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
    const before = await chat.lines();

    await server.kill();
    await expect(chat.notice).toContainText('Reconnecting…');
    await expect(chat.button('Try now')).toBeVisible();
    await chat.say('Can I still return my tent?');
    await expect.poll(() => chat.state('Can I still return my tent?')).toBe('queued');
    await expect(chat.log).toContainText('Waiting to send');
    await expect(chat.bubble('Can I still return my tent?')).toHaveCSS('border-top-style', 'dashed');

    // Nobody is there yet, so trying now changes nothing.
    await chat.button('Try now').click();
    await expect(chat.notice).toContainText('Reconnecting…');

    await server.start();
    // The line may have come back by itself by now, and the button with it gone; the call it makes does no harm then.
    await chat.read((widget) => widget.connect());
    await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
    await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
    await expect(chat.notice).toHaveCount(0);
    const after = await chat.lines();
    expect(after.slice(0, before.length + 1)).toEqual([...before, 'You: Can I still return my tent?']);
    expect(after).toHaveLength(before.length + 2);
    expect(sent.filter(({ text }) => text === 'Can I still return my tent?')).toHaveLength(1);

    // What the server has is what the guest saw.
    await page.reload();
    await chat.open();
    await expect.poll(() => chat.lines()).toEqual(after);
  } finally {
    await server.kill();
  }
});

test('the browser goes offline and comes back', async ({ page, context, site, tap }) => {
  await page.goto(site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hello');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  await context.setOffline(true);
  await expect(chat.notice).toContainText('You’re offline.');
  await chat.say('Can I still return my tent?');
  await expect.poll(() => chat.state('Can I still return my tent?')).toBe('queued');
  await context.setOffline(false);
  await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  await expect(chat.notice).toHaveCount(0);
  expect(tap.sent('send').filter(({ text }) => text === 'Can I still return my tent?')).toHaveLength(1);
});

test('two tabs of one guest show one conversation', async ({ page, context, site, tap }) => {
  const address = site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`);
  await page.goto(address);
  const first = new Chat(page);
  await first.open();
  await first.say('Hello');
  await expect.poll(async () => (await first.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });

  const other = await context.newPage();
  await other.goto(address);
  const second = new Chat(other);
  await second.open();
  await expect.poll(() => second.lines()).toEqual(await first.lines());
  await second.say('Can I still return my tent?');
  await expect.poll(async () => (await second.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  await expect.poll(() => first.lines()).toEqual(await second.lines());
  expect(await first.lines()).toHaveLength(4);
});

test('the last conversation is painted at once, without a server too, and then set right', async ({
  page,
  site,
  tap,
  server,
}, info) => {
  await page.goto(
    site.page(`<chat-widget url="${tap.url}" heading="Fernway support"></chat-widget>${SCRIPT}`),
  );
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hello');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  const lines = await chat.lines();

  // Somebody meddles with what is kept: nothing of it may stay once the server has spoken.
  const kept = async (forged = ''): Promise<string[]> =>
    page.evaluate(
      ({ url, forged: forgery }) =>
        new Promise<string[]>((resolve, reject) => {
          const request = indexedDB.open(`chat-widget ${url}`);
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const store = request.result.transaction('entries', 'readwrite').objectStore('entries');
            store.get('thread').onsuccess = ({ target }) => {
              const thread = (target as IDBRequest<{ messages: { text: string }[] } | undefined>).result;
              const texts = thread?.messages.map(({ text }) => text) ?? [];
              if (thread && forgery && texts.length === 2) {
                thread.messages[0]!.text = forgery;
                store.put(thread, 'thread');
              }
              store.transaction.oncomplete = () => {
                request.result.close();
                resolve(texts);
              };
            };
          };
        }),
      { url: new URL(tap.url).href, forged },
    );
  await expect.poll(() => kept('Forged')).toHaveLength(2);
  tap.hold();
  await page.reload();
  await chat.open();
  await expect.poll(async () => (await chat.lines())[0]).toBe('You: Forged');
  expect(await chat.lines()).toHaveLength(2);
  await page.screenshot({ path: info.outputPath('painted.png') });
  tap.release();
  await expect.poll(() => chat.lines()).toEqual(lines);
  await expect.poll(async () => (await kept())[0]).toBe('Hello');

  await server.kill();
  await page.reload();
  await chat.open();
  await expect.poll(() => chat.lines()).toEqual(lines);
  await chat.say('Is anybody there?');
  await expect.poll(() => chat.state('Is anybody there?')).toBe('queued');
  await expect(chat.notice).toContainText('Reconnecting…');
});

test('what comes while the page is away is told when it is back, and the rest is not told again', async ({
  page,
  site,
  tap,
  server,
}) => {
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    addEventListener('chat-message', (event) => {
      const { direction, message } = event as Event & { direction: string; message: { text: string } };
      if (direction === 'in') told.push(message.text);
    });
  });
  await page.goto(site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Hello');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  await page.goto(site.page('Elsewhere'));
  const [conversation] = server.chat.conversations;
  conversation!.store({ role: 'staff', text: 'While you were away', author: { id: 'maya', role: 'staff' } });
  await page.goBack();
  await expect.poll(() => chat.read((widget) => widget.unread)).toBe(1);
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { told: string[] }).told))
    .toEqual(['While you were away']);
});
