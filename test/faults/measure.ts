/** Rows that are measured on every side at once. */
import { inBrowser } from './browsers.js';
import { staged } from './scenario.js';
import { SPEED, type SideMaker } from './side.js';
import type { Stage } from './stage.js';
import { table } from './table.js';
import type { Visitor } from './visitor.js';

/** One row of a table: what is measured, what is aimed at, and how. */
export interface Row {
  readonly name: string;
  readonly goal: string;
  /** @returns the cell of one side */
  cell(measure: Measure): Promise<string>;
  readonly oursAlone?: true;
}

/** What a row measures with. */
export interface Measure {
  /** Lets something happen on a side of its own. */
  on<T>(act: (stage: Stage) => Promise<T>): Promise<T>;
}

/** Measures all rows. @returns a table as Markdown */
export async function measured(sides: readonly SideMaker[], rows: readonly Row[]): Promise<string> {
  const lines: string[][] = [];
  let seed = 0;
  for (const { name, goal, cell, oursAlone } of rows) {
    const cells = await inBrowser((browser) =>
      Promise.all(
        sides.map((side, index) =>
          oursAlone && index > 0 ? '–' : cell({ on: (act) => staged(browser, side, ++seed, act) }),
        ),
      ),
    );
    lines.push([name, goal, ...cells]);
    console.error(lines.at(-1)!.join(' · '));
  }
  return table(['', 'goal', ...sides.map(({ name }) => name)], lines);
}

/** Does something several times, one after the other. */
export async function times<T>(count: number, act: (round: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let round = 0; round < count; round++) results.push(await act(round));
  return results;
}

/** Waits until the line is told to be in a state. @returns how long that took since `from`, in the time of the page */
export async function untilLine(
  { until }: Stage,
  visitor: Visitor,
  state: 'online' | 'lost',
  from: number,
  patienceMs: number,
): Promise<number> {
  await until(() => visitor.first('line', state, from) !== undefined, patienceMs);
  const at = visitor.first('line', state, from);
  return at === undefined ? Infinity : (at - from) * SPEED;
}
