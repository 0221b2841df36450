/** How long a line that is dead without a word is taken for a living one. */
import { setVisible } from '../e2e/support/browser-faults.js';
import { times, untilLine, type Measure, type Row } from './measure.js';
import type { Stage } from './stage.js';
import { medianAndP95 } from './table.js';

const PATIENCE_MS = 60_000;

/** @param act what happens on the dead line; the time counts from then on */
function noticed(act: (stage: Stage) => Promise<unknown>): (measure: Measure) => Promise<string> {
  return async ({ on }) =>
    medianAndP95(
      await times(5, () =>
        on(async (stage) => {
          await stage.wait(3000 + stage.random() * 10_000);
          stage.side.proxy.blackHole('open');
          let from = Date.now();
          await act(stage).then((at) => {
            if (typeof at === 'number') from = at;
          });
          return untilLine(stage, stage.visitor, 'lost', from, PATIENCE_MS);
        }),
      ),
    );
}

export const SILENCE: readonly Row[] = [
  { name: 'idle', goal: '≤ 15 s', cell: noticed(async () => {}) },
  {
    name: 'with a message under way',
    goal: '≤ 5 s',
    cell: noticed(({ visitor }) => visitor.write('a', ['into the dark'])),
  },
  {
    name: 'when the page is seen again',
    goal: '≤ 3 s',
    cell: noticed(async ({ visitor }) => {
      await setVisible(visitor.page(), false);
      const at = Date.now();
      await setVisible(visitor.page(), true);
      return at;
    }),
  },
];
