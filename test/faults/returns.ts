/** How long it takes until the line is there again. */
import { freeze, setVisible } from '../e2e/support/browser-faults.js';
import { times, untilLine, type Measure, type Row } from './measure.js';
import type { Stage } from './stage.js';
import { medianAndP95 } from './table.js';

/** What has not come back by then does not. */
const PATIENCE_MS = 60_000;

/** Something is done about a fault. @returns when, on the real wall clock */
type Relief = (stage: Stage) => Promise<number>;

/** Measures from the relief on, several times on one page. @param restMs between them, so that none suffers from another */
function back(trials: number, restMs: number, relief: Relief): (measure: Measure) => Promise<string> {
  return ({ on }) =>
    on(async (stage) => {
      const took = await times(trials, async () => {
        await stage.wait(restMs);
        const from = await relief(stage);
        const ms = await untilLine(stage, stage.visitor, 'online', from, PATIENCE_MS);
        await stage.side.proxy.heal();
        return ms;
      });
      return medianAndP95(took);
    });
}

/** An outage of a length; the moment it ends counts. */
async function outage({ side, wait }: Stage, ms: number): Promise<number> {
  side.proxy.refuse();
  side.proxy.reset();
  await wait(ms);
  await side.proxy.heal();
  return Date.now();
}

export const RETURNS: readonly Row[] = [
  {
    name: 'after a kill, network fine (20)',
    goal: '1.0 s / 2.5 s',
    cell: back(20, 7000, async ({ side }) => {
      side.proxy.reset();
      return Date.now();
    }),
  },
  {
    name: 'after an outage of 10 s (10)',
    goal: '3.0 s / 8.0 s',
    cell: back(10, 7000, (stage) => outage(stage, 10_000)),
  },
  {
    name: 'after an outage of 40 s (8)',
    goal: '3.0 s / 8.0 s',
    cell: back(8, 7000, (stage) => outage(stage, 40_000)),
  },
  {
    name: 'after `online` (4)',
    goal: '1.0 s',
    cell: back(4, 7000, async ({ side, visitor, wait }) => {
      await visitor.context.setOffline(true);
      side.proxy.reset();
      await wait(15_000);
      const at = Date.now();
      await visitor.context.setOffline(false);
      return at;
    }),
  },
  {
    name: 'seen again at the end of an outage of 20 s (4)',
    goal: '1.0 s',
    cell: back(4, 7000, async (stage) => {
      await setVisible(stage.visitor.page(), false);
      const at = await outage(stage, 20_000);
      await setVisible(stage.visitor.page(), true);
      return at;
    }),
  },
  {
    name: 'a send at the end of an outage of 20 s (4)',
    goal: '1.0 s',
    cell: back(4, 7000, async (stage) => {
      const at = await outage(stage, 20_000);
      await stage.visitor.write('a', ['now']);
      return at;
    }),
  },
  {
    name: 'thawed after 10 s, the line is gone (4)',
    goal: '1.0 s',
    cell: back(4, 7000, async ({ side, visitor, wait }) => {
      const thaw = await freeze(visitor.browser, visitor.page());
      side.proxy.reset();
      await wait(10_000);
      const at = Date.now();
      await thaw();
      return at;
    }),
  },
];
