/** Whatever is mounted, used and removed leaves nothing behind: a page may do that all day. */
import { startChatServer } from '../../server/chat-server.js';
import { aiReply } from '../../src/testing/index.js';
import type { ChatWidget } from '../../src/index.js';
import { expect, test } from './support/fixtures.js';
import { holdingsOf, keepBooks, weigh } from './support/holdings.js';

/** Until whatever is made once for a page is there, and the browser has compiled what it runs often. */
const WARM_UP = 40;
const LIVES = 200;
/** Bytes that may stay behind for each life. */
const KEPT = 1000;

interface Lives {
  /** Mounts, uses and removes so many widgets, one after the other. */
  live(times: number): Promise<void>;
  /** How many of what they were made of are still in memory. */
  ghosts(): number;
}

const lives = (address: string): void => {
  let remembered: WeakRef<object>[] = [];
  const told = (target: EventTarget, type: string, fits: (event: Event) => boolean): Promise<void> =>
    new Promise((resolve) => {
      const listener = (event: Event): void => {
        if (!fits(event)) return;
        target.removeEventListener(type, listener);
        resolve();
      };
      target.addEventListener(type, listener);
    });
  /** By turns: all ways a widget may stand on a page, and be used there. */
  const life = async (turn: number): Promise<void> => {
    const widget = document.createElement('chat-widget') as ChatWidget;
    Object.assign(widget, {
      url: address,
      mode: turn % 5 === 4 ? 'inline' : 'floating',
      layer: turn % 7 === 6 ? 'top' : 'page',
      locale: turn % 11 === 10 ? 'de' : undefined,
    });
    const online = told(
      widget,
      'chat-status',
      (event) => (event as Event & { status: string }).status === 'online',
    );
    document.body.append(widget);
    await widget.updateComplete;
    // Most of them are only looked at.
    if (turn % 2 === 0) {
      const field = document.querySelector('input')!;
      field.focus();
      const answered = told(
        widget,
        'chat-message',
        (event) => (event as Event & { direction: string }).direction === 'in',
      );
      widget.show();
      await online;
      await widget.send('Will it rain?');
      await answered;
      await widget.updateComplete;
      remembered.push(new WeakRef(widget.client!));
      widget.hide();
      await widget.updateComplete;
      // Who does not forget everything has a database that stays, and a connection to it that must not.
      if (turn % 4 === 0) await widget.reset();
    }
    for (const element of widget.shadowRoot!.querySelectorAll('*')) remembered.push(new WeakRef(element));
    remembered.push(new WeakRef(widget));
    widget.remove();
  };
  const ours: Lives = {
    async live(times) {
      for (let turn = 0; turn < times; turn += 1) await life(turn);
    },
    ghosts() {
      remembered = remembered.filter((each) => each.deref());
      return remembered.length;
    },
  };
  Object.assign(globalThis, ours);
};

test('two hundred widgets come, talk and go, and nothing of them stays', async ({ page, site }) => {
  test.setTimeout(240_000);
  const server = await startChatServer({
    port: 0,
    scenarios: [aiReply({ thinkMs: 0, wordMs: 0, answer: () => 'No. **Pack** a hat.' })],
  });
  await keepBooks(page);
  await page.goto(
    site.page('<input aria-label="Search" /><script type="module" src="/chat-widget.js"></script>'),
  );
  await page.evaluate(lives, server.url);
  const session = await page.context().newCDPSession(page);
  const settled = async (): Promise<{ ghosts: number; nodes: number; listeners: number; heap: number }> => {
    // What was under way when the last one left comes to its end by itself.
    await expect
      .poll(async () => {
        const { sockets, locks, timers } = await holdingsOf(page);
        return { sockets, locks, timers };
      })
      .toEqual({ sockets: 0, locks: 0, timers: 0 });
    // The browser lets go of what it has drawn when it draws again.
    await page.evaluate(async () => {
      document.querySelector('input')!.blur();
      for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
    });
    await weigh(session);
    const ghosts = await page.evaluate(() => (globalThis as unknown as Lives).ghosts());
    return { ...(await weigh(session)), ghosts };
  };
  const live = (times: number): Promise<void> =>
    page.evaluate((n) => (globalThis as unknown as Lives).live(n), times);

  await live(WARM_UP);
  const before = { ...(await settled()), ...(await holdingsOf(page)) };
  expect(before.ghosts).toBe(0);
  await live(LIVES);
  let after = before;
  // A collector may need another look until it has let go of the last of them.
  await expect
    .poll(async () => {
      after = { ...(await settled()), ...(await holdingsOf(page)) };
      return { ...after, heap: 0 };
    })
    .toEqual({ ...before, heap: 0 });
  expect((after.heap - before.heap) / LIVES).toBeLessThan(KEPT);
  await server.kill();
});
