import type { ClientKind } from './client-model.js';
import type { Goal } from './goals.js';
import type { Life } from './one-client.js';
import type { Outcome, Setting } from './outcome.js';
import { widget } from './widget-client.js';

/** Longest line of a paragraph. */
const LINE_LENGTH = 120;
/** How long one of our clients waits for a socket to open. */
const PATIENCE_SECONDS = widget.openTimeoutMs / 1000;

const count = (value: number): string => Math.round(value).toLocaleString('en-US');
const seconds = (value: number, digits = 1): string => `${value.toFixed(digits)} s`;
const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  // Names stand left, figures right.
  const rule = `|${head.map((_, column) => (column ? '--:' : '---')).join('|')}|`;
  return [row(head), rule, ...rows.map(row)].join('\n');
}

/** A paragraph in lines as long as the documents have them. */
export function paragraph(...sentences: readonly string[]): string {
  const lines = [''];
  for (const word of sentences.join(' ').split(' ')) {
    const longer = `${lines.at(-1)} ${word}`.trimStart();
    if (longer.length > LINE_LENGTH) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}

/** What is simulated, and how. */
export function describeModel({ clients, perSecond, backlog, seed }: Setting): string {
  const worked = count(perSecond * PATIENCE_SECONDS);
  return [
    paragraph(
      `${count(clients)} clients lose one server together. It accepts ${count(perSecond)} connections a second, so they`,
      `cannot all be back in less than ${seconds(clients / perSecond, 0)}, whoever they are. \`npm run bench:herd\` simulates it`,
      `in half a minute: no sockets, virtual time in steps of a millisecond, chance from seed ${seed}. Our clients are the`,
      'shipped `RetryPolicy` with the shipped backoff and close codes; the others are modelled after their sources, with',
      'every default as it is (`test/bench` compares two of them with the installed packages). All pages are visible, and',
      'nobody touches them.',
    ),
    paragraph(
      '**The server at its limit** works evenly. Who comes meanwhile waits in the backlog of its socket, up to',
      `${count(backlog)}, in order, so for ${seconds(backlog / perSecond)} at most; who finds it full is refused at once, as`,
      'when a proxy answers 503. Whoever waits longer than its own open timeout gives up, and the turn is lost when it comes.',
      '“No backlog” is a rate limit in front of the server that saves up one second at most: what is above is refused. While',
      'the server is down, everything is refused at once. A refused or late attempt is a failed one for every client, and its',
      'next delay follows. Each way through the network takes 10 to 100 ms, or clients without jitter would stay in step',
      'forever.',
    ),
    paragraph(
      `A backlog must be shorter than what the server works off within the ${PATIENCE_SECONDS} s that a client waits, here`,
      `${worked}. With \`--backlog 65536\` the turns soon all go to those who have given up, and whoever has a timeout does not`,
      'get in: a long queue is worse than none. Only a planned restart with a hint never fills it.',
    ),
    paragraph(
      'An attempt counts when it reaches the server. The peak is the busiest second, wherever it begins. Times count from the',
      'moment the server can be reached again.',
    ),
  ].join('\n\n');
}

/** Who takes part. */
export function describeClients(kinds: readonly ClientKind[]): string {
  return table(
    ['client', 'comes back after', 'read in'],
    kinds.map(({ name, parameters, source }) => [name, parameters, source]),
  ).replace('|--:|--:|', '|---|---|');
}

/** One scenario's figures. */
export function tabulate(outcomes: readonly Outcome[]): string {
  return table(
    [
      'client',
      'peak second',
      '… after the first second',
      '… once it is back',
      'attempts',
      '50 % back',
      '99 % back',
      '100 % back',
      'attempts each, median',
    ],
    outcomes.map(({ kind, backlog, tally, scenario: { incident } }) => [
      backlog ? kind.name : `${kind.name}, no backlog`,
      count(tally.peak().attempts),
      count(tally.peak(1000).attempts),
      count(tally.peak(incident.downMs).attempts),
      count(tally.total),
      ...[0.5, 0.99, 1].map((share) => since(tally.backBy(share), incident.downMs)),
      tally.medianAttempts,
    ]),
  );
}

function since(atMs: number | undefined, returnMs: number): string {
  return atMs === undefined ? 'never' : seconds((atMs - returnMs) / 1000);
}

/** The seconds of one outage, one by one; `expected` is what arithmetic says of our client. */
export function tabulateSeconds(outcomes: readonly Outcome[], expected: readonly number[]): string {
  return table(
    ['attempts in second', ...expected.map((_, second) => String(second + 1))],
    [
      ['chat-widget, by arithmetic', ...expected.map(count)],
      ...outcomes.map(({ kind, tally }) => [
        kind.name,
        ...expected.map((_, second) => count(tally.inSecond(second))),
      ]),
    ],
  );
}

/** What we wanted of our own client. */
export function tabulateGoals(goals: readonly Goal[]): string {
  const figure = (value: number, unit: string): string =>
    Number.isInteger(value) || value >= 1000 ? count(value) + unit : value.toFixed(2) + unit;
  return table(
    ['goal', 'at most', 'measured', 'met'],
    goals.map(({ what, limit, measured, unit }) => [
      what,
      figure(limit, unit),
      figure(measured, unit),
      measured <= limit ? 'yes' : '**no**',
    ]),
  );
}

/** What one client alone lives through. */
export function tabulateLives(lives: readonly { kind: ClientKind; life: Life }[]): string {
  const pair = ({ median, p95 }: { median: number; p95: number }): string =>
    `${median.toFixed(2)} / ${seconds(p95, 2)}`;
  return table(
    [
      'client, median / p95',
      'attempts in 40 s, mean',
      'attempts in 40 s',
      'back after 10 s',
      'back after 40 s',
      'back after 10 min',
      'back after a kill',
    ],
    lives.map(({ kind, life: { attemptsIn40s, backAfter, backAfterKill } }) => [
      kind.name,
      attemptsIn40s.mean.toFixed(1),
      `${attemptsIn40s.median} / ${attemptsIn40s.p95}`,
      pair(backAfter[10]),
      pair(backAfter[40]),
      pair(backAfter[600]),
      pair(backAfterKill),
    ]),
  );
}
