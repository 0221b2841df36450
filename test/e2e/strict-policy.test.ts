/* oxlint-disable no-empty-pattern -- Playwright reads from this pattern what a fixture needs, also when it is nothing */
/** Pages with the strictest content security policy there is: nothing may be reported, whatever is done in the chat. */
import type { Page } from '@playwright/test';
import { startChatServer } from '../../server/chat-server.js';
import type { ChatWidget } from '../../src/index.js';
import { aiReply, staffEscalation } from '../../src/testing/index.js';
import { Chat } from './support/chat.js';
import { expect, test as base } from './support/fixtures.js';
import { ownLit } from './support/own-lit.js';
import { startSite, type Site } from './support/site.js';
import { watch } from './support/watch.js';
import { startWiretap } from './support/wiretap.js';

const ANSWER = `## Returns

You have **60 days**, *unused*. See [our page](https://shop.test/returns).

1. Print the label
2. Bring it back

| Item | Days |
|------|-----:|
| Tent | 60 |

> Keep the bag.

\`\`\`js
const days = 60;
\`\`\`

![The label](https://pictures.test/label.png)`;

const test = base.extend({
  server: async ({}, use) => {
    const answer = () => ({
      text: ANSWER,
      sources: [{ title: 'Returns', url: 'https://shop.test/returns' }],
    });
    const server = await startChatServer({
      port: 0,
      scenarios: [staffEscalation({ stepMs: 300 }), aiReply({ answer, thinkMs: 50, wordMs: 5 })],
    });
    await use(server);
    await server.kill();
  },
});

/** The policy; what a page has to allow beside it comes on top. */
function strict(site: Site, tapUrl: string, { scripts = '', policies = '' } = {}): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `script-src 'self' ${scripts}`,
    "style-src 'self'",
    `connect-src ${tapUrl}`,
    "img-src 'self' blob:",
    "require-trusted-types-for 'script'",
    `trusted-types chat-widget ${policies}`,
    `report-uri ${site.url}/reports`,
  ].join('; ');
  return { 'content-security-policy': policy, 'content-security-policy-report-only': policy };
}

/** Notes what the page itself learns of violations. */
async function violations(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const list: string[] = [];
    Object.assign(globalThis, { violations: list });
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) =>
      list.push(`${effectiveDirective}: ${blockedURI} ${sample}`),
    );
  });
  return () => page.evaluate(() => (globalThis as unknown as { violations: string[] }).violations);
}

/** Everything a guest and a page can do in a chat. */
async function converse(page: Page): Promise<void> {
  const chat = new Chat(page);
  const set = (
    change: Pick<Partial<ChatWidget>, 'theme' | 'position' | 'layer' | 'locale' | 'mode' | 'strings'>,
  ) => chat.host.evaluate((element, values) => void Object.assign(element, values), change);
  await chat.open();
  await chat.say('Can I still return my tent?');
  await expect(chat.log.locator('[part~=codeblock]')).toBeVisible();
  await expect(chat.log.locator('[part~=source]')).toBeVisible();
  await expect(chat.log.locator('[part~=streaming]')).toHaveCount(0);
  await expect(chat.log.getByRole('link', { name: 'our page' })).toHaveAttribute('rel', /noopener/);
  await chat.log.locator('[part~=codeblock] button').click();
  // The styles are there: they are sheets that no policy speaks of.
  await expect(chat.bubble('Can I still return my tent?')).toHaveCSS(
    'background-color',
    /^(?!rgba\(0, 0, 0, 0\))/,
  );

  await chat.button('Talk to a person').last().click();
  await expect(chat.queue).toBeVisible();
  await expect(chat.system('joined')).toBeVisible({ timeout: 15_000 });

  await set({ theme: 'dark', position: 'start', layer: 'top' });
  await expect(chat.host.locator('.frame')).toHaveAttribute('popover', 'manual');
  await page.setViewportSize({ width: 390, height: 700 });
  await expect(chat.panel).toHaveAttribute('aria-modal', 'true');
  for (const [locale, today] of [
    ['de', 'Heute'],
    ['ar', 'اليوم'],
    ['ja', '今日'],
  ] as const) {
    await set({ locale });
    await expect(chat.host.locator('[part=day]')).toHaveText(today);
  }
  await set({ locale: 'en', strings: { 'input.hint': 'Well?' } });
  await expect(chat.box).toHaveAttribute('placeholder', 'Well?');
  await chat.read(async (element) => {
    element.transcript('html');
    String(await element.diagnose());
  });
  await page.keyboard.press('Escape');
  await expect(chat.panel).toBeHidden();
  await page.setViewportSize({ width: 1280, height: 720 });

  // An answer of the past, and a message that waits, over a reload.
  await page.reload();
  await chat.open();
  await expect(chat.log.locator('[part~=codeblock]')).toBeVisible();
  await set({ mode: 'inline' });
  await expect(chat.host.getByRole('region').locator('[part~=codeblock]')).toBeVisible();
}

const widget = (url: string): string =>
  `<chat-widget url="${url}" heading="Fernway support" avatar="/own.svg"><a href="mailto:a@shop.test">Mail</a></chat-widget>`;
const PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1H0z"/></svg>';

test('a whole conversation is reported nowhere', async ({ page, site, tap }) => {
  const [watched, told] = [await watch(page), await violations(page)];
  site.file('/own.svg', PICTURE);
  await page.goto(
    site.page(
      `<script type="module" src="/chat-widget.js"></script>${widget(tap.url)}`,
      strict(site, tap.url),
      '<link rel="icon" href="/own.svg">',
    ),
  );
  await converse(page);
  expect(await told()).toEqual([]);
  expect(site.reports.filter((report) => report.includes(page.url()))).toEqual([]);
  expect(watched.errors).toEqual([]);
  expect(watched.console).toEqual([]);
  expect(await watched.chatErrors()).toEqual([]);
});

test('nor on a page with its own Lit that takes the widget and its loader from elsewhere', async ({
  page,
  site,
  server,
}) => {
  const [watched, told] = [await watch(page), await violations(page)];
  const tap = await startWiretap(server.url);
  const elsewhere = await startSite();
  site.file('/own.svg', PICTURE);
  site.file('/page.js', await ownLit());
  await page.goto(
    site.page(
      `<script type="module" src="/page.js"></script><page-greeting></page-greeting>
      <script src="${elsewhere.url}/embed.js" data-url="${tap.url}" data-heading="Fernway support" data-avatar="/own.svg" async></script>`,
      strict(site, tap.url, { scripts: elsewhere.url, policies: 'lit-html' }),
      '<link rel="icon" href="/own.svg">',
    ),
  );
  await converse(page);
  await expect(page.locator('page-greeting p')).toHaveText('Hello from the page');
  await expect(page.locator('page-greeting p')).toHaveCSS('color', 'rgb(1, 2, 3)');
  expect(await told()).toEqual([]);
  expect(site.reports.filter((report) => report.includes(page.url()))).toEqual([]);
  expect(watched.errors).toEqual([]);
  expect(watched.console).toEqual([]);
  const scripts = watched.requests.filter((url) => url.endsWith('.js')).map((url) => new URL(url).origin);
  expect(new Set(scripts)).toEqual(new Set([site.url, elsewhere.url]));
  await elsewhere.close();
  await tap.close();
});

test('what is against the policy is heard of', async ({ page, site, tap }) => {
  const told = await violations(page);
  await page.goto(
    site.page('<p style="color: red">Hello</p>', strict(site, tap.url), '<link rel="icon" href="/own.svg">'),
  );
  expect(await told()).toHaveLength(2);
  await page.evaluate(() => void (document.querySelector('p')!.innerHTML = '<b>Hello</b>')).catch(() => {});
  expect((await told()).join()).toContain('require-trusted-types-for');
  await expect
    .poll(() => site.reports.filter((report) => report.includes(page.url())).length)
    .toBeGreaterThan(2);
});
