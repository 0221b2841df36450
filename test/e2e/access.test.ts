/** For everybody: no finding of axe in any state, and the whole way with the keyboard alone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Chat } from './support/chat.js';
import { expect, test } from './support/fixtures.js';

const SCRIPT = '<script type="module" src="/chat-widget.js"></script>';

async function expectAccessible(page: Page): Promise<void> {
  // What moves in is half transparent for a moment; contrast is measured when it has arrived.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
        .map(({ finished }) => finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).include('chat-widget').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}

for (const [name, look] of [
  ['light', { colorScheme: 'light', attributes: 'lang="en"' }],
  ['dark', { colorScheme: 'dark', attributes: 'lang="en"' }],
  // A language without texts, so that the same names are found; Arabic is in languages.test.ts.
  ['right to left', { colorScheme: 'light', attributes: 'lang="he" dir="rtl"' }],
] as const) {
  test(`axe finds nothing: ${name}`, async ({ page, site, tap }) => {
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.goto(
      site.page(
        `<div ${look.attributes}><chat-widget url="${tap.url}" heading="Fernway support"></chat-widget></div>
        <script>document.querySelector('chat-widget').suggestions = ['Track an order', 'Start a return'];</script>${SCRIPT}`,
      ),
    );
    const chat = new Chat(page);
    await expectAccessible(page);
    await chat.open();
    await expectAccessible(page);
    await chat.say('Can I still return my tent?');
    await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
    await expectAccessible(page);
    await chat.button('Talk to a person').first().click();
    await chat.queue.waitFor();
    await expectAccessible(page);
  });
}

test('the keyboard alone', async ({ page, site, tap }) => {
  await page.goto(
    site.page(
      `<button id="page">A button of the page</button>
      <chat-widget url="${tap.url}" heading="Fernway support"></chat-widget>${SCRIPT}`,
    ),
  );
  const chat = new Chat(page);
  await chat.launcher.waitFor();
  await page.locator('#page').focus();
  await page.keyboard.press('Tab');
  await expect(chat.launcher).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.box).toBeFocused();

  await page.keyboard.type('Can I still');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('return my tent?');
  await expect(chat.box).toHaveValue('Can I still\nreturn my tent?');
  await page.keyboard.press('Enter');
  await expect(chat.box).toHaveValue('');
  await expect(chat.box).toBeFocused();
  await expect.poll(() => chat.state('Can I still return my tent?')).toMatch(/sent|delivered|read/);
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });

  // Back from the box there is the person, and before that the conversation, which scrolls.
  await page.keyboard.press('Shift+Tab');
  await expect(chat.button('Talk to a person').last()).toBeFocused();
  await page.keyboard.press('Enter');
  await chat.queue.waitFor();
  await expect(chat.box).toBeFocused();
  const leave = chat.button('Leave queue');
  for (let i = 0; i < 10 && !(await isFocused(page, 'Leave queue')); i++)
    await page.keyboard.press('Shift+Tab');
  await expect(leave).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(chat.queue).toHaveCount(0);
  await expect(chat.box).toBeFocused();

  await page.keyboard.press('Escape');
  await expect(chat.panel).toBeHidden();
  await expect(chat.launcher).toBeFocused();
});

test('nothing moves for who wants it so', async ({ page, site, tap }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await page.evaluate(() => {
    const moved = ((window as { moved?: Set<string> }).moved = new Set());
    const look = (): void => {
      for (const animation of document.querySelector('chat-widget')!.shadowRoot!.getAnimations()) {
        const { transitionProperty, animationName } = animation as CSSTransition & CSSAnimation;
        if (transitionProperty !== 'opacity') moved.add(animationName ?? transitionProperty);
      }
      requestAnimationFrame(look);
    };
    look();
  });
  await chat.open();
  await chat.say('Can I still return my tent?');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  await page.keyboard.press('Escape');
  await expect(chat.panel).toBeHidden();
  expect(await page.evaluate(() => [...(window as { moved?: Set<string> }).moved!])).toEqual([]);
});

test('a screen reader hears an answer once, as a whole', async ({ page, site, tap }) => {
  await page.goto(site.page(`<chat-widget url="${tap.url}"></chat-widget>${SCRIPT}`));
  const chat = new Chat(page);
  await chat.open();
  await page.locator('body > .chat-widget-announcer > [aria-live=polite]').waitFor({ state: 'attached' });
  await page.evaluate(() => {
    const heard = ((window as { heard?: string[] }).heard = []) as string[];
    const region = document.querySelector('.chat-widget-announcer > [aria-live=polite]')!;
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) heard.push(node.textContent!);
    }).observe(region, { childList: true });
  });
  const heard = () => page.evaluate(() => (window as { heard?: string[] }).heard!);
  await chat.say('Can I still return my tent?');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });
  await expect
    .poll(async () => (await heard()).filter((words) => words.startsWith('Assistant: ')))
    .toHaveLength(1);
  expect((await heard()).join(' ')).not.toContain('**');
});

/** Whether a button of that name has the focus, wherever in the shadow tree. */
function isFocused(page: Page, name: string): Promise<boolean> {
  return page.evaluate((text) => {
    let active: Element | null = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.textContent?.trim() === text;
  }, name);
}
