/** How much a count may be. */
export interface Limit {
  /** More than this is a failure. */
  readonly limit: number;
  /** What we want; the same as the limit where it is not given. */
  readonly goal?: number;
}

/** A count held against its limit. */
export interface Judged {
  readonly name: string;
  readonly measured: number | undefined;
  readonly limit: number | undefined;
  readonly goal: number | undefined;
  readonly ok: boolean;
}

/** Holds counts against their limits. A count without a limit and a limit without a count are failures, too. */
export function judge(
  counts: Readonly<Record<string, number>>,
  limits: Readonly<Record<string, Limit>>,
): Judged[] {
  const names = new Set([...Object.keys(limits), ...Object.keys(counts)]);
  return [...names].map((name) => {
    const measured = counts[name];
    const { limit, goal = limit } = limits[name] ?? {};
    const ok = measured !== undefined && limit !== undefined && measured <= limit;
    return { name, measured, limit, goal, ok };
  });
}

/** One line for each count. */
export function lines(judged: readonly Judged[]): string[] {
  return judged.map(({ name, measured, limit, goal, ok }) => {
    const wanted = goal === limit ? '' : `, goal ${goal}`;
    return `${ok ? 'ok    ' : 'FAILED'}  ${name}: ${measured ?? 'not counted'}, at most ${limit ?? 'unknown'}${wanted}`;
  });
}
