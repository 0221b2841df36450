import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { draw } from '../../bench/performance/chart.js';
import type { ContestantKind } from '../../bench/performance/contestants.js';
import { between } from '../../bench/performance/document.js';
import { FIGURES, fixed, written } from '../../bench/performance/figures.js';
import { GOALS, verdicts } from '../../bench/performance/goals.js';
import { judge, lines } from '../../bench/performance/limits.js';
import { longestOf } from '../../bench/performance/longest-task.js';
import { MEASURES } from '../../bench/performance/measures.js';
import { cell, tabulate, tabulateGoals } from '../../bench/performance/report.js';
import { Results } from '../../bench/performance/results.js';
import { median, ratio } from '../../bench/performance/statistics.js';

const CHATS: readonly ContestantKind[] = [
  { name: 'chat-widget', title: 'chat-widget' },
  { name: 'floor', title: 'floor' },
  { name: 'deep-chat', title: 'Deep <Chat>', package: 'deep-chat' },
];
const figure = (name: string): (typeof FIGURES)[number] => FIGURES.find((each) => each.name === name)!;

describe('statistics of the bench', () => {
  it('takes the middle, however the values come', () => {
    assert.equal(median([9, 1, 5]), 5);
    assert.equal(median([4, 1, 10, 2]), 3);
    assert.equal(median([7]), 7);
    assert.ok(Number.isNaN(median([])));
  });

  it('leaves the values as they are', () => {
    const values = [3, 1, 2];
    median(values);
    assert.deepEqual(values, [3, 1, 2]);
  });

  it('has no ratio to what is not there, or nothing', () => {
    assert.equal(ratio(6, 4), 1.5);
    assert.equal(ratio(0, 4), 0);
    assert.equal(ratio(6, 0), undefined);
    assert.equal(ratio(6, undefined), undefined);
    assert.equal(ratio(undefined, 4), undefined);
  });
});

describe('figures of the bench', () => {
  it('are written with the digits that tell something', () => {
    assert.deepEqual([0, 0.126, 1.5, 12.34, 123.4, 12_345.6, 2_683].map(fixed), [
      '0',
      '0.13',
      '1.50',
      '12.3',
      '123',
      '12,346',
      '2,683',
    ]);
    assert.equal(fixed(-0.001), '0.00');
  });

  it('are written in their unit', () => {
    assert.equal(written(15_594, 'kB'), '15.6 kB');
    assert.equal(written(10_900, 's'), '10.9 s');
    assert.equal(written(2.4, 'ms'), '2.40 ms');
    assert.equal(written(3, 'count'), '3');
  });

  it('are each found by exactly one measure, and goals are about them', () => {
    const found = MEASURES.flatMap(({ figures }) => figures);
    assert.deepEqual(found.toSorted(), FIGURES.map(({ name }) => name).toSorted());
    for (const { figure: name, limit } of GOALS) {
      assert.ok(found.includes(name), name);
      if (typeof limit !== 'number') assert.ok(found.includes(limit.figure), limit.figure);
    }
  });
});

describe('results of the bench', () => {
  it('are medians over the rounds', () => {
    const results = new Results();
    for (const ms of [3, 30, 5]) results.add('floor', 'mount.cpu', ms);
    assert.equal(results.value('floor', 'mount.cpu'), 5);
    assert.deepEqual(results.values('floor', 'mount.cpu'), [3, 30, 5]);
    assert.equal(results.value('floor', 'key.10k'), undefined);
  });

  it('are none where one round was not finished', () => {
    const results = new Results();
    results.add('floor', 'mount.cpu', 5);
    results.lack('floor', 'mount.cpu', { notWithinSeconds: 30 });
    assert.equal(results.value('floor', 'mount.cpu'), undefined);
  });
});

describe('the report of the bench', () => {
  const results = new Results();
  results.add('chat-widget', 'history.1k', 30);
  results.add('floor', 'history.1k', 20);
  results.add('chat-widget', 'history.1k.nodes', 2683);
  results.lack('deep-chat', 'history.1k', { notWithinSeconds: 60 });
  results.lack('deep-chat', 'history.1k.nodes', { failed: 'Error: it fell over' });

  it('gives the ratio to the floor where times are compared', () => {
    assert.equal(cell(results, figure('history.1k'), 'chat-widget'), '30 ms (1.50×)');
    assert.equal(cell(results, figure('history.1k'), 'floor'), '20 ms');
    assert.equal(cell(results, figure('history.1k.nodes'), 'chat-widget'), '2,683');
  });

  it('says what was not finished, and what broke', () => {
    assert.equal(cell(results, figure('history.1k'), 'deep-chat'), 'not within 60 s');
    assert.equal(cell(results, figure('history.1k.nodes'), 'deep-chat'), 'broke: Error: it fell over');
    assert.equal(cell(results, figure('bytes.closed'), 'floor'), '–');
  });

  it('has a row for each figure that anybody has, and a column for each contestant', () => {
    const rows = tabulate(results, CHATS).split('\n');
    assert.equal(rows.length, 4);
    assert.equal(rows[2], '| show 1,000 messages | 30 ms (1.50×) | 20 ms | not within 60 s |');
  });

  it('stands between its markers, and leaves the rest of the page', () => {
    const page = 'A\n<!-- performance:begin -->\nold\n<!-- performance:end -->\nB\n';
    assert.equal(
      between(page, 'new'),
      'A\n<!-- performance:begin -->\n\nnew\n\n<!-- performance:end -->\nB\n',
    );
    assert.throws(() => between('A', 'new'), /performance:begin/);
  });
});

describe('goals of the bench', () => {
  const goal = { what: 'quick', figure: 'history.1k', unit: 'ms' } as const;
  const against = [{ ...goal, limit: { factor: 1.5, contestant: 'floor', figure: 'history.1k' } }];
  const fill = (ours?: number, floor?: number): Results => {
    const results = new Results();
    if (ours !== undefined) results.add('chat-widget', 'history.1k', ours);
    if (floor !== undefined) results.add('floor', 'history.1k', floor);
    return results;
  };

  it('are met up to the limit itself', () => {
    assert.deepEqual(verdicts(fill(30, 20), against), [
      { what: 'quick', limit: '30 ms', measured: '30 ms', met: true },
    ]);
    assert.equal(verdicts(fill(30.1, 20), against)[0]!.met, false);
    assert.equal(verdicts(fill(9), [{ ...goal, limit: 10 }])[0]!.met, true);
  });

  it('are not met by what our widget did not finish, and are by what only the other did not', () => {
    const ours = fill(undefined, 20);
    ours.lack('chat-widget', 'history.1k', { notWithinSeconds: 60 });
    assert.deepEqual(verdicts(ours, against), [
      { what: 'quick', limit: '30 ms', measured: 'did not finish', met: false },
    ]);
    const other = fill(30);
    other.lack('floor', 'history.1k', { notWithinSeconds: 60 });
    assert.equal(verdicts(other, against)[0]!.met, true);
  });

  it('are left out where one side was not asked for', () => {
    assert.deepEqual(verdicts(fill(30), against), []);
    assert.deepEqual(verdicts(fill(undefined, 20), against), []);
  });

  it('are shown as met or not', () => {
    assert.match(
      tabulateGoals(fill(10, 20)),
      /^\| 1,000 messages: 1.5 × floor \| 30 ms \| 10 ms \| met \|$/m,
    );
    assert.match(tabulateGoals(fill(31, 20)), /\*\*not met\*\*/);
  });
});

describe('the chart of the bench', () => {
  const results = new Results();
  results.add('floor', 'history.1k', 20);
  results.add('chat-widget', 'history.1k', 30);
  results.lack('deep-chat', 'history.1k', { notWithinSeconds: 60 });
  const picture = draw(results, CHATS);

  it('says in words what its bars say', () => {
    assert.match(picture, /role="img" aria-labelledby="title desc"/);
    assert.match(picture, /<title id="title">[^<]+<\/title>/);
    assert.match(
      picture,
      /<desc id="desc">show 1,000 messages: chat-widget 1.50×, Deep &lt;Chat&gt; not within 60 s\.<\/desc>/,
    );
  });

  it('has a bar for each contestant but the floor, also for one that did not finish', () => {
    assert.equal(picture.match(/<rect class="(?!back)/g)?.length, 2);
    assert.match(picture, /<rect class="late"/);
    assert.match(picture, /<rect class="bar ours"/);
  });

  it('makes longer bars for what takes longer, and ends at its scale', () => {
    const width = (ms: number): number => {
      const some = new Results();
      some.add('floor', 'history.1k', 1);
      some.add('chat-widget', 'history.1k', ms);
      return Number(/bar ours"[^>]* width="([\d.]+)"/.exec(draw(some, CHATS))![1]);
    };
    assert.ok(width(2) < width(20));
    assert.equal(width(1_000), width(50_000));
    assert.equal(width(0.5), width(1));
  });

  it('is for light and dark pages, and no markup comes in by a name', () => {
    assert.match(picture, /@media \(prefers-color-scheme: dark\)/);
    assert.doesNotMatch(picture, /<Chat>/);
  });
});

describe('limits of the bench', () => {
  it('let a count be as high as its limit', () => {
    const judged = judge({ nodes: 5, renders: 3 }, { nodes: { limit: 5, goal: 2 }, renders: { limit: 2 } });
    assert.deepEqual(
      judged.map(({ name, ok }) => [name, ok]),
      [
        ['nodes', true],
        ['renders', false],
      ],
    );
    assert.deepEqual(lines(judged), ['ok      nodes: 5, at most 5, goal 2', 'FAILED  renders: 3, at most 2']);
  });

  it('fail for a count without a limit, and for a limit that nothing was counted for', () => {
    assert.deepEqual(
      judge({ one: 0 }, { other: { limit: 0 } }).map(({ ok }) => ok),
      [false, false],
    );
  });
});

describe('the longest task of a trace', () => {
  it('is one of the main thread of the page', () => {
    const name = 'ThreadControllerImpl::RunTask';
    assert.equal(
      longestOf([
        { name: 'thread_name', ph: 'M', pid: 1, tid: 2, args: { name: 'CrRendererMain' } },
        { name, ph: 'X', pid: 1, tid: 2, dur: 40_000 },
        { name, ph: 'X', pid: 1, tid: 2, dur: 52_500 },
        { name, ph: 'X', pid: 1, tid: 3, dur: 900_000 },
        { name: 'Layout', ph: 'X', pid: 1, tid: 2, dur: 900_000 },
      ]),
      52.5,
    );
    assert.equal(longestOf([]), 0);
  });
});
