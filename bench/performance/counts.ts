/** Counts of our widget that do not depend on time: each run of the same code comes to the same. */
import type { Browser } from '@playwright/test';
import { difference, Session } from './session.js';

export type Counts = Record<string, number>;

type Updates = Record<string, number>;
interface NodeCounts {
  added: number;
  removed: number;
  changed: number;
  finishedTouched: number;
}

const TRANSCRIPT = '.transcript';
/** What holds the blocks of an answer. */
const TEXTS = '.md';
/** Messages for a count per message. */
const MESSAGES = 20;
const BURST = 50;
const TOKENS = 512;
/** Tokens that arrive between two paints. */
const AT_ONCE = 8;
const KEYS = 20;
const MOUNTS = 20;

/** With three decimals at most, so that it can be compared with what is written down. */
const rounded = (value: number): number => Math.round(value * 1000) / 1000;

/** Counts everything, in a page for each kind. */
export async function countAll(browser: Browser, url: string): Promise<Counts> {
  const counts: Counts = {};
  for (const part of [sizes, crowd, messages, answer, mounts]) {
    const session = await Session.open(browser, url, 'chat-widget');
    Object.assign(counts, await part(session, browser));
    if (session.errors.length > 0) throw new Error(`an error in the page: ${session.errors[0]}`);
    await session.close();
  }
  return counts;
}

/** Bytes and layout shifts of a visitor. */
async function sizes(session: Session, browser: Browser): Promise<Counts> {
  await session.run('load');
  await session.run('showClosed');
  await session.run('settle');
  const closed = await session.fetched();
  const open = await session.again(browser);
  await open.run('load');
  await open.run('prepare', 0);
  await open.run('show');
  await open.run('settle');
  const bytes = await open.fetched();
  await open.run('receive', 3, 'frame');
  await open.run('settle');
  const shifts = (await session.run<number>('shifts')) + (await open.run<number>('shifts'));
  await open.close();
  return {
    'bytes of a closed launcher, gzip': closed,
    'bytes of an open, empty chat and all that follows, gzip': bytes,
    'layout shift': rounded(shifts),
  };
}

/** Nodes with many messages. */
async function crowd(session: Session): Promise<Counts> {
  await session.show(50);
  const nodes: number[] = [];
  for (const total of [1_000, 10_000]) {
    await session.run('burst', total - (await session.run<number>('lastSeq')));
    await session.run('settle');
    nodes.push(await session.run<number>('nodes'));
  }
  return {
    'nodes with 1,000 messages': nodes[0]!,
    'nodes that 9,000 more add': nodes[1]! - nodes[0]!,
  };
}

/** Renders for messages and keystrokes. */
async function messages(session: Session): Promise<Counts> {
  await session.show(100);
  await session.run('watchUpdates', 'chat-widget');
  const updates = async (work: () => Promise<unknown>): Promise<Updates> => {
    await work();
    await session.run('settle');
    return session.run<Updates>('updates');
  };
  await updates(() => session.run('receive', 3, 'frame'));
  const each = await updates(() => session.run('receive', MESSAGES, 'task'));
  const burst = await updates(() => session.run('burst', BURST));
  await session.run('focus');
  await session.run('watch', TRANSCRIPT);
  const keys = await updates(async () => {
    for (let i = 0; i < KEYS; i++) await session.page.keyboard.press('a');
  });
  const { added, removed, changed } = await session.run<NodeCounts>('watched');
  return {
    'renders of the transcript per message': rounded((each['cw-transcript'] ?? 0) / MESSAGES),
    'renders of groups per message': rounded((each['cw-group'] ?? 0) / MESSAGES),
    'renders of messages per message': rounded((each['cw-message'] ?? 0) / MESSAGES),
    [`renders of the transcript for ${BURST} frames in one task`]: burst['cw-transcript'] ?? 0,
    [`renders of messages for ${BURST} frames in one task`]: burst['cw-message'] ?? 0,
    'changes in the transcript per keystroke': rounded((added + removed + changed) / KEYS),
    'renders of the transcript per keystroke': rounded((keys['cw-transcript'] ?? 0) / KEYS),
  };
}

/** Nodes of a growing answer. */
async function answer(session: Session): Promise<Counts> {
  await session.show(0);
  await session.run('ask', TOKENS);
  // What announces an answer has gone, and the bubble is there.
  await session.run('streamPainted', AT_ONCE, AT_ONCE);
  await session.run('settle');
  await session.run('watchUpdates', 'chat-widget');
  await session.run('watch', TRANSCRIPT, TEXTS);
  await session.run('streamPainted', TOKENS, AT_ONCE);
  await session.run('settle');
  const { added, removed, finishedTouched } = await session.run<NodeCounts>('watched');
  const grown = TOKENS - AT_ONCE;
  return {
    'nodes added per token': rounded(added / grown),
    'nodes removed per token': rounded(removed / grown),
    'changes in finished blocks': finishedTouched,
  };
}

/** What mounting, talking and going leaves behind. */
async function mounts(session: Session): Promise<Counts> {
  await session.run('load');
  await session.run('live', 5);
  await session.collectGarbage();
  const before = await session.metrics();
  await session.run('live', MOUNTS);
  await session.collectGarbage();
  const { nodes, listeners } = difference(await session.metrics(), before);
  return {
    [`nodes left by ${MOUNTS} mounts`]: nodes,
    [`listeners left by ${MOUNTS} mounts`]: listeners,
  };
}
