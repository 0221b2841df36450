import { written, type Unit } from './figures.js';
import type { Results } from './results.js';

/** What we want of our own widget. */
export interface Goal {
  readonly what: string;
  readonly unit: Unit;
  readonly figure: string;
  /** At most this, or so many times what another contestant, or ours with another figure, needs. */
  readonly limit: number | { readonly factor: number; readonly contestant: string; readonly figure: string };
}

const OURS = 'chat-widget';

const atMost = (what: string, figure: string, unit: Unit, limit: Goal['limit']): Goal => ({
  what,
  figure,
  unit,
  limit,
});
const times = (factor: number, contestant: string, figure: string): Goal['limit'] => ({
  factor,
  contestant,
  figure,
});

/** All goals, in the order of the figures. */
export const GOALS: readonly Goal[] = [
  atMost('closed launcher', 'bytes.closed', 'kB', 10_000),
  atMost('open, empty chat', 'bytes.open', 'kB', 28_000),
  atMost('load and mount: 2 × the naive Lit list', 'mount.cpu', 'ms', times(2, 'naive-lit', 'mount.cpu')),
  atMost('load and mount: Deep Chat / 1.5', 'mount.cpu', 'ms', times(1 / 1.5, 'deep-chat', 'mount.cpu')),
  atMost('longest task at mount, processor slowed to a quarter', 'mount.longest', 'ms', 50),
  atMost('1,000 messages: 1.5 × floor', 'history.1k', 'ms', times(1.5, 'floor', 'history.1k')),
  atMost('10,000 messages: 1.5 × floor', 'history.10k', 'ms', times(1.5, 'floor', 'history.10k')),
  atMost('10,000 messages: 1.1 × 1,000 messages', 'history.10k', 'ms', times(1.1, OURS, 'history.1k')),
  ...(['task', 'frame'] as const).flatMap((each) => {
    const what = each === 'task' ? 'message in its own task' : 'message, one a frame';
    const figure = `live.${each}.10k`;
    return [
      atMost(`${what}, 10,000 there: 1.5 × floor`, figure, 'ms', times(1.5, 'floor', figure)),
      atMost(`${what}, 10,000 there: 1.2 × with none`, figure, 'ms', times(1.2, OURS, `live.${each}.0`)),
    ];
  }),
  atMost('answer of 4,096 tokens: 1.5 × floor', 'stream.4096', 's', times(1.5, 'floor', 'stream.4096')),
  atMost('token at 8,192: 1.2 × at 1,024', 'token.last', 'ms', times(1.2, OURS, 'token.first')),
  atMost('nodes added per token', 'token.added', 'count', 2),
  atMost('nodes removed per token', 'token.removed', 'count', 0),
  atMost('keystroke with 10,000 messages: 1.3 × floor', 'key.10k', 'ms', times(1.3, 'floor', 'key.10k')),
  atMost('kept per mount and removal', 'kept.bytes', 'kB', 1000),
  atMost('nodes kept', 'kept.nodes', 'count', 0),
  atMost('listeners kept', 'kept.listeners', 'count', 0),
];

/** A goal as it came out. */
export interface Verdict {
  readonly what: string;
  readonly limit: string;
  readonly measured: string;
  readonly met: boolean;
}

const NOT_DONE = 'did not finish';

/**
 * Holds what was measured against the goals. What our widget did not finish is not met; what only the other side did not
 * finish is. Goals of which one side was not asked for are left out.
 */
export function verdicts(results: Results, goals = GOALS): Verdict[] {
  return goals.flatMap(({ what, unit, figure, limit }) => {
    const found = results.value(OURS, figure);
    const most =
      typeof limit === 'number' ? limit : scaled(results.value(limit.contestant, limit.figure), limit.factor);
    const late = results.lackOf(OURS, figure) !== undefined;
    const otherLate =
      typeof limit !== 'number' && results.lackOf(limit.contestant, limit.figure) !== undefined;
    if ((found === undefined && !late) || (most === undefined && !otherLate)) return [];
    return [
      {
        what,
        limit: most === undefined ? NOT_DONE : written(most, unit),
        measured: found === undefined ? NOT_DONE : written(found, unit),
        met: found !== undefined && (most === undefined || found <= most),
      },
    ];
  });
}

const scaled = (value: number | undefined, factor: number): number | undefined =>
  value === undefined ? undefined : value * factor;
