/** Frames nobody should send, and clocks nobody should have. */
import { GARBAGE, HUGE } from '../e2e/support/fault-proxy.js';
import { shiftDate } from '../e2e/support/fast-time.js';
import type { Measure, Row } from './measure.js';
import type { Stage } from './stage.js';

/** Page errors, reconnects, and what stands in Object.prototype afterwards. */
function suffered(act: (stage: Stage) => Promise<unknown>): (measure: Measure) => Promise<string> {
  return ({ on }) =>
    on(async (stage) => {
      const { visitor, wait } = stage;
      const before = visitor.told.length;
      await act(stage);
      await wait(30_000);
      const lost = visitor.told.slice(before).filter(({ kind, text }) => kind === 'line' && text === 'lost');
      const polluted = await visitor
        .page()
        .evaluate(() => Object.keys(Object.prototype).length + Number('polluted' in {}));
      return `${visitor.pageErrors.length} / ${lost.length} / ${polluted}`;
    });
}

const clock = (name: string, ms: number): Row => ({
  name,
  goal: '0 / 0 / 0',
  cell: suffered(({ visitor }) => shiftDate(visitor.page(), ms)),
});

export const ODD_INPUT: readonly Row[] = [
  {
    name: `${GARBAGE.length} pieces of garbage`,
    goal: '0 / 0 / 0',
    oursAlone: true,
    cell: suffered(async ({ side }) => GARBAGE.forEach((data) => side.frames!.inject(data))),
  },
  {
    name: 'a frame of 4 MB',
    goal: '0 / 0 / 0',
    oursAlone: true,
    cell: suffered(async ({ side }) => side.frames!.inject(HUGE)),
  },
  clock('wall clock + 1 h', 3_600_000),
  clock('wall clock − 1 h', -3_600_000),
];
