/** Draws the chart of docs/performance.svg: how many times the work of the floor each contestant needs. */
import type { ContestantKind } from './contestants.js';
import { FIGURES, fixed, type Figure } from './figures.js';
import { FLOOR } from './report.js';
import type { Results } from './results.js';
import { ratio } from './statistics.js';

const WIDTH = 860;
/** Room for the names at the left, and for figures behind the longest bar. */
const [LEFT, RIGHT] = [150, 130];
const [TOP, BAR, STEP, GAP] = [92, 16, 20, 42];
/** The scale ends here: so many times the floor. */
const MOST = 1000;

const STYLE = `
text { font: 13px system-ui, sans-serif; fill: #1b1f24; }
.head { font: 650 18px system-ui, sans-serif; }
.what { font: 650 14px system-ui, sans-serif; }
.soft { fill: #57606a; }
.back { fill: #fff; }
.line { stroke: #d0d7de; }
.floor { stroke: #57606a; stroke-width: 2; }
.bar { fill: #8c959f; }
.ours { fill: #0b6a73; }
.late { fill: none; stroke: #8c959f; stroke-dasharray: 4 3; }
.late.ours { stroke: #0b6a73; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; }
  .soft { fill: #9da7b3; }
  .back { fill: #0d1117; }
  .line { stroke: #30363d; }
  .floor { stroke: #9da7b3; }
  .bar { fill: #6e7681; }
  .ours { fill: #4fb7c1; }
  .late { fill: none; stroke: #6e7681; }
  .late.ours { stroke: #4fb7c1; }
}`;

/** Where a number of times stands on the logarithmic scale. */
function place(times: number): number {
  const share = Math.log(Math.min(Math.max(times, 1), MOST)) / Math.log(MOST);
  return LEFT + share * (WIDTH - LEFT - RIGHT);
}

const safe = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&${{ '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' }[sign]!};`);
const words = (x: number, y: number, text: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y}"${more}>${safe(text)}</text>`;

interface Bar {
  readonly title: string;
  readonly ours: boolean;
  readonly times: number | undefined;
  readonly label: string;
}

function barOf(results: Results, { name }: Figure, contestant: ContestantKind): Bar | undefined {
  const lack = results.lackOf(contestant.name, name);
  const times = ratio(results.value(contestant.name, name), results.value(FLOOR, name));
  if (!lack && times === undefined) return undefined;
  const late = lack && ('failed' in lack ? 'broke' : `not within ${lack.notWithinSeconds} s`);
  return {
    title: contestant.title,
    ours: contestant.name === 'chat-widget',
    times: lack ? undefined : times,
    label: late ?? `${fixed(times!)}×`,
  };
}

/** The whole picture, as the text of an SVG file. Its description says in words what the bars say. */
export function draw(results: Results, contestants: readonly ContestantKind[]): string {
  const groups = FIGURES.filter(({ charted }) => charted)
    .map((figure) => ({
      figure,
      bars: contestants
        .filter(({ name }) => name !== FLOOR)
        .map((contestant) => barOf(results, figure, contestant))
        .filter((bar) => bar !== undefined),
    }))
    .filter(({ bars }) => bars.length > 0);
  const parts: string[] = [];
  let y = TOP;
  for (const { figure, bars } of groups) {
    parts.push(words(LEFT, y - 8, figure.title, ' class="what"'));
    for (const { title, ours, times, label } of bars) {
      const end = place(times ?? MOST);
      const kind = `${times === undefined ? 'late' : 'bar'}${ours ? ' ours' : ''}`;
      // What is as quick as the floor, or quicker, still has a bar that can be seen.
      const width = Math.max(2, end - LEFT).toFixed(1);
      parts.push(
        words(LEFT - 8, y + 13, title, ' text-anchor="end"'),
        `<rect class="${kind}" x="${LEFT}" y="${y}" width="${width}" height="${BAR}" rx="3"/>`,
        words(Math.max(end, LEFT + 2) + 6, y + 13, label),
      );
      y += STEP;
    }
    y += GAP;
  }
  const height = y - GAP + 24;
  const scale = [1, 10, 100, MOST].map((times) => {
    const x = place(times).toFixed(1);
    return `<line class="${times === 1 ? 'floor' : 'line'}" x1="${x}" x2="${x}" y1="62" y2="${height - 12}"/>${words(
      place(times),
      56,
      times === 1 ? 'floor' : `${times}×`,
      ' class="soft" text-anchor="middle"',
    )}`;
  });
  const told = groups.map(
    ({ figure, bars }) =>
      `${figure.title}: ${bars.map(({ title, label }) => `${title} ${label}`).join(', ')}.`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="title desc">
<title id="title">Main-thread time as a multiple of the floor</title>
<desc id="desc">${safe(told.join(' '))}</desc>
<style>${STYLE}
</style>
<rect class="back" width="${WIDTH}" height="${height}" rx="8"/>
${words(24, 30, 'Main-thread time as a multiple of the floor; shorter is better, the scale goes in tens', ' class="head"')}
${[...scale, ...parts].join('\n')}
</svg>
`;
}
