/** The first table: every fault, every side, and what became of the messages. */
import type { Browser } from '@playwright/test';
import { inBrowser } from './browsers.js';
import { FAULTS, type Fault } from './faults.js';
import { suffer } from './scenario.js';
import type { SideMaker } from './side.js';
import { table } from './table.js';
import { COUNTS, add, blank, type Verdict } from './verdict.js';

const WORDS: Readonly<Record<(typeof COUNTS)[number], string>> = {
  lostOut: 'lost guest → server',
  lostIn: 'lost server → guest',
  duplicated: 'twice',
  disordered: 'out of order',
  silent: 'lost without a word',
  falseAlarms: 'called failed, but arrived',
  untold: 'shown, told by no event',
  pageErrors: 'page errors',
};

/** @returns two tables as Markdown: sums by side, and losses by fault */
export async function weather(sides: readonly SideMaker[], seeds: number, only: RegExp): Promise<string> {
  const sums = sides.map(() => blank());
  const rows: string[][] = [];
  const [own] = sides;
  for (const fault of FAULTS.filter(({ name }) => only.test(name))) {
    const cells = sides.map((side) => (fault.oursAlone && side !== own ? undefined : blank()));
    for (let seed = 1; seed <= seeds; seed++) {
      const verdicts = await inBrowser((browser) =>
        Promise.all(sides.map((side, index) => cells[index] && attempt(browser, side, fault, seed))),
      );
      verdicts.forEach(
        (verdict, index) => verdict && add(cells[index]!, verdict) && add(sums[index]!, verdict),
      );
    }
    rows.push([
      fault.name,
      fault.level,
      ...cells.map((cell, index) => (cell ? brief(cell, index === 0) : '–')),
    ]);
    console.error(rows.at(-1)!.join(' · '));
  }
  const names = sides.map(({ name }) => name);
  return [
    table(['', 'goal', ...names], sumRows(sums)),
    '`+` is what the guest wrote and the server does not have, `−` what the server said and the guest does not have, `2×` what is there twice, `⇅` what is out of order, `?` what is shown and was told by no event.',
    table(['fault', 'level', ...names], rows),
  ].join('\n\n');
}

async function attempt(browser: Browser, side: SideMaker, fault: Fault, seed: number): Promise<Verdict> {
  try {
    return await suffer(browser, side, fault, seed);
  } catch (error) {
    throw new Error(`${side.name}, ${fault.name}, seed ${seed}`, { cause: error });
  }
}

function sumRows(sums: readonly Verdict[]): (string | number)[][] {
  return [
    ['messages guest → server', '', ...sums.map(({ written }) => written)],
    ['messages server → guest', '', ...sums.map(({ said }) => said)],
    // What a peer shows is what it was told: it keeps nothing.
    ...COUNTS.map((count) => [
      WORDS[count],
      0,
      ...sums.map((sum, index) => (count === 'untold' && index > 0 ? '–' : sum[count])),
    ]),
  ];
}

/** What went wrong in a scenario, in few signs. */
function brief(
  { lostOut, lostIn, duplicated, disordered, untold, pageErrors }: Verdict,
  isOurs: boolean,
): string {
  const signs: [number, string][] = [
    [lostOut, '+'],
    [lostIn, '−'],
    [duplicated, '2×'],
    [disordered, '⇅'],
    [isOurs ? untold : 0, '?'],
    [pageErrors, 'page errors '],
  ];
  const bad = signs.filter(([count]) => count > 0).map(([count, sign]) => `${sign}${count}`);
  return bad.length > 0 ? bad.join(' ') : '0';
}
