import type { ContestantKind } from './contestants.js';
import { FIGURES, fixed, written, type Figure } from './figures.js';
import { verdicts } from './goals.js';
import type { Results } from './results.js';
import { ratio } from './statistics.js';

/** What a figure is held against. */
export const FLOOR = 'floor';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  // Names stand left, figures right.
  return [row(head), `|${head.map((_, i) => (i ? '--:' : '---')).join('|')}|`, ...rows.map(row)].join('\n');
}

/** What one contestant has of a figure, in words. */
export function cell(results: Results, { name, unit, compared }: Figure, contestant: string): string {
  const lack = results.lackOf(contestant, name);
  if (lack) return 'failed' in lack ? `broke: ${lack.failed}` : `not within ${lack.notWithinSeconds} s`;
  const value = results.value(contestant, name);
  if (value === undefined) return '–';
  const times = compared && contestant !== FLOOR ? ratio(value, results.value(FLOOR, name)) : undefined;
  return times === undefined ? written(value, unit) : `${written(value, unit)} (${fixed(times)}×)`;
}

/** Medians of all contestants, with the ratio to the floor in brackets. Figures that nobody has are left out. */
export function tabulate(results: Results, contestants: readonly ContestantKind[]): string {
  const rows = FIGURES.map((figure) => [
    figure.title,
    ...contestants.map(({ name }) => cell(results, figure, name)),
  ]).filter(([, ...cells]) => cells.some((each) => each !== '–'));
  return table(['', ...contestants.map(({ title }) => title)], rows);
}

/** Goals of our widget, met or not. */
export function tabulateGoals(results: Results): string {
  return table(
    ['goal', 'at most', 'measured', ''],
    verdicts(results).map(({ what, limit, measured, met }) => [
      what,
      limit,
      measured,
      met ? 'met' : '**not met**',
    ]),
  );
}

/** Where and with what it was measured. */
export interface Setting {
  readonly machine: string;
  readonly browser: string;
  readonly node: string;
  readonly rounds: number;
  readonly versions: Readonly<Record<string, string>>;
}

/** The setting in a paragraph. */
export function describeSetting({ machine, browser, node, rounds, versions }: Setting): string {
  const peers = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `Measured on ${machine}, in ${browser}, driven from Node.js ${node}; medians of ${rounds} round${rounds === 1 ? '' : 's'}. Versions: ${peers.join(', ')}.`;
}
