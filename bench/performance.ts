/**
 * `npm run bench`: our widget, a floor, a naive list and other chats in one Chromium, one after the other, round by round.
 * Prints Markdown; `-- --write` also puts it into docs/performance.md, and the chart beside it. `--rounds 5`,
 * `--only chat-widget,floor` and `--measures live-10k,stream` make it shorter. It never fails because of a time.
 */
import { cpus, release, type } from 'node:os';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bundle, type Files } from './performance/build.js';
import { draw } from './performance/chart.js';
import { CONTESTANTS } from './performance/contestants.js';
import { writeReport } from './performance/document.js';
import { MEASURES } from './performance/measures.js';
import { installPeers, versionOf } from './performance/peers.js';
import { play, startBrowser } from './performance/play.js';
import { describeSetting, tabulate, tabulateGoals } from './performance/report.js';
import { startSite } from './performance/site.js';

const PAGE = new URL('../docs/performance.md', import.meta.url);
const CHART = new URL('../docs/performance.svg', import.meta.url);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    only: { type: 'string', default: '' },
    measures: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});

/** Those whose names are listed, or all. @throws for a name that is none */
function chosen<T extends { name: string }>(all: readonly T[], list: string): readonly T[] {
  const names = list.split(',').filter(Boolean);
  const unknown = names.find((name) => !all.some((each) => each.name === name));
  if (unknown) throw new Error(`${unknown} is none of ${all.map(({ name }) => name).join(', ')}`);
  return names.length > 0 ? all.filter(({ name }) => names.includes(name)) : all;
}

const contestants = chosen(CONTESTANTS, values.only);
const measures = chosen(MEASURES, values.measures);
if (contestants.some((each) => each.package)) installPeers();

const files: Files = await bundle('page', 'harness');
for (const { name, package: foreign } of contestants) {
  const parts = [bundle('page', name)];
  if (name !== 'chat-widget') parts.push(bundle('libraries', name, foreign ? 'js' : 'ts'));
  for (const part of await Promise.all(parts)) for (const [file, content] of part) files.set(file, content);
}

const site = await startSite(files);
const rounds = Number(values.rounds);
const results = await play(site, contestants, measures, rounds, (line) => console.error(line));
await site.close();

const browser = await startBrowser();
const chromium = `Chromium ${browser.version()}`;
await browser.close();
const [cpu] = cpus();
const report = [
  '![Main-thread time of each chat as a multiple of the floor](performance.svg)',
  '### Goals of our own widget',
  tabulateGoals(results),
  '### All figures',
  tabulate(results, contestants),
  describeSetting({
    machine: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${type()} ${release()}`,
    browser: chromium,
    node: process.versions.node,
    rounds,
    versions: {
      lit: versionOf('lit', false),
      marked: versionOf('marked', false),
      ...Object.fromEntries(
        contestants.flatMap(({ package: name }) => (name ? [[name, versionOf(name)]] : [])),
      ),
    },
  }),
].join('\n\n');

console.log(report);
if (values.write) {
  writeReport(PAGE, report);
  writeFileSync(CHART, draw(results, contestants));
}
