/** A scenario cannot be played as it is written. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';

  /**
   * @param scenario its name, as far as it has one
   * @param problems what is wrong, each with the path to it
   */
  constructor(
    /** Name of the scenario. */
    readonly scenario: string,
    /** What is wrong: `triggers[2].steps[0].stream: expected a text, got 12`. */
    readonly problems: readonly string[],
  ) {
    super(problems.map((problem) => `${scenario}: ${problem}`).join('\n'));
  }
}

/** Collects everything that is wrong with a scenario, each with the path to it. */
export class ScenarioComplaints {
  readonly problems: string[] = [];

  /** Something is wrong. @param path in JavaScript notation; empty for the scenario as a whole */
  say(path: string, problem: string): void {
    this.problems.push(path ? `${path}: ${problem}` : problem);
  }

  /** Something else should have stood there. */
  expected(path: string, expected: string, value: unknown): void {
    this.say(path, `expected ${expected}, got ${shown(value)}`);
  }

  /** A key means nothing. */
  unknown(path: string, key: string, known: readonly string[], owner: string): void {
    const close = known.find((each) => isNear(each, key));
    const hint = close ? `; did you mean "${close}"?` : `; it has ${known.join(', ')}`;
    this.say(path, `${owner} has no "${key}"${hint}`);
  }
}

/** A value as a reader of an error wants to see it: short. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'function') return 'a function';
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 57)}…` : json;
}

/** Whether two words differ by a slip: one letter more, less or other, two that changed places, or their case. */
export function isNear(a: string, b: string): boolean {
  const [one, two] = [a.toLowerCase(), b.toLowerCase()];
  if (one === two) return true;
  let start = 0;
  while (start < one.length && one[start] === two[start]) start++;
  let end = 0;
  const room = Math.min(one.length, two.length) - start;
  while (end < room && one.at(-1 - end) === two.at(-1 - end)) end++;
  const [left, right] = [one.slice(start, one.length - end), two.slice(start, two.length - end)];
  if (Math.max(left.length, right.length) <= 1) return true;
  return left.length === 2 && left === [...right].toReversed().join('');
}
