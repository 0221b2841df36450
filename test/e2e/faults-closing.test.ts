/** Every row of the table of closing codes in docs/protocol.md: what the widget does, and that no message suffers. */
import type { ChatWidget } from '../../src/index.js';
import { expect, test, type Ordeal } from './support/ordeal.js';

/** Writes and says something around an end of the line. @returns what the status became: the next may be there already */
async function closedWith(ordeal: Ordeal, code: number): Promise<string | undefined> {
  await ordeal.write('before');
  ordeal.say('vor');
  const before = ordeal.diary.statuses.length;
  ordeal.proxy.closeWith(code);
  await expect.poll(() => ordeal.diary.statuses.length).toBeGreaterThan(before);
  ordeal.say('nach');
  return ordeal.diary.statuses[before];
}

/** Times between the attempts from one on, in milliseconds of the page. */
function gaps({ proxy, speed }: Ordeal, from: number): number[] {
  return proxy.attempts.slice(from).map((at, index) => (at - proxy.attempts[from + index - 1]!) * speed);
}

test('1000: the conversation is over until the guest writes again, with the old ids', async ({ ordeal }) => {
  await ordeal.begin();
  await closedWith(ordeal, 1000);
  await ordeal.status('idle');
  await expect.poll(() => ordeal.diary.statuses.at(-1)).toBe('idle (closed)');
  await ordeal.write('again');
  await ordeal.expectWhole();
  const [first, second] = ordeal.proxy.frames.of('client', 'hello').map(({ data }) => data);
  expect(second).toMatchObject({
    guestId: first!['guestId'],
    conversationId: ordeal.server.conversation!.id,
  });
});

for (const code of [1001, 1005, 1006, 1011, 1014, 4408, 4999]) {
  test(`${code}: comes back with backoff`, async ({ ordeal }) => {
    await ordeal.begin();
    await closedWith(ordeal, code);
    await ordeal.write('meanwhile');
    await ordeal.expectWhole();
    const reason = code === 4408 ? 'late' : 'lost';
    expect(ordeal.diary.statuses).toContain(`reconnecting (${reason})`);
    expect(ordeal.diary.errors).toEqual([]);
  });
}

for (const code of [1012, 1013]) {
  test(`${code}: comes back within 10 s, and at once when the guest writes`, async ({ ordeal }) => {
    await ordeal.begin();
    expect(await closedWith(ordeal, code)).toBe('reconnecting (restart)');
    await ordeal.write('meanwhile');
    await ordeal.expectWhole();
  });
}

for (const code of [1000, 1008, 1012]) {
  test(`a bye before ${code}: comes back when it said`, async ({ ordeal }) => {
    await ordeal.begin();
    const before = ordeal.proxy.attempts.length;
    const at = performance.now();
    ordeal.proxy.inject('{"type":"bye","reason":"restart","retryAfterMs":4000}');
    expect(await closedWith(ordeal, code)).toBe('reconnecting (restart)');
    await ordeal.write('meanwhile');
    await ordeal.expectWhole();
    expect(ordeal.proxy.attempts).toHaveLength(before + 1);
    expect((ordeal.proxy.attempts.at(-1)! - at) * ordeal.speed).toBeGreaterThan(3900);
  });
}

for (const code of [1002, 1003, 1007, 1009, 1010]) {
  test(`${code}: backoff three times in a row, then failed, until the guest retries`, async ({ ordeal }) => {
    await ordeal.begin();
    const before = ordeal.proxy.attempts.length;
    ordeal.proxy.closeNewWith(code);
    await closedWith(ordeal, code);
    await ordeal.status('failed');
    await expect.poll(() => ordeal.diary.statuses.at(-1)).toBe('failed (fault)');
    expect(ordeal.proxy.attempts).toHaveLength(before + 3);
    await ordeal.proxy.heal();
    await expectDown(ordeal);
    await ordeal.expectWhole();
  });
}

for (const code of [1008, 4400, 4403]) {
  test(`${code}: failed; says so, keeps what is written, and goes on after Retry`, async ({ ordeal }) => {
    await ordeal.begin();
    const before = ordeal.proxy.attempts.length;
    await closedWith(ordeal, code);
    await ordeal.status('failed');
    await expect.poll(() => ordeal.diary.statuses.at(-1)).toBe('failed (refused)');
    expect(ordeal.proxy.attempts).toHaveLength(before);
    await expectDown(ordeal);
    await ordeal.expectWhole();
  });
}

/** Failed: a plain notice, messages wait, nothing is tried; then the guest presses Retry. */
async function expectDown(ordeal: Ordeal): Promise<void> {
  const { chat, diary } = ordeal;
  await expect(chat.notice).toContainText('We can’t reach the chat.');
  await ordeal.write('meanwhile');
  await expect.poll(() => chat.state('meanwhile')).toBe('queued');
  expect(diary.errors).toEqual(['connection']);
  await chat.button('Retry').click();
}

test('4401 without a getToken is failed', async ({ ordeal }) => {
  await ordeal.begin();
  await closedWith(ordeal, 4401);
  await ordeal.status('failed');
  await expect.poll(() => ordeal.diary.statuses.at(-1)).toBe('failed (unauthorized)');
  await expectDown(ordeal);
  await ordeal.expectWhole();
});

test('4401 with a getToken: asks for a fresh one and is back at once; the second in a row is failed', async ({
  ordeal,
  page,
}) => {
  await page.addInitScript(() => {
    let count = 0;
    const fresh = (): string => `token ${++count}`;
    addEventListener('chat-ready', (event) => ((event.target as ChatWidget).getToken = fresh));
  });
  await ordeal.begin();
  const hellos = (): unknown[] =>
    ordeal.proxy.frames.of('client', 'hello').map(({ data: { token } }) => token);
  await closedWith(ordeal, 4401);
  await ordeal.status('online');
  await ordeal.expectWhole();
  const tokens = hellos();
  expect(tokens).toHaveLength(2);
  expect(tokens[1]).not.toBe(tokens[0]);

  ordeal.proxy.closeNewWith(4401);
  ordeal.proxy.closeWith(4401);
  await ordeal.status('failed');
  await ordeal.proxy.heal();
  await expectDown(ordeal);
  await ordeal.expectWhole();
});

test('4404: at once a new conversation of the same guest; what waits goes there, the old thread stands until then', async ({
  ordeal,
}) => {
  await ordeal.begin();
  const [old, first] = [ordeal.server.conversation!.id, ordeal.proxy.frames.of('client', 'hello')[0]!.data];
  ordeal.proxy.drop('server', 'ack');
  ordeal.proxy.drop('client', 'send');
  await ordeal.write('under way');
  await expect.poll(() => ordeal.proxy.frames.of('client', 'send')).toHaveLength(2);
  expect(await ordeal.shown()).toEqual(['begun', 'welcome', 'under way']);
  ordeal.proxy.frames.clear();
  ordeal.proxy.closeWith(4404);
  await expect.poll(() => ordeal.server.conversation!.id).not.toBe(old);
  const hello = ordeal.proxy.frames.of('client', 'hello').at(-1)!.data;
  expect(hello['guestId']).toBe(first['guestId']);
  expect(hello).not.toHaveProperty('resumeToken');
  await expect.poll(() => ordeal.server.heard).toEqual(['under way']);
  await expect.poll(() => ordeal.shown()).toEqual(['under way']);
  ordeal.forget('under way');
  ordeal.say('hello again');
  await ordeal.write('and more');
  await ordeal.expectWhole();
});

test('4409: paused until this tab is used', async ({ ordeal }) => {
  await ordeal.begin();
  const before = ordeal.proxy.attempts.length;
  await closedWith(ordeal, 4409);
  await ordeal.status('paused');
  await expect.poll(() => ordeal.diary.statuses.at(-1)).toBe('paused (replaced)');
  expect(ordeal.proxy.attempts).toHaveLength(before);
  await ordeal.write('used');
  await ordeal.expectWhole();
});

test('4429: comes back after 5 to 10 s', async ({ ordeal }) => {
  await ordeal.begin();
  const before = ordeal.proxy.attempts.length;
  const at = performance.now();
  await closedWith(ordeal, 4429);
  await ordeal.status('online');
  await ordeal.expectWhole();
  const waited = (ordeal.proxy.attempts[before]! - at) * ordeal.speed;
  expect(waited).toBeGreaterThan(4900);
  expect(gaps(ordeal, before + 1)).toEqual([]);
});

test('4429 after a retryAfterMs: comes back when it said', async ({ ordeal }) => {
  await ordeal.begin();
  const before = ordeal.proxy.attempts.length;
  const at = performance.now();
  ordeal.proxy.inject('{"type":"error","code":"busy","message":"","retryAfterMs":3000}');
  const closing = ordeal.diary.statuses.length;
  await closedWith(ordeal, 4429);
  await ordeal.status('online');
  await ordeal.write('back');
  await ordeal.expectWhole();
  const waited = (ordeal.proxy.attempts[before]! - at) * ordeal.speed;
  expect(waited).toBeGreaterThan(2900);
  // By what it says itself: how long a slow machine takes for it is another matter.
  expect(ordeal.diary.waits[closing]).toBeLessThan(5000);
});
