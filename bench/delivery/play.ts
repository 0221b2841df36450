import type { Browser, Page } from '@playwright/test';
import type { Site } from '../../test/e2e/support/site.js';
import type { Counterpart } from './counterpart.js';

/** What goes wrong while guest and server talk. */
export const FAULTS = ['kill', 'outage', 'drop-ack', 'restart', 'reload'] as const;
/** One of them. */
export type Fault = (typeof FAULTS)[number];

/** What became of the messages of one direction. */
export interface Tally {
  readonly sent: number;
  readonly lost: number;
  readonly doubled: number;
  readonly disordered: number;
}

/** What became of all of them. */
export interface Outcome {
  readonly up: Tally;
  /** Undefined where the server says nothing by itself. */
  readonly down: Tally | undefined;
  /** Messages that the guest was told of as not delivered: not lost, since they can be sent again by hand. */
  readonly told: number;
}

const COUNT = 20;
const GAP_MS = 100;
const OUTAGE_MS = 3000;
const PATIENCE_MS = 60_000;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Plays one talk with one kind of fault. */
export async function play(
  browser: Browser,
  site: Site,
  counterpart: Counterpart,
  fault: Fault,
): Promise<Outcome> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const script = '<script type="module" src="/chat-widget.js"></script>';
  await page.goto(site.page(`${script}<chat-widget eager ${counterpart.attributes()}></chat-widget>`));
  await online(page);
  await say(page, 'g0');
  await until(() => counterpart.heard().includes('g0'));
  const said: string[] = [];
  for (let n = 1; n <= COUNT; n++) {
    // An outage lasts, so there is one; everything else happens three times.
    if (fault === 'outage' ? n === 5 : n % 5 === 0 && n < COUNT) await strike(fault, counterpart, page);
    await say(page, `g${n}`);
    if (counterpart.say) {
      said.push(`s${n}`);
      counterpart.say(`s${n}`);
    }
    await pause(GAP_MS);
  }
  await until(() => settled(page));
  await online(page);
  // Whatever is still on its way: a poll, or a history that is being fetched.
  if (counterpart.say)
    await until(async () => (await shown(page)).includes(said.at(-1)!), 8000).catch(() => {});
  await pause(1500);
  const texts = await shown(page);
  const heard = counterpart.heard();
  const told = await page.evaluate(
    () =>
      document.querySelector('chat-widget')!.messages.filter(({ delivery }) => delivery === 'failed').length,
  );
  await context.close();
  const asked = Array.from({ length: COUNT + 1 }, (_, n) => `g${n}`);
  const up = tally(asked, heard);
  return {
    up: { ...up, lost: up.lost - told },
    down: counterpart.say ? tally(said, texts) : undefined,
    told,
  };
}

async function strike(fault: Fault, counterpart: Counterpart, page: Page): Promise<void> {
  switch (fault) {
    case 'kill':
      return counterpart.cut();
    case 'outage':
      await counterpart.down();
      setTimeout(() => void counterpart.up(), OUTAGE_MS);
      return;
    case 'restart':
      await counterpart.down();
      return counterpart.up();
    case 'drop-ack':
      counterpart.loseAcks?.(1);
      return;
    case 'reload':
      await page.reload();
  }
}

/** Writes a message; what becomes of it is seen later. */
async function say(page: Page, text: string): Promise<void> {
  await page.waitForFunction(() => customElements.get('chat-widget'));
  await page.evaluate((words) => {
    void document
      .querySelector('chat-widget')!
      .send(words)
      .catch(() => {});
  }, text);
  await page.waitForFunction(
    (words) => document.querySelector('chat-widget')!.messages.some(({ text: said }) => said === words),
    text,
  );
  // It is stored before it is sent; a reload within a moment of the keystroke is the guest's own haste.
  await pause(50);
}

const online = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('chat-widget')?.status === 'online', undefined, {
    timeout: PATIENCE_MS,
  });

const shown = (page: Page): Promise<string[]> =>
  page.evaluate(() => document.querySelector('chat-widget')!.messages.map(({ text }) => text));

const settled = (page: Page): Promise<boolean> =>
  page.evaluate(() => {
    const { messages } = document.querySelector('chat-widget')!;
    return messages.every(({ role, delivery }) => role !== 'guest' || !/queued|sending/.test(delivery ?? ''));
  });

async function until(holds: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS): Promise<void> {
  const end = Date.now() + patienceMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to that');
    await pause(100);
  }
}

function tally(wanted: readonly string[], got: readonly string[]): Tally {
  const known = new Set(wanted);
  const arrived = got.filter((text) => known.has(text));
  const once = [...new Set(arrived)];
  const places = once.map((text) => wanted.indexOf(text));
  return {
    sent: wanted.length,
    lost: wanted.length - once.length,
    doubled: arrived.length - once.length,
    disordered: places.filter((place, n) => n > 0 && place < Math.max(...places.slice(0, n))).length,
  };
}
