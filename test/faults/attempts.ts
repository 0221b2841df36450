/** How often a server that is down is knocked at. */
import { times, type Measure, type Row } from './measure.js';
import type { Stage } from './stage.js';
import { quantile } from './table.js';

const LASTS_MS = 40_000;

function counted(begin: (stage: Stage) => Promise<unknown>): (measure: Measure) => Promise<string> {
  return async ({ on }) => {
    const counts = await times(4, () =>
      on(async (stage) => {
        await stage.wait(6000);
        const from = Date.now();
        await begin(stage);
        await stage.wait(LASTS_MS);
        return stage.visitor.told.filter(({ kind, at }) => kind === 'attempt' && at >= from).length;
      }),
    );
    return `${quantile(counts, 0.5)} (most ${Math.max(...counts)})`;
  };
}

export const ATTEMPTS: readonly Row[] = [
  {
    name: 'in an outage of 40 s',
    goal: '≤ 11',
    cell: counted(async ({ side }) => {
      side.proxy.refuse();
      side.proxy.reset();
    }),
  },
  {
    name: 'in 40 s offline',
    goal: '0',
    cell: counted(async ({ visitor, side }) => {
      await visitor.context.setOffline(true);
      side.proxy.reset();
    }),
  },
];
