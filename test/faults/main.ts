/**
 * `npm run test:faults`: everything that can go wrong between a guest and a server, for our widget and for the clients it
 * is measured against; prints Markdown. `-- --write` also puts it into docs/reliability.md, `--seeds 3` repeats it under
 * other chances. `--only RST` takes the faults whose names match, `--part weather` one of the parts, `--sides chat-widget`
 * the sides whose names match; the first of the sides is taken for ours.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { startSite } from '../e2e/support/site.js';
import { ATTEMPTS } from './attempts.js';
import { KEPT } from './kept.js';
import { measured, type Row } from './measure.js';
import { ODD_INPUT } from './odd-input.js';
import { ours } from './ours.js';
import { partysocket } from './partysocket.js';
import { RETURNS } from './returns.js';
import { SILENCE } from './silence.js';
import { socketIo } from './socket-io.js';
import { weather } from './weather.js';

const DOC = fileURLToPath(new URL('../../docs/reliability.md', import.meta.url));
const MARKS = ['<!-- faults:begin -->', '<!-- faults:end -->'] as const;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    part: { type: 'string', default: '' },
    sides: { type: 'string', default: '' },
    write: { type: 'boolean', default: false },
  },
});

const site = await startSite();
const wanted = new RegExp(values.sides);
const sides = [ours(site), partysocket(site), socketIo(site, false), socketIo(site, true)].filter(
  ({ name }) => wanted.test(name),
);

const measure = (rows: readonly Row[]) => (): Promise<string> => measured(sides, rows);
const PARTS: Readonly<Record<string, [title: string, run: () => Promise<string>]>> = {
  weather: [
    'What became of the messages',
    () => weather(sides, Number(values.seeds), new RegExp(values.only)),
  ],
  kept: ['Text that was not sent yet, kept over the end of a page', measure(KEPT)],
  returns: ['Back on the line: median / p95', measure(RETURNS)],
  silence: ['A dead line is noticed: median / p95', measure(SILENCE)],
  attempts: ['Attempts while nobody can be reached', measure(ATTEMPTS)],
  odd: ['Odd input: page errors / reconnects / names in Object.prototype', measure(ODD_INPUT)],
};

try {
  const chapters: string[] = [];
  for (const [name, [title, run]] of Object.entries(PARTS)) {
    if (values.part && values.part !== name) continue;
    chapters.push(`### ${title}\n\n${await run()}`);
  }
  const report = chapters.join('\n\n');
  console.log(report);
  if (values.write) await writeFile(DOC, between(await readFile(DOC, 'utf8'), report));
} finally {
  await site.close();
}

function between(text: string, report: string): string {
  const [begin, end] = MARKS.map((mark) => text.indexOf(mark));
  if (begin === undefined || end === undefined || begin < 0 || end < begin)
    throw new Error('the marks are gone');
  return `${text.slice(0, begin + MARKS[0].length)}\n\n${report}\n\n${text.slice(end)}`;
}
