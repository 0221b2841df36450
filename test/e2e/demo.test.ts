/** The demo: mock, where the chat server is in the page, and what its buttons do in either mode. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { watch } from './support/watch.js';

test('mock: the AI streams, and the team takes over', async ({ page, demo }) => {
  const watched = await watch(page);
  await page.goto(demo.url);
  await expect(page.getByRole('link', { name: 'Mock' })).toHaveAttribute('aria-current', 'page');
  const chat = new Chat(page);
  await page.getByRole('button', { name: 'Ask about a return' }).click();
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({ role: 'ai', state: 'streaming' });
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({ role: 'ai', text: expect.stringContaining('60 days'), state: '' });

  await page.getByRole('button', { name: 'Ask for a person' }).click();
  await expect(chat.queue).toContainText('Your place in line');
  await expect(chat.system('Maya joined')).toBeVisible({ timeout: 20_000 });
  await expect(chat.title).toHaveText('Maya');
  await expect(chat.typing).toHaveAccessibleName('Maya is typing');
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({ role: 'staff', author: 'Maya' });

  // Nothing left the page but requests for its own files.
  expect(
    watched.requests
      .filter((request) => !/^(?:data|blob):/.test(request))
      .map((request) => new URL(request).host),
  ).toEqual(expect.not.arrayContaining([expect.not.stringContaining(new URL(demo.url).host)]));
  expect(watched.errors).toEqual([]);
  expect(watched.console.filter((line) => !line.startsWith('debug: [vite]'))).toEqual([]);
});

for (const [mode, path] of [
  ['mock', '/'],
  ['live', '/?mode=live'],
] as const) {
  test(`${mode}: the line is cut and mended, and what was written meanwhile goes out`, async ({
    page,
    demo,
  }) => {
    await page.goto(demo.url + path);
    const chat = new Chat(page);
    await chat.open();
    await chat.say('Hello');
    await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
    await page.getByRole('button', { name: 'Cut the line' }).click();
    await expect(chat.notice).toContainText('Reconnecting…');
    await chat.say('How heavy is the tent?');
    await expect.poll(() => chat.state('How heavy is the tent?')).toBe('queued');
    await page.getByRole('button', { name: 'Mend the line' }).click();
    await expect(page.getByRole('button', { name: 'Cut the line' })).toBeVisible();
    // It may be back by itself by now, and the button Try now with it gone; the call it makes does no harm then.
    await chat.read((widget) => widget.connect());
    await expect
      .poll(async () => (await chat.entries()).at(-1))
      .toMatchObject({ role: 'ai', text: expect.stringContaining('1.9 kg'), state: '' });
    expect((await chat.lines()).filter((line) => line === 'You: How heavy is the tent?')).toHaveLength(1);
  });
}

test('the choice between mock and live stands in the address', async ({ page, demo }) => {
  await page.goto(demo.url);
  await page.getByRole('link', { name: 'Live' }).click();
  await expect(page).toHaveURL(`${demo.url}/?mode=live`);
  await expect(page.getByRole('link', { name: 'Live' })).toHaveAttribute('aria-current', 'page');
  await expect(page.getByRole('link', { name: /staff desk/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('link', { name: 'Live' })).toHaveAttribute('aria-current', 'page');
});
