import type { Browser } from '@playwright/test';
import type { Fault } from './faults.js';
import type { SideMaker } from './side.js';
import { seeded } from '../../src/testing/seed.js';
import { Stage } from './stage.js';
import { complete, judge, type Verdict } from './verdict.js';
import { Visitor } from './visitor.js';

/** How many messages go each way. */
const ROUNDS = 10;
/** What has not come by then is lost, in milliseconds of the page. */
const PATIENCE_MS = 60_000;

/** Opens a side and a guest, lets something happen, and puts everything away. */
export async function staged<T>(
  browser: Browser,
  maker: SideMaker,
  seed: number,
  act: (stage: Stage) => Promise<T>,
): Promise<T> {
  const side = await maker.make();
  const visitor = await Visitor.arrive(browser, side, Date.now());
  try {
    return await act(new Stage(side, visitor, seeded(seed)));
  } finally {
    await visitor.leave();
    await side.close();
  }
}

/** Both sides talk while a fault happens and heals; then they have time to put things right. */
export function suffer(browser: Browser, maker: SideMaker, fault: Fault, seed: number): Promise<Verdict> {
  return staged(browser, maker, seed, async (stage) => {
    const said: string[] = [];
    const startsAt = 2 + Math.floor(stage.random() * 3);
    let strike: Promise<void> | undefined;
    for (let round = 0; round < ROUNDS; round++) {
      if (round === startsAt) strike = happen(stage, fault);
      await stage.wait(spread(fault.lasts) * (0.5 + stage.random()));
      await converse(stage, round, said);
    }
    await strike;
    // What a server itself has lost, or said in a conversation that is gone, no guest can have.
    const due = said.filter((text) => stage.side.keeps(text));
    await stage.until(() => complete(stage.side, stage.visitor, due), PATIENCE_MS);
    return judge(stage.side, stage.visitor, due);
  });
}

/** So far apart that what is written and said covers the fault and some time after it. */
function spread(lasts: number): number {
  return Math.max(700, lasts / 4);
}

async function converse({ side, visitor }: Stage, round: number, said: string[]): Promise<void> {
  const tabs = visitor.tabs;
  const writing = visitor.write(tabs[round % tabs.length]!, [`guest ${round}`]);
  const text = `server ${round}`;
  said.push(text);
  try {
    side.say(text);
  } catch {
    // A server that is dead says nothing.
    said.pop();
  }
  await writing;
}

async function happen(stage: Stage, { lasts, begin, end }: Fault): Promise<void> {
  await stage.wait(stage.random() * 500);
  await begin(stage);
  await stage.wait(lasts);
  await (end ? end(stage) : stage.side.proxy.heal());
}
