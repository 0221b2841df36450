/**
 * `npm run bench:delivery`: what arrives over each backend while things go wrong, in a real browser against real servers. Prints
 * Markdown; `-- --write` also puts it into docs/backends/README.md; `-- --only laravel` plays the backends with that in
 * their names.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser, quietArgs, sandbox } from '../test/browser.mjs';
import { startSite } from '../test/e2e/support/site.js';
import { FAULTS, play, type Outcome } from './delivery/play.js';
import { ROWS } from './delivery/rows.js';

const PAGE = new URL('../docs/backends/README.md', import.meta.url);
const BEGIN = '<!-- delivery: begin -->';
const END = '<!-- delivery: end -->';

const { values } = parseArgs({
  options: { write: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
});

const cell = ({ up, down, told }: Outcome): string => {
  const parts = [up, down].map((tally) =>
    tally === undefined ? '–' : [tally.lost, tally.doubled, tally.disordered].join(' · '),
  );
  return `${parts.join(' / ')}${told ? ` (${told} told)` : ''}`;
};

const site = await startSite();
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  chromiumSandbox: sandbox,
  args: [...quietArgs],
});
const lines = [`| backend | ${FAULTS.join(' | ')} |`, `|---|${FAULTS.map(() => '---|').join('')}`];
for (const row of ROWS.filter(({ name }) => name.includes(values.only))) {
  const cells: string[] = [];
  for (const fault of FAULTS) {
    const counterpart = await row.start();
    if (fault === 'drop-ack' && !counterpart.loseAcks) cells.push('no acks');
    else {
      const outcome = await play(browser, site, counterpart, fault).catch((error: unknown) => String(error));
      cells.push(typeof outcome === 'string' ? outcome : cell(outcome));
    }
    await counterpart.stop();
    process.stderr.write(`${row.name}: ${fault}: ${cells.at(-1)}\n`);
  }
  lines.push(`| ${row.name} | ${cells.join(' | ')} |`);
}
await browser.close();
await site.close();

const table = lines.join('\n');
console.log(table);
if (values.write) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const [, after] = rest?.split(END) ?? [];
  if (after === undefined) throw new Error(`${PAGE.pathname} has no place for the table`);
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${table}\n\n${END}${after}`);
}
