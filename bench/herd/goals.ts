import type { Life } from './one-client.js';
import type { Outcome, Setting } from './outcome.js';
import type { Scenario } from './scenarios.js';
import { widget } from './widget-client.js';

/** What we want, what came out, and whether that is it. */
export interface Goal {
  what: string;
  limit: number;
  measured: number;
  unit: string;
}

/** When the first second of an outage is over, in milliseconds. */
const FIRST_SECOND_MS = 1000;
/** In the steady state of a cap of 10 s everybody tries every 5 s; a tenth is left for what chance adds. */
const STEADY_SHARE = 1.1 / 5;

/** The goals of our own client, against the server with its backlog and the one without: the worse of both counts. */
export function goalsOf(
  outcomes: readonly Outcome[],
  life: Life,
  { clients, perSecond }: Setting,
): readonly Goal[] {
  const worst = (id: Scenario['id'], figure: (outcome: Outcome) => number): number =>
    Math.max(...outcomes.filter(({ kind, scenario }) => kind === widget && scenario.id === id).map(figure));
  const since = ({ scenario }: Outcome): number => scenario.incident.downMs;
  const by = ({ tally }: Outcome, share: number): number => tally.backBy(share) ?? Infinity;
  const herdSeconds = clients / perSecond;
  const planned = (id: 'hint' | 'hint-late', name: string): Goal[] => [
    {
      what: `${name}: attempts in the peak second, at most twice what the server can`,
      limit: 2 * perSecond,
      measured: worst(id, ({ tally }) => tally.peak().attempts),
      unit: '',
    },
    {
      what: `${name}: 99 % back, from the close`,
      limit: herdSeconds * 1.32,
      measured: worst(id, (outcome) => by(outcome, 0.99)) / 1000,
      unit: ' s',
    },
  ];
  return [
    ...planned('hint', 'planned restart, back at once'),
    ...planned('hint-late', 'planned restart, back after 1 s'),
    {
      what: 'killed: attempts in the peak second, after the first second of the outage',
      limit: clients * STEADY_SHARE,
      measured: worst('killed', ({ tally }) => tally.peak(FIRST_SECOND_MS).attempts),
      unit: '',
    },
    {
      what: 'killed: attempts in the peak second, once the server is back',
      limit: clients * STEADY_SHARE,
      measured: worst('killed', (outcome) => outcome.tally.peak(since(outcome)).attempts),
      unit: '',
    },
    {
      what: 'killed: 99 % back, from the return of the server',
      limit: herdSeconds * 1.1,
      measured: worst('killed', (outcome) => by(outcome, 0.99) - since(outcome)) / 1000,
      unit: ' s',
    },
    { what: 'attempts in 40 s, mean', limit: 11, measured: life.attemptsIn40s.mean, unit: '' },
    { what: 'attempts in 40 s, median', limit: 11, measured: life.attemptsIn40s.median, unit: '' },
    { what: 'attempts in 40 s, p95', limit: 11, measured: life.attemptsIn40s.p95, unit: '' },
    ...([10, 40, 600] as const).flatMap((seconds) => [
      {
        what: `back after an outage of ${seconds} s, median`,
        limit: 3,
        measured: life.backAfter[seconds].median,
        unit: ' s',
      },
      {
        what: `back after an outage of ${seconds} s, p95`,
        limit: 8,
        measured: life.backAfter[seconds].p95,
        unit: ' s',
      },
    ]),
    { what: 'back after a kill, median', limit: 1, measured: life.backAfterKill.median, unit: ' s' },
    { what: 'back after a kill, p95', limit: 2.5, measured: life.backAfterKill.p95, unit: ' s' },
  ];
}
