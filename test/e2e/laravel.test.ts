/**
 * Real Laravel, as far as it can be had: the applications that docs/backends shows, for three contracts. Where Laravel or Reverb
 * is missing, one line says so; the same contracts are kept by a server of our own in test/server/laravel.spec.ts.
 */
import { Chat } from './support/chat.js';
import { expect, test as base } from './support/fixtures.js';
import { LaravelApp, laravelHere } from './support/laravel-app.js';
import type { LaravelContract } from './support/laravel-server.js';

const test = base.extend<{
  start(contract: LaravelContract, env?: Record<string, string>): Promise<LaravelApp>;
}>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads from it that nothing else is needed
  start: async ({}, use) => {
    const apps: LaravelApp[] = [];
    await use(async (...args) => {
      const app = await LaravelApp.start(...args);
      apps.push(app);
      return app;
    });
    for (const app of apps) await app.stop();
  },
});

/** A page of another origin, as a shop has it. */
const widget = (attributes: string): string =>
  `<script type="module" src="/chat-widget.js"></script><chat-widget ${attributes}></chat-widget>`;

const reverb = ({ reverbPort }: LaravelApp): string =>
  JSON.stringify({ reverb: { key: 'chat-key', host: `ws://127.0.0.1:${reverbPort}` }, pollMs: 200 });

const provider = (chat: Chat): Promise<string | undefined> =>
  chat.read(({ client }) => client?.state.connection.provider);

const here = laravelHere();

test(`Laravel: ${here.line}`, () => console.log(`Laravel: ${here.line}`));

if (here.runs) {
  // PHP's web server and its commands take their time.
  test.setTimeout(90_000);

  test('laravel-chatbot: configured by the backend, answered by a bot, polled while Reverb is down', async ({
    page,
    site,
    start,
  }) => {
    const app = await start('chatbot');
    await page.goto(site.page(widget(`preset="laravel-chatbot" url="${app.url}"`)));
    const chat = new Chat(page);
    await chat.open();
    await chat.say('Hi');
    await expect(chat.bubble('You said: Hi')).toBeVisible();
    expect(await provider(chat)).toBe('reverb');
    expect(await chat.read(({ client }) => client?.state.connection.channel)).toBe(
      'private-chat.conversation.1',
    );

    await app.reverbDown();
    await app.artisan('chat:say', '1', 'from a person');
    await expect(chat.bubble('from a person')).toBeVisible();
    await expect.poll(() => provider(chat)).toBe('polling');
    await chat.say('again');
    await expect(chat.bubble('You said: again')).toBeVisible();
    expect((await chat.entries()).map(({ text }) => text)).toEqual([
      'Hi',
      'You said: Hi',
      'from a person',
      'again',
      'You said: again',
    ]);
  });

  test('laravel-livechat: a person comes, types and writes; Reverb starts anew; the next page goes on', async ({
    page,
    site,
    start,
  }) => {
    const app = await start('livechat');
    await page.goto(
      site.page(widget(`preset="laravel-livechat" url="${app.url}" backend-options='${reverb(app)}'`)),
    );
    const chat = new Chat(page);
    await chat.open();
    await chat.say('Is anybody there?');
    await expect.poll(() => chat.state('Is anybody there?')).toBe('sent');
    await chat.button('Talk to a person').last().click();
    await expect(chat.queue).toBeVisible();
    await app.artisan('chat:join', '1', 'Maya');
    await expect(chat.title).toHaveText('Maya');
    await app.whisper('private-conversation.1', 'typing', { typing: true, name: 'Maya' });
    await expect(chat.typing).toBeVisible();
    await app.artisan('chat:say', '1', 'I am');
    await expect(chat.bubble('I am')).toBeVisible();
    await expect(chat.typing).toHaveCount(0);
    expect(await provider(chat)).toBe('reverb');

    await app.reverbDown();
    await app.artisan('chat:say', '1', 'said in the dark');
    await app.reverbUp();
    await expect(chat.bubble('said in the dark')).toBeVisible();
    await chat.say('and I heard it');
    await expect.poll(() => chat.state('and I heard it')).toBe('sent');

    const before = await chat.entries();
    await page.reload();
    const next = new Chat(page);
    await next.open();
    await expect.poll(async () => (await next.entries()).length).toBe(before.length);
    await app.artisan('chat:say', '1', 'welcome back');
    await expect(next.bubble('welcome back')).toBeVisible();
  });

  test('laravel-resume: goes on after a reload, begins anew once closed, offers another device to go on', async ({
    browser,
    page,
    site,
    start,
  }) => {
    const app = await start('resume', { CHAT_OFFER_BY_NETWORK: 'true' });
    const address = site.page(
      widget(`preset="laravel-resume" config-url="${app.url}/api/chat/echo" device-hint`),
    );
    await page.goto(address);
    const chat = new Chat(page);
    await chat.open();
    await chat.say('from my laptop');
    await expect.poll(() => chat.state('from my laptop')).toBe('sent');
    expect(await provider(chat)).toBe('reverb');
    await app.artisan('chat:say', '1', 'Hello, laptop');
    await expect(chat.bubble('Hello, laptop')).toBeVisible();

    // Another device: another language is enough to tell them apart.
    const phone = await browser.newContext({ locale: 'de-DE', viewport: { width: 400, height: 800 } });
    const other = new Chat(await phone.newPage());
    await (other.page as typeof page).goto(address);
    await other.open();
    await other.button('Go on').click();
    await expect(other.bubble('from my laptop')).toBeVisible();
    await other.say('and from my phone');
    await expect(chat.bubble('and from my phone')).toBeVisible();
    await phone.close();

    await page.reload();
    const next = new Chat(page);
    await next.open();
    await expect(next.bubble('and from my phone')).toBeVisible();
    await app.artisan('chat:close', '1');
    await next.say('one more thing');
    await expect.poll(() => next.read(({ client }) => client?.state.conversationId)).toBe('2');
    await expect.poll(() => next.state('one more thing')).toBe('sent');
  });
}
