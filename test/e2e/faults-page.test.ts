/** Pages that end or stop in the middle, clocks that jump, and servers that start again. */
import { crash, freeze, hang, setVisible } from './support/browser-faults.js';
import { shiftDate } from './support/fast-time.js';
import { expect, test, type Ordeal } from './support/ordeal.js';
import type { ChatWidget } from '../../src/index.js';

for (const [what, begun] of [
  ['in a talk that goes on', true],
  ['before anything else was written', false],
] as const) {
  test(`five messages in a burst and a reload at once, ${what}`, async ({ ordeal, page }) => {
    if (begun) await ordeal.begin();
    else await page.goto(ordeal.address).then(() => ordeal.chat.open());
    // More than once, since what is lost by a reload is lost by a few milliseconds.
    for (const round of ['a', 'b', 'c']) {
      await burstAndReload(ordeal, round);
      await ordeal.chat.open();
      await ordeal.expectWhole({ oneLife: false });
    }
  });
}

async function burstAndReload({ written, page, chat }: Ordeal, round: string): Promise<void> {
  const burst = [1, 2, 3, 4, 5].map((number) => `${round}${number}`);
  written.push(...burst);
  await Promise.all([
    page.waitForEvent('load'),
    chat.host.evaluate((widget, texts) => {
      for (const text of texts) (widget as ChatWidget).send(text).catch(() => {});
      location.reload();
    }, burst),
  ]);
}

test('a reload in an outage: what waits is shown and arrives', async ({ ordeal, page }) => {
  await ordeal.begin();
  ordeal.proxy.refuse();
  ordeal.proxy.reset();
  await ordeal.write('one', 'two', 'three');
  ordeal.say('uno');
  await expect.poll(() => ordeal.chat.state('three')).toBe('queued');
  await page.reload();
  await ordeal.chat.open();
  await expect.poll(() => ordeal.shown()).toEqual(expect.arrayContaining(['one', 'two', 'three']));
  await ordeal.proxy.heal();
  await ordeal.expectWhole({ oneLife: false });
});

test('the tab crashes in an outage: the next one sends what was written', async ({ ordeal, page }) => {
  await ordeal.begin();
  ordeal.proxy.refuse();
  ordeal.proxy.reset();
  await ordeal.write('one', 'two', 'three');
  await expect.poll(() => ordeal.chat.state('three')).toBe('queued');
  await crash(page);
  ordeal.say('uno');
  await ordeal.proxy.heal();
  await ordeal.another();
  await ordeal.expectWhole({ oneLife: false });
});

test('the tab is closed with messages under way: the next one knows which arrived', async ({
  ordeal,
  page,
}) => {
  await ordeal.begin();
  ordeal.proxy.loseFromServer();
  await ordeal.write('one', 'two', 'three');
  await expect.poll(() => ordeal.server.heard).toEqual(ordeal.written);
  await page.close();
  await ordeal.proxy.heal();
  ordeal.say('uno');
  await ordeal.another();
  await ordeal.expectWhole({ oneLife: false });
});

test('the tab is closed in an outage', async ({ ordeal, page }) => {
  await ordeal.begin();
  ordeal.proxy.refuse();
  ordeal.proxy.reset();
  await ordeal.write('one', 'two', 'three');
  await expect.poll(() => ordeal.chat.state('three')).toBe('queued');
  await page.close();
  await ordeal.proxy.heal();
  await ordeal.another();
  await ordeal.expectWhole({ oneLife: false });
});

test('a frozen page lets go of its line and is back at once when it thaws', async ({
  ordeal,
  page,
  browser,
}) => {
  await ordeal.begin();
  const thaw = await freeze(browser, page);
  await expect.poll(() => ordeal.proxy.open).toBe(0);
  ordeal.say('uno', 'due');
  await thaw();
  await ordeal.write('one');
  await ordeal.expectWhole();
  expect(ordeal.diary.statuses).toContain('paused (suspended)');
});

test('a process that gets no time for a while', async ({ ordeal, page, browser }) => {
  await ordeal.begin();
  await ordeal.write('one');
  const goOn = await hang(browser, page);
  try {
    ordeal.say('uno', 'due');
    ordeal.proxy.reset();
    ordeal.say('tre');
  } finally {
    goOn();
  }
  await ordeal.write('two');
  await ordeal.expectWhole();
});

for (const hours of [1, -1]) {
  test(`a wall clock that jumps by ${hours} h: no reconnect, no message lost or moved`, async ({
    ordeal,
    page,
  }) => {
    await ordeal.begin();
    await ordeal.write('one');
    ordeal.say('uno');
    await shiftDate(page, hours * 3_600_000);
    await ordeal.write('two', 'three');
    ordeal.say('due');
    await ordeal.expectWhole();
    expect(ordeal.proxy.attempts).toHaveLength(1);
    await page.reload();
    await ordeal.chat.open();
    await ordeal.expectWhole({ oneLife: false });
  });
}

test('a page that was hidden while its line died is back at once when it is seen', async ({
  ordeal,
  page,
}) => {
  await ordeal.begin();
  await setVisible(page, false);
  ordeal.proxy.blackHole('open');
  ordeal.say('uno');
  await setVisible(page, true);
  await ordeal.expectWhole();
  await ordeal.write('one');
  await ordeal.expectWhole();
});

test('a server that is killed and starts again with its state', async ({ ordeal }) => {
  await ordeal.begin();
  await ordeal.write('one');
  await ordeal.server.kill();
  await ordeal.write('two', 'three');
  await ordeal.server.start();
  ordeal.say('uno');
  await ordeal.expectWhole();
});

test('a server that restarts as planned', async ({ ordeal }) => {
  await ordeal.begin();
  await ordeal.write('one');
  await ordeal.server.stop();
  await ordeal.write('two', 'three');
  await ordeal.server.start();
  ordeal.say('uno');
  await ordeal.expectWhole();
  expect(ordeal.diary.statuses).toContain('reconnecting (restart)');
});

test('a server that starts again without its state: what waits goes into a new conversation', async ({
  ordeal,
}) => {
  await ordeal.begin();
  await ordeal.server.kill();
  await ordeal.write('one', 'two');
  await expect.poll(() => ordeal.chat.state('two')).toBe('queued');
  await ordeal.server.start(false);
  await expect.poll(() => ordeal.server.heard).toEqual(['one', 'two']);
  // What the old server knew is gone for everybody; what it never had is not.
  ordeal.forget('one', 'two');
  ordeal.say('uno');
  await ordeal.write('three');
  await ordeal.expectWhole();
});

test('a server that lost the numbering of a conversation: the thread is its newest page', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.refuse();
  ordeal.proxy.reset();
  await ordeal.write('one');
  ordeal.server.conversation!.loseHistory();
  ordeal.forget('one');
  ordeal.say('uno');
  await ordeal.proxy.heal();
  await ordeal.expectWhole({ oneLife: false });
  await ordeal.write('two');
  ordeal.say('due');
  // Whether what the newest page brought is new or old, nobody can tell; so it is shown, and told by no event.
  await ordeal.expectWhole({ oneLife: false });
});
