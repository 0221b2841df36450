/**
 * `npm run bench:herd`: what a server meets when everybody comes back at once, and what one guest waits. Prints Markdown;
 * `-- --write` also puts it into docs/reliability.md. `--clients`, `--per-second`, `--backlog` and `--seed` change the size
 * and the dice.
 */
import { parseArgs } from 'node:util';
import { expectedAttempts } from './herd/expectation.js';
import { goalsOf } from './herd/goals.js';
import { liveAlone } from './herd/one-client.js';
import { play, type Setting } from './herd/outcome.js';
import { writePage } from './herd/page.js';
import {
  describeClients,
  describeModel,
  paragraph,
  tabulate,
  tabulateGoals,
  tabulateLives,
  tabulateSeconds,
} from './herd/report.js';
import { KINDS, scenariosFor } from './herd/scenarios.js';

/** How long the killed server is away. */
const DOWN_SECONDS = 10;

/** What the seconds of the outage say. */
const WHY = paragraph(
  'The first seconds are the price of a quick return, and follow from the formula alone: everybody tries once within the first',
  'second, and half of those who were refused, plus what the network has held up, within the next. The steady rate of a fifth',
  'of the herd a second comes with the limit of 10 s, in the seventh. The server is not there to feel it; what stands in front',
  'of it is. A proxy that stays does better than to refuse: it accepts, says `bye` with the spread of a planned restart, and',
  'closes, as often as it has to.',
);

const PAGE = new URL('../docs/reliability.md', import.meta.url);

const { values } = parseArgs({
  options: {
    write: { type: 'boolean', default: false },
    clients: { type: 'string', default: '100000' },
    'per-second': { type: 'string', default: '2000' },
    backlog: { type: 'string', default: '4096' },
    seed: { type: 'string', default: '7' },
  },
});
const setting: Setting = {
  clients: Number(values.clients),
  perSecond: Number(values['per-second']),
  backlog: Number(values.backlog),
  seed: Number(values.seed),
};

const scenarios = scenariosFor(setting.clients, setting.perSecond);
const outcomes = scenarios.flatMap((scenario) => play(scenario, setting));
const lives = KINDS.map((kind) => ({ kind, life: liveAlone(kind, setting.seed) }));
const of = (id: string, some = outcomes): typeof outcomes =>
  some.filter(({ scenario }) => scenario.id === id);
const withBacklog = outcomes.filter(({ backlog }) => backlog > 0);

const report = [
  describeModel(setting),
  describeClients(KINDS),
  ...scenarios.flatMap(({ id, title }) => [`### ${title}`, tabulate(of(id))]),
  `### The ${DOWN_SECONDS} s without the killed server, second by second`,
  tabulateSeconds(of('killed', withBacklog), expectedAttempts(setting.clients, DOWN_SECONDS)),
  WHY,
  '### One client alone',
  paragraph(
    'Ten thousand lives of one client, without a herd and without the way through the network. An outage lasts as long as it is',
    'called, give or take a quarter, or a client without jitter would meet its end by accident; only the 40 s in which attempts',
    'are counted are exact.',
  ),
  tabulateLives(lives),
  '### Goals of our own client',
  'Of the two servers, the one with which it went worse counts.',
  tabulateGoals(goalsOf(outcomes, lives[0]!.life, setting)),
].join('\n\n');

console.log(report);
if (values.write) writePage(PAGE, report);
