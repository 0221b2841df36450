/** Networks that fail: what was written and said meanwhile arrives once and in order, and the guest hears what matters. */
import { expect, test, type Ordeal } from './support/ordeal.js';

/** How a line ends while the network stays fine; the next attempt succeeds. */
const CUTS: Readonly<Record<string, (ordeal: Ordeal) => void>> = {
  'a reset (RST)': ({ proxy }) => proxy.reset(),
  'an end without a close frame (FIN)': ({ proxy }) => proxy.finish(),
};

for (const [what, cut] of Object.entries(CUTS)) {
  test(`${what} in the middle of a talk`, async ({ ordeal }) => {
    await ordeal.begin();
    await ordeal.write('one', 'two');
    ordeal.say('uno');
    cut(ordeal);
    await ordeal.write('three');
    ordeal.say('due', 'tre');
    await ordeal.expectWhole();
    await ordeal.status('online');
    expect(ordeal.diary.statuses).toContain('reconnecting (lost)');
    // Lost and found within a moment: not worth a word to the guest, nor an error to the page.
    expect(ordeal.diary.errors).toEqual([]);
  });
}

/** How a server cannot be reached for a while. */
const OUTAGES: Readonly<Record<string, (ordeal: Ordeal) => void | Promise<void>>> = {
  'attempts are reset': ({ proxy }) => proxy.refuse(),
  'the port is closed': ({ proxy }) => proxy.closePort(),
  'the upgrade is answered with 401': ({ proxy }) => proxy.answer(401),
  'the upgrade is answered with 503': ({ proxy }) => proxy.answer(503),
};

for (const [what, begin] of Object.entries(OUTAGES)) {
  test(`${what} for a while: the guest is told, goes on writing, and all of it arrives`, async ({
    ordeal,
  }) => {
    await ordeal.begin();
    await begin(ordeal);
    ordeal.proxy.reset();
    await ordeal.write('one', 'two');
    ordeal.say('uno', 'due');
    await expect(ordeal.chat.notice).toContainText('Reconnecting…');
    await expect(ordeal.chat.button('Try now')).toBeVisible();
    await expect.poll(() => ordeal.chat.state('two')).toBe('queued');
    await expect.poll(() => ordeal.diary.errors).toEqual(['connection']);
    await ordeal.proxy.heal();
    await ordeal.expectWhole();
    await expect(ordeal.chat.notice).toHaveCount(0);
    expect(ordeal.diary.errors).toEqual(['connection']);
  });
}

test('a black hole with a message under way: the line is given up, and the message arrives once', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.blackHole('open');
  await ordeal.write('one', 'two');
  ordeal.say('uno');
  await expect.poll(() => ordeal.chat.state('two')).toBe('sending');
  await ordeal.expectWhole();
  expect(ordeal.diary.statuses).toContain('reconnecting (lost)');
});

test('a black hole that nothing is sent into is noticed by its silence', async ({ ordeal }) => {
  await ordeal.begin();
  ordeal.proxy.blackHole('open');
  ordeal.say('uno', 'due');
  await ordeal.expectWhole();
  expect(ordeal.diary.statuses).toContain('reconnecting (lost)');
});

test('half open, the server is not heard: what arrived without an ack is not stored twice', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.loseFromServer('open');
  await ordeal.write('one', 'two');
  ordeal.say('uno');
  await expect.poll(() => ordeal.server.heard).toEqual(ordeal.written);
  await ordeal.expectWhole();
  expect(ordeal.proxy.frames.of('client', 'hello').length).toBeGreaterThan(1);
});

test('half open, the guest is not heard: it is noticed although the server goes on talking', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.loseFromClient('open');
  await ordeal.write('one', 'two');
  ordeal.say('uno');
  await expect.poll(() => ordeal.diary.told).toEqual(ordeal.said);
  await ordeal.expectWhole();
});

test('half open, the guest is not heard, and the server never falls silent: the line is given up all the same', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.loseFromClient('open');
  await ordeal.write('one', 'two');
  let count = 0;
  // More often than a sign of life is waited for: what is heard must not stand for what is not answered.
  const talk = setInterval(() => ordeal.say(`word ${++count}`), 2000 / ordeal.speed);
  try {
    await expect.poll(() => ordeal.server.heard, { timeout: 15_000 }).toEqual(ordeal.written);
  } finally {
    clearInterval(talk);
  }
  await ordeal.expectWhole();
});

test('a stall: nothing is sent twice to the thread, and all comes in order when it ends', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.stall();
  await ordeal.write('one', 'two');
  ordeal.say('uno', 'due');
  await expect.poll(() => ordeal.chat.state('two')).toBe('sending');
  await ordeal.proxy.heal();
  await ordeal.expectWhole();
});

test('a stall longer than patience: another line takes over while the old one comes back late', async ({
  ordeal,
}) => {
  await ordeal.begin();
  ordeal.proxy.stall();
  await ordeal.write('one', 'two');
  ordeal.say('uno', 'due');
  await ordeal.status('reconnecting');
  await ordeal.proxy.heal();
  await ordeal.expectWhole();
});

test('a slow accept is waited for', async ({ ordeal }) => {
  await ordeal.begin();
  const before = ordeal.proxy.attempts.length;
  ordeal.proxy.acceptAfter(6000 / ordeal.speed);
  ordeal.proxy.reset();
  await ordeal.write('one');
  ordeal.say('uno');
  await expect(ordeal.chat.notice).toContainText('Reconnecting…');
  await ordeal.expectWhole();
  expect(ordeal.proxy.attempts).toHaveLength(before + 1);
});

test('offline and online again: nothing is tried in between, and it is back at once', async ({
  ordeal,
  context,
}) => {
  await ordeal.begin();
  await context.setOffline(true);
  ordeal.proxy.reset();
  const before = ordeal.proxy.attempts.length;
  await expect(ordeal.chat.notice).toContainText('You’re offline.');
  await ordeal.write('one', 'two');
  ordeal.say('uno', 'due');
  await expect.poll(() => ordeal.chat.state('two')).toBe('queued');
  expect(ordeal.proxy.attempts).toHaveLength(before);
  await context.setOffline(false);
  await ordeal.expectWhole();
  expect(ordeal.proxy.attempts).toHaveLength(before + 1);
});
