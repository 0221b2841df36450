/** Text that was written and not sent yet, over the end of a page. */
import { crash } from '../e2e/support/browser-faults.js';
import { times, type Measure, type Row } from './measure.js';
import type { Stage } from './stage.js';

const TEXTS = ['k1', 'k2', 'k3', 'k4', 'k5'];

/** Something ends the page; then the guest is there again. */
type End = (stage: Stage) => Promise<unknown>;

function keeps(trials: number, end: End): (measure: Measure) => Promise<string> {
  return async ({ on }) => {
    const kept = await times(trials, () =>
      on(async (stage) => {
        await end(stage);
        await stage.side.proxy.heal();
        return stage.until(() => TEXTS.every((text) => stage.side.heard.includes(text)), 30_000);
      }),
    );
    return `${kept.filter(Boolean).length}/${trials}`;
  };
}

/** Written while nobody can be reached; a tenth of a second of real time before the page ends. */
async function writeInOutage({ side, visitor, wait }: Stage): Promise<void> {
  side.proxy.refuse();
  side.proxy.reset();
  await wait(1000);
  await visitor.write('a', TEXTS);
  await wait(1000);
}

export const KEPT: readonly Row[] = [
  {
    name: 'reload in a burst of five',
    goal: '10/10',
    cell: keeps(10, ({ visitor }) => visitor.write('a', TEXTS, 'reload')),
  },
  {
    name: 'reload in an outage',
    goal: '6/6',
    cell: keeps(6, async (stage) => {
      await writeInOutage(stage);
      await stage.visitor.reload();
    }),
  },
  {
    name: 'tab crashed in an outage',
    goal: '6/6',
    cell: keeps(6, async (stage) => {
      await writeInOutage(stage);
      await crash(stage.visitor.page());
      await stage.visitor.open('a');
    }),
  },
  {
    name: 'tab closed in an outage',
    goal: '6/6',
    cell: keeps(6, async (stage) => {
      await writeInOutage(stage);
      await stage.visitor.page().close();
      await stage.visitor.open('a');
    }),
  },
];
