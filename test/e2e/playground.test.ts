/* oxlint-disable no-empty-pattern -- Playwright reads from this pattern what a fixture needs, also when it is nothing */
/** The playground, as static files under a path: what a visitor can do there, on any screen, under a strict policy. */
import { AxeBuilder } from '@axe-core/playwright';
import { devices, type Page } from '@playwright/test';
import { Chat } from './support/chat.js';
import { expect as strictly, test as base } from './support/fixtures.js';
import { startStaticDemo, type StaticDemo } from './support/static-demo.js';
import { watch } from './support/watch.js';

const test = base.extend<{ complaints: string[] }, { files: StaticDemo }>({
  files: [
    async ({}, use) => {
      const files = await startStaticDemo();
      await use(files);
      await files.close();
    },
    // A build has time of its own.
    { scope: 'worker', timeout: 120_000 },
  ],
  // Each story ends with a page that has complained of nothing, and asked for nothing that is not there.
  complaints: [
    async ({ page, files }, use) => {
      const watched = await watch(page);
      await use(watched.console);
      const said = watched.console.filter((line) => !line.startsWith('debug: [vite]'));
      expect([...watched.errors, ...said, ...files.missing]).toEqual([]);
    },
    { auto: true },
  ],
});

/** Stories take the time that they take for people, and more on a machine that has much else to do. */
const expect = strictly.configure({ timeout: 20_000 });

/** The playground as its visitor sees it. */
class Playground {
  readonly chat: Chat;

  private constructor(readonly page: Page) {
    this.chat = new Chat(page);
  }

  static async open(page: Page, files: StaticDemo, hash = ''): Promise<Playground> {
    await page.goto(`${files.url}playground.html${hash}`);
    await page.locator('chat-widget[data-status]').waitFor({ state: 'attached' });
    return new Playground(page);
  }

  choice(name: string) {
    return this.page.getByLabel(name, { exact: true });
  }

  button(name: string) {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Rows of a list of the inspector, as text, the newest first. */
  async rows(id: 'frames' | 'statuses' | 'outbox' | 'events'): Promise<string[]> {
    return (await this.page.locator(`#${id} > li`).allInnerTexts()).map((row) => row.replace(/\s+/g, ' '));
  }

  /** Waits for an answer that ends in these words. */
  async answered(words: string): Promise<void> {
    await expect
      .poll(async () => (await this.chat.entries()).at(-1))
      .toMatchObject({
        role: expect.stringMatching(/ai|staff/),
        text: expect.stringContaining(words),
        state: '',
      });
  }
}

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
}

for (const [wire, title] of [
  ['memory', 'message'],
  ['websocket', 'message'],
  ['socket-io', 'message'],
  ['pusher', 'message'],
  ['http', '200 GET'],
] as const) {
  test(`a scenario is picked and played over ${wire}, and its frames are seen both ways`, async ({
    page,
    files,
  }) => {
    const playground = await Playground.open(page, files);
    await playground.choice('Wire').selectOption(wire);
    await playground.choice('Scenario').selectOption('faq');
    await playground.chat.say('How heavy is the tent?');
    await playground.answered('most people take');
    await expect.poll(async () => (await playground.rows('frames')).join('\n')).toContain(title);
    const frames = (await playground.rows('frames')).join('\n');
    expect(frames).toContain('From the guest: ');
    expect(frames).toContain('From the server: ');
    expect(frames).toMatch(/\d\d:\d\d:\d\d\.\d\d\d/);
    expect((await playground.rows('statuses'))[0]).toContain('online');
  });
}

test('frames are filtered, spread out on demand, and cleared', async ({ page, files }) => {
  const playground = await Playground.open(page, files);
  await playground.chat.say('How heavy is the tent?');
  await playground.answered('kg');
  await playground.choice('From').selectOption('guest');
  await playground.choice('Filter').fill('heavy');
  await expect.poll(() => playground.rows('frames')).toEqual([expect.stringContaining('send')]);
  await page.locator('#frames summary').press('Enter');
  await expect(page.getByRole('group', { name: 'send, all of it' })).toContainText(
    '"text": "How heavy is the tent?"',
  );
  await playground.button('Clear').click();
  await expect(page.getByText('Nothing has gone over the wire yet.')).toBeVisible();
});

test('the line is cut and mended, and nothing is lost', async ({ page, files }) => {
  const playground = await Playground.open(page, files);
  const { chat } = playground;
  await chat.say('Hello');
  await playground.answered('What would you like to know?');
  await playground.button('Cut the line').click();
  await expect(chat.notice).toContainText('Reconnecting…');
  await chat.say('How heavy is the tent?');
  await expect.poll(() => playground.rows('outbox')).toEqual(['queued How heavy is the tent?']);
  await playground.button('Mend the line').click();
  // It may be back by itself by now; the call does no harm then.
  await chat.read((widget) => widget.connect());
  await playground.answered('kg');
  expect((await chat.lines()).filter((line) => line === 'You: How heavy is the tent?')).toHaveLength(1);
  await expect(page.getByText('Nothing waits to be sent.')).toBeVisible();
  const lines = (await playground.rows('statuses')).toReversed().join('\n');
  expect(lines).toMatch(/connecting[^]*online[^]*reconnecting[^]*online/);
});

test('the browser goes offline and comes back', async ({ page, files }) => {
  const playground = await Playground.open(page, files, '#scenario=ai-reply');
  await playground.chat.say('Hello');
  await playground.answered('What would you like to know?');
  await playground.button('Go offline').click();
  await expect(page.locator('chat-widget')).toHaveAttribute('data-status', 'offline');
  await playground.chat.say('How heavy is the tent?');
  await expect.poll(() => playground.rows('outbox')).toEqual(['queued How heavy is the tent?']);
  await playground.button('Go online').click();
  await playground.answered('kg');
  await expect(page.locator('chat-widget')).toHaveAttribute('data-status', 'online');
});

test('the server is restarted, and the weather is left behind by Reset', async ({ page, files }) => {
  const playground = await Playground.open(page, files);
  await playground.chat.say('Hello');
  await playground.answered('What would you like to know?');
  await playground.button('Restart the server').click();
  await expect.poll(async () => (await playground.rows('frames')).join('\n')).toContain('line 2 opened');
  await expect(page.locator('chat-widget')).toHaveAttribute('data-status', 'online');
  await playground.button('Freeze the server').click();
  await playground.choice('Delay, each way').selectOption('200');
  await expect(page).toHaveURL(/#delay=200$/);
  await playground.button('Reset').click();
  await expect(page.getByText('the conversation is forgotten')).toBeVisible();
  await expect(page).toHaveURL(/playground\.html$/);
  await expect(playground.button('Freeze the server')).toBeVisible();
  // An empty conversation has a welcome, and no log.
  await expect(playground.chat.host.getByText('How can we help today?')).toBeVisible();
  await expect(playground.chat.log).toHaveCount(0);
  expect(await page.evaluate(() => localStorage.length + sessionStorage.length)).toBe(0);
});

test('somebody of the team speaks', async ({ page, files }) => {
  const playground = await Playground.open(page, files);
  await playground.chat.say('Hello');
  await playground.answered('What would you like to know?');
  await playground.choice('Words').fill('Noor here.');
  await playground.button('Say as staff').click();
  await playground.answered('Noor here.');
  await expect(playground.chat.title).toHaveText('Noor');
  await playground.button('Leave').click();
  await expect(playground.chat.system('Noor left')).toBeVisible();
});

test('a story of one’s own: what is wrong with it is said by path, then it is played', async ({
  page,
  files,
}) => {
  const playground = await Playground.open(page, files);
  await playground.choice('Scenario').selectOption('own');
  const box = playground.choice('Your own, as JSON');
  await box.fill('{"name": "mine", "triggers": [{"on": "message", "steps": [{"streem": "Hi"}]}]}');
  const problems = page.locator('#story-problems');
  await expect(problems).toHaveText(
    'triggers[0].steps[0]: no step is called "streem"; did you mean "stream"?',
  );
  await expect(box).toHaveAttribute('aria-invalid', 'true');
  await expectSound(page);
  await playground.button('Play this story').click();
  await expect(page.getByText('This story cannot be played yet.')).toBeVisible();
  await box.fill('{"name": ');
  await expect(problems).toContainText('This is no JSON.');
  await box.fill(
    '{"name": "mine", "triggers": [{"on": "message", "steps": [{"stream": "Echo of {{text}}"}]}]}',
  );
  await expect(problems).toBeEmpty();
  await playground.button('Play this story').click();
  await playground.chat.say('mountains');
  await playground.answered('Echo of mountains');
});

test('the HTML is copied, and the link brings everything back', async ({ page, context, files }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const playground = await Playground.open(page, files);
  await playground.choice('Scenario').selectOption('busy-queue');
  await playground.choice('Language').selectOption('de');
  await playground.choice('Theme').selectOption('dark');
  await playground.choice('Corner').selectOption('start');
  await playground.choice('Brand').fill('#a03060');
  await playground.button('Copy the HTML').click();
  await expect(page.getByRole('status').filter({ hasText: 'The HTML is copied.' })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
    `<script type="module" src="https://example.com/chat-widget.js"></script>
<style>
  chat-widget {
    --chat-brand: #a03060;
  }
</style>
<chat-widget
  backend="mock"
  scenario="busy-queue"
  heading="Fernway support"
  locale="de"
  theme="dark"
  position="start"
></chat-widget>
`,
  );
  await playground.choice('Wire').selectOption('pusher');
  await playground.choice('Every frame arrives twice').check();
  await expect(page.locator('#markup')).toContainText('widget.backend = overPusher(server);');
  await expect(page.locator('#markup')).toContainText('server.network.duplicate();');
  await playground.button('Copy the link').click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());

  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByLabel('Wire')).toHaveValue('pusher');
  await expect(other.getByLabel('Scenario')).toHaveValue('busy-queue');
  await expect(other.getByLabel('Language', { exact: true })).toHaveValue('de');
  await expect(other.getByLabel('Theme')).toHaveValue('dark');
  await expect(other.getByLabel('Corner')).toHaveValue('start');
  await expect(other.getByLabel('Brand')).toHaveValue('#a03060');
  await expect(other.getByLabel('Every frame arrives twice')).toBeChecked();
  await expect(other.locator('chat-widget')).toHaveJSProperty('locale', 'de');
  await expect(other).toHaveURL(link);
});

test('an address with nonsense in it says so, and does no harm', async ({ page, files }) => {
  const nonsense =
    '#wire=pigeon&theme=blue&brand=red;}&delay=1e9&__proto__=1&scenario=own&story=%7B%22triggers%22%3A5%7D';
  const playground = await Playground.open(page, files, nonsense);
  const complaints = page.locator('#complaints');
  await expect(complaints).toContainText('“pigeon” is no wire');
  await expect(complaints).toContainText('“blue” is no theme');
  await expect(complaints).toContainText('“red;}” is no brand');
  await expect(complaints).toContainText('nothing called “__proto__”');
  await expect(page.locator('#story-problems')).toContainText('triggers: expected a list of triggers, got 5');
  await playground.chat.say('Hello');
  await playground.answered('What would you like to know?');
  await page.evaluate(() => (location.hash = '#wire=live'));
  await expect(complaints).toContainText('The live server is only there where npm start serves this page.');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, and nothing is wider than the screen, ${colorScheme}`, async ({ page, files }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const playground = await Playground.open(page, files, '#scenario=own');
    await playground.chat.say('Hello');
    await playground.answered('What would you like to know?');
    await playground.button('Cut the line').click();
    await playground.chat.say('Are you there?');
    await expect.poll(() => playground.rows('outbox')).toHaveLength(1);
    await page.evaluate(() => document.querySelectorAll('details').forEach((each) => (each.open = true)));
    await expectSound(page);
    await playground.chat.button('Minimise chat').click();
    for (const width of [1000, 320]) {
      await page.setViewportSize({ width, height: 640 });
      await expectSound(page);
    }
  });
}

test('on a phone the chat has the whole screen, and the controls are folded', async ({ browser, files }) => {
  const { defaultBrowserType: _, ...phone } = devices['iPhone 14']!;
  const context = await browser.newContext({ ...phone, viewport: { width: 390, height: 844 } });
  const page = await context.newPage();
  const playground = await Playground.open(page, files, '#scenario=faq');
  await expect(playground.button('Cut the line')).toBeHidden();
  await playground.chat.launcher.tap();
  await playground.chat.say('How heavy is the tent?');
  await playground.answered('most people take');
  expect(await playground.chat.panel.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  await expectSound(page);
  await playground.chat.button('Minimise chat').tap();
  await page.getByText('Weather', { exact: true }).tap();
  await playground.button('Cut the line').tap();
  await expect.poll(async () => (await playground.rows('statuses'))[0]).toContain('reconnecting');
  expect((await playground.rows('frames')).length).toBeGreaterThan(0);
  await expectSound(page);
  await context.close();
});

test('shop and gallery are static, too, and lead here', async ({ page, files }) => {
  await page.goto(files.url);
  await expect(page.getByRole('link', { name: 'Live' })).toBeHidden();
  // The button of the page does something as soon as its script is there, which also brings the widget.
  await new Chat(page).launcher.waitFor();
  await page.getByRole('button', { name: 'Ask about a return' }).click();
  await expect
    .poll(async () => (await new Chat(page).entries()).at(-1))
    .toMatchObject({ role: 'ai', state: '' });
  await page.getByRole('link', { name: 'Every state, side by side' }).click();
  await page.locator('html[data-gallery=drawn]').waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'playground' }).click();
  await expect(page.getByRole('heading', { name: 'Playground' })).toBeVisible();
  await page.getByRole('link', { name: 'Shop' }).click();
  await expect(page.getByRole('heading', { name: 'On the shelf' })).toBeVisible();
  await page.getByRole('link', { name: 'Playground' }).click();
  await expect(page).toHaveURL(`${files.url}playground.html`);
});

test('with npm start behind it, the live server plays', async ({ page, demo }) => {
  await page.goto(`${demo.url}/playground.html#wire=live`);
  const chat = new Chat(page);
  await chat.say('How heavy is the tent?');
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({ role: 'ai', text: expect.stringContaining('1.9 kg'), state: '' });
  await expect(page.locator('#frames')).toContainText('welcome');
  await page.getByRole('button', { name: 'Cut the line' }).click();
  await expect(chat.notice).toContainText('Reconnecting…');
  await page.getByRole('button', { name: 'Mend the line' }).click();
  await expect(page.getByRole('button', { name: 'Cut the line' })).toBeVisible();
  await chat.read((widget) => widget.connect());
  await expect(page.locator('chat-widget')).toHaveAttribute('data-status', 'online');
});
