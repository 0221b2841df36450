/** Servers of the field, unchanged, and a page that names their contract: the five stories of docs/backends/. */
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';
import { LaravelServer, type LaravelServerOptions } from './support/laravel-server.js';
import { PlainChatServer } from './support/plain-chat-server.js';
import { ShopServer } from './support/shop-server.js';

type Shown = [role: string, text: string];

/** Role and text of everything in the transcript. */
const shown = async (chat: Chat): Promise<Shown[]> =>
  (await chat.entries()).map(({ role, text }) => [role, text]);

const widget = (attributes: string): string =>
  `<script type="module" src="/chat-widget.js"></script><chat-widget ${attributes}></chat-widget>`;

test.describe('socket-io-shop', () => {
  test('sends, receives, outlives an outage and a reload', async ({ page, site }) => {
    const shop = await ShopServer.start();
    await page.goto(site.page(widget(`preset="socket-io-shop" url="${shop.url}"`)));
    const chat = new Chat(page);
    await chat.open();
    await chat.say('Where is my parcel?');
    await expect(chat.bubble('You said: Where is my parcel?')).toBeVisible();
    expect(await page.evaluate(() => document.querySelector('chat-widget')!.client!.provider)).toBe(
      'socket.io',
    );

    await shop.stop();
    await expect(chat.notice).toBeVisible();
    await chat.say('Are you still there?');
    await page.reload();
    await chat.open();
    await expect(chat.bubble('Are you still there?').first()).toBeVisible();
    await shop.start();
    await expect(chat.bubble('You said: Are you still there?')).toBeVisible({ timeout: 20_000 });
    expect(await shown(chat)).toEqual([
      ['guest', 'Where is my parcel?'],
      ['ai', 'You said: Where is my parcel?'],
      ['guest', 'Are you still there?'],
      ['ai', 'You said: Are you still there?'],
    ]);
    await shop.stop();
  });

  test('falls back to polling where WebSocket is blocked, and to the REST twin where the page says so', async ({
    page,
    site,
  }) => {
    for (const attributes of ['', ' transport="http"']) {
      const shop = await ShopServer.start({ blockWebSocket: true });
      await page.goto(site.page(widget(`preset="socket-io-shop" url="${shop.url}"${attributes}`)));
      const chat = new Chat(page);
      await chat.open();
      await chat.say('Hello');
      await expect(chat.bubble('You said: Hello')).toBeVisible({ timeout: 20_000 });
      const posts = shop.requests.filter((request) => request.startsWith('POST /api/chat/message'));
      expect(posts).toHaveLength(attributes ? 1 : 0);
      await shop.stop();
    }
  });
});

test.describe('plain-websocket', () => {
  test('goes on with the history, sees a person come, outlives an outage and a reload', async ({
    page,
    site,
  }) => {
    const server = await PlainChatServer.start();
    await page.goto(site.page(widget(`preset="plain-websocket" url="${server.url}"`)));
    const chat = new Chat(page);
    await chat.open();
    await chat.say('Hi');
    await expect(chat.bubble('You said: Hi')).toBeVisible();
    await chat.say('May I speak to a person?');
    await expect(chat.bubble('Hi, I am Maya.')).toBeVisible();
    await expect(chat.title).toHaveText('Maya');
    const [guestId] = server.guests;

    await server.kill();
    await expect(chat.notice).toBeVisible();
    await chat.say('Written in the dark');
    server.say(guestId!, 'staff', 'Said in the dark', 'Maya');
    await server.start();
    await expect(chat.bubble('I see: Written in the dark')).toBeVisible({ timeout: 20_000 });
    await page.reload();
    await chat.open();
    await chat.say('Back again');
    await expect(chat.bubble('I see: Back again')).toBeVisible();
    expect(server.threads.size).toBe(1);
    expect((await shown(chat)).filter(([role]) => role !== 'system')).toEqual([
      ['guest', 'Hi'],
      ['ai', 'You said: Hi'],
      ['guest', 'May I speak to a person?'],
      ['staff', 'Hi, I am Maya.'],
      ['staff', 'Said in the dark'],
      ['guest', 'Written in the dark'],
      ['staff', 'I see: Written in the dark'],
      ['guest', 'Back again'],
      ['staff', 'I see: Back again'],
    ]);
    await server.kill();
  });
});

interface LaravelStory {
  preset: string;
  contract: LaravelServerOptions['contract'];
  /** Further attributes that a page needs. */
  more(server: LaravelServer): string;
  channel: string;
}

const reverb = (server: LaravelServer): string => {
  const options = { reverb: { key: server.host.key, host: '127.0.0.1', port: server.port } };
  return `backend-options='${JSON.stringify(options)}'`;
};

const LARAVEL: LaravelStory[] = [
  {
    preset: 'laravel-chatbot',
    contract: 'chatbot',
    more: () => '',
    channel: 'private-chat.conversation.100',
  },
  { preset: 'laravel-livechat', contract: 'livechat', more: reverb, channel: 'private-conversation.100' },
  {
    preset: 'laravel-resume',
    contract: 'resume',
    more: (server) => `${reverb(server)} device-hint`,
    channel: 'private-conversation.100',
  },
];

for (const { preset, contract, more, channel } of LARAVEL) {
  test.describe(preset, () => {
    test('starts, hears the bot, sees a person come, type and write, outlives an outage and a reload', async ({
      page,
      site,
    }) => {
      const server = await LaravelServer.start({ contract });
      await page.goto(site.page(widget(`preset="${preset}" url="${server.url}" ${more(server)}`)));
      const chat = new Chat(page);
      const line = () =>
        page.evaluate(() => {
          const { provider, channel: name } = document.querySelector('chat-widget')!.client!.state.connection;
          return [provider, name];
        });
      await chat.open();
      await chat.say('Hi');
      await expect(chat.bubble('You said: Hi')).toBeVisible();
      expect(await line()).toEqual(['reverb', channel]);

      await server.joins('Maya');
      await expect(chat.system('Maya joined')).toBeVisible();
      await expect(chat.title).toHaveText('Maya');
      server.whispers(true);
      await expect(chat.typing).toHaveAccessibleName('Maya is typing');
      await server.says('I am a person');
      await expect(chat.bubble('I am a person')).toBeVisible();
      await expect(chat.typing).toHaveCount(0);

      await server.down();
      await expect(chat.notice).toBeVisible();
      await chat.say('Written in the dark');
      await server.says('Said in the dark');
      await server.up();
      await expect(chat.bubble('You said: Written in the dark')).toBeVisible({ timeout: 20_000 });
      const talk: Shown[] = [
        ['guest', 'Hi'],
        ['ai', 'You said: Hi'],
        ['staff', 'I am a person'],
        ['staff', 'Said in the dark'],
        ['guest', 'Written in the dark'],
        ['ai', 'You said: Written in the dark'],
      ];
      expect((await shown(chat)).filter(([role]) => role !== 'system')).toEqual(talk);

      await page.reload();
      await chat.open();
      await chat.say('Back again');
      await expect(chat.bubble('You said: Back again')).toBeVisible();
      expect(server.conversations).toHaveLength(1);
      expect((await shown(chat)).filter(([role]) => role !== 'system')).toEqual([
        ...talk,
        ['guest', 'Back again'],
        ['ai', 'You said: Back again'],
      ]);
      const fingerprints = server.bodies.map(({ client_fingerprint }) => typeof client_fingerprint);
      expect(new Set(fingerprints)).toEqual(new Set([contract === 'resume' ? 'string' : 'undefined']));
      await server.stop();
    });

    test('is polled within five seconds of a failure', async ({ page, site }) => {
      const server = await LaravelServer.start({ contract });
      await page.goto(site.page(widget(`preset="${preset}" url="${server.url}" ${more(server)}`)));
      const chat = new Chat(page);
      await chat.open();
      await chat.say('Hi');
      await expect(chat.bubble('You said: Hi')).toBeVisible();
      server.realtime = false;
      server.cut();
      await expect
        .poll(() => page.evaluate(() => document.querySelector('chat-widget')!.client!.provider), {
          timeout: 5000,
        })
        .toBe('polling');
      await chat.say('Still there?');
      await expect(chat.bubble('You said: Still there?')).toBeVisible();
      await server.stop();
    });
  });
}
