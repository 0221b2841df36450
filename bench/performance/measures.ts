import type { Browser } from '@playwright/test';
import { longestTask } from './longest-task.js';
import { difference, type Metrics, type Session } from './session.js';

/** Where a measure puts what it finds, as it finds it: what is found before the time is over counts. */
export type Keep = (figure: string, value: number) => void;

/** Something that is measured, in a page of its own. */
export interface Measure {
  readonly name: string;
  /** What is found by it, named as in figures.ts. */
  readonly figures: readonly string[];
  /** After this time it is ended, in seconds. */
  readonly limitSeconds: number;
  /** Counts and sizes come out the same every time, or nearly: measured in the first round only. */
  readonly once?: boolean;
  run(session: Session, keep: Keep, browser: Browser): Promise<void>;
}

const SIZES = [
  [0, '0'],
  [1_000, '1k'],
  [10_000, '10k'],
] as const;
/** Tokens after which the cost of a stream is looked at. */
const MARKS = [1_024, 2_048, 4_096, 8_192] as const;
/** Messages that come in for a measure of their cost. */
const MESSAGES = 40;
/** A contestant that is slow gets fewer of them. */
const MESSAGES_BUDGET_MS = 6_000;
const KEYS = 30;
/** Mounts after which it is counted what they left. */
const MOUNTS = 200;
const MOUNTS_BUDGET_MS = 40_000;
/** How much slower the processor is made for the longest task. */
const THROTTLE = 4;

const history = ([count, label]: (typeof SIZES)[number]): Measure => ({
  name: `history-${label}`,
  figures: [`history.${label}`, `history.${label}.nodes`],
  limitSeconds: 30,
  async run(session, keep) {
    await session.run('load');
    await session.run('warm');
    await session.run('prepare', count);
    await session.run('settle');
    const { task } = await session.spent(() => session.run('show'));
    keep(`history.${label}`, task);
    keep(`history.${label}.nodes`, await session.run<number>('nodes'));
  },
});

const live = ([count, label]: (typeof SIZES)[number]): Measure => ({
  name: `live-${label}`,
  figures: [`live.task.${label}`, `live.frame.${label}`],
  limitSeconds: 30,
  async run(session, keep) {
    await session.show(count);
    for (const each of ['task', 'frame'] as const) {
      await session.run('receive', 5, each, MESSAGES_BUDGET_MS);
      await session.run('settle');
      let came = 0;
      const { task } = await session.spent(
        async () => (came = await session.run<number>('receive', MESSAGES, each, MESSAGES_BUDGET_MS)),
      );
      keep(`live.${each}.${label}`, task / came);
    }
    await mustShow(session, `(${await session.run<number>('lastSeq')})`);
  },
});

const stream: Measure = {
  name: 'stream',
  figures: [...MARKS.map((mark) => `stream.${mark}`), 'token.first', 'token.last'],
  limitSeconds: 60,
  async run(session, keep) {
    await session.show(0);
    await session.run('ask', MARKS.at(-1));
    await session.run('settle');
    const start = await session.metrics();
    let before: Metrics = start;
    let had = 0;
    for (const mark of MARKS) {
      await session.run('stream', mark);
      await session.run('settle');
      const now = await session.metrics();
      keep(`stream.${mark}`, now.task - start.task);
      const { task } = difference(now, before);
      if (mark === MARKS[0]) keep('token.first', task / mark);
      else if (mark === MARKS.at(-1)) keep('token.last', task / (mark - had));
      before = now;
      had = mark;
    }
    await session.run('finish');
    await session.run('settle');
    await mustShow(session, 'care, part 12');
  },
};

const streamNodes: Measure = {
  name: 'stream-nodes',
  figures: ['token.added', 'token.removed'],
  limitSeconds: 60,
  once: true,
  async run(session, keep) {
    const tokens = MARKS[0];
    await session.show(0);
    await session.run('ask', tokens);
    await session.run('settle');
    await session.run('watch');
    await session.run('stream', tokens);
    await session.run('settle');
    const { added, removed } = await session.run<{ added: number; removed: number }>('watched');
    keep('token.added', added / tokens);
    keep('token.removed', removed / tokens);
  },
};

const keys: Measure = {
  name: 'keys',
  figures: ['key.10k'],
  limitSeconds: 30,
  async run(session, keep) {
    await session.run('load');
    await session.run('prepare', 10_000);
    await session.run('show');
    await session.run('settle');
    await session.run('focus');
    const type = async (count: number): Promise<void> => {
      for (let i = 0; i < count; i++) await session.page.keyboard.press('abcdefgh'[i % 8]!);
    };
    await type(5);
    await session.run('settle');
    const { task } = await session.spent(() => type(KEYS));
    keep('key.10k', task / KEYS);
    const typed = await session.run<string>('typed');
    if (typed.trim().length !== KEYS + 5) throw new Error(`${typed.length} characters were typed`);
  },
};

const bytes: Measure = {
  name: 'bytes',
  figures: ['bytes.closed', 'bytes.open'],
  limitSeconds: 30,
  once: true,
  async run(session, keep, browser) {
    await session.run('load');
    await session.run('prepare', 0);
    await session.run('show');
    await session.run('settle');
    keep('bytes.open', await session.fetched());
    if (!(await session.run<boolean>('hasLauncher'))) return;
    const closed = await session.again(browser);
    await closed.run('load');
    await closed.run('showClosed');
    await closed.run('settle');
    keep('bytes.closed', await closed.fetched());
    await closed.close();
  },
};

const mount: Measure = {
  name: 'mount',
  figures: ['mount.cpu'],
  limitSeconds: 30,
  async run(session, keep) {
    const { task } = await session.spent(async () => {
      await session.run('load');
      await session.run('prepare', 0);
      await session.run('show');
    });
    keep('mount.cpu', task);
  },
};

const longest: Measure = {
  name: 'longest',
  figures: ['mount.longest'],
  limitSeconds: 60,
  async run(session, keep, browser) {
    await session.cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    keep(
      'mount.longest',
      await longestTask(browser, session, async () => {
        await session.run('load');
        await session.run('prepare', 0);
        await session.run('show');
        await session.run('settle');
      }),
    );
  },
};

const kept: Measure = {
  name: 'kept',
  figures: ['kept.bytes', 'kept.nodes', 'kept.listeners'],
  limitSeconds: 60,
  once: true,
  async run(session, keep) {
    await session.run('load');
    // What is made once and stays, such as caches and compiled code, is no leak.
    await session.run('live', 20);
    await session.collectGarbage();
    const before = await session.metrics();
    const begun = Date.now();
    let done = 0;
    while (done < MOUNTS && Date.now() - begun < MOUNTS_BUDGET_MS) {
      await session.run('live', 20);
      done += 20;
    }
    await session.collectGarbage();
    const { heapBytes, nodes, listeners } = difference(await session.metrics(), before);
    keep('kept.bytes', heapBytes / done);
    keep('kept.nodes', nodes / done);
    keep('kept.listeners', listeners / done);
  },
};

/** A contestant that does not show what it was given would look quick. */
async function mustShow(session: Session, text: string): Promise<void> {
  if (!(await session.run<boolean>('shows', text))) throw new Error(`it does not show “${text}”`);
}

/** All of them, quick ones first. */
export const MEASURES: readonly Measure[] = [
  bytes,
  mount,
  longest,
  ...SIZES.slice(1).map(history),
  ...SIZES.map(live),
  stream,
  streamNodes,
  keys,
  kept,
];
