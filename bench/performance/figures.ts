/** How a figure is written. */
export type Unit = 'kB' | 'ms' | 's' | 'count';

/** A row of the table. */
export interface Figure {
  readonly name: string;
  readonly title: string;
  readonly unit: Unit;
  /** Whether the ratio to the floor says something. */
  readonly compared?: boolean;
  /** Whether it is in the chart. */
  readonly charted?: boolean;
}

const sizes = { '0': 'none', '1k': '1,000', '10k': '10,000' } as const;

/** Everything that is measured, in the order of the table. */
export const FIGURES: readonly Figure[] = [
  { name: 'bytes.closed', title: 'fetched for a closed launcher, gzip', unit: 'kB' },
  { name: 'bytes.open', title: 'fetched for an open, empty chat, gzip', unit: 'kB' },
  { name: 'mount.cpu', title: 'load and mount an empty chat', unit: 'ms', compared: true, charted: true },
  {
    name: 'mount.longest',
    title: 'longest task meanwhile, processor slowed to a quarter',
    unit: 'ms',
    compared: true,
  },
  { name: 'history.1k', title: 'show 1,000 messages', unit: 'ms', compared: true, charted: true },
  { name: 'history.10k', title: 'show 10,000 messages', unit: 'ms', compared: true, charted: true },
  { name: 'history.1k.nodes', title: 'nodes with 1,000 messages', unit: 'count' },
  { name: 'history.10k.nodes', title: 'nodes with 10,000 messages', unit: 'count' },
  ...(['task', 'frame'] as const).flatMap((each) =>
    (['0', '1k', '10k'] as const).map((size) => ({
      name: `live.${each}.${size}`,
      title: `a message, ${each === 'task' ? 'each in its own task' : 'one a frame'}, ${sizes[size]} there`,
      unit: 'ms' as const,
      compared: true,
      charted: size === '10k',
    })),
  ),
  ...[1_024, 2_048, 4_096, 8_192].map((mark) => ({
    name: `stream.${mark}`,
    title: `an answer of ${mark.toLocaleString('en-US')} tokens`,
    unit: 's' as const,
    compared: true,
    charted: mark === 4_096,
  })),
  { name: 'token.first', title: 'a token among the first 1,024', unit: 'ms', compared: true },
  { name: 'token.last', title: 'a token among the last 4,096 of 8,192', unit: 'ms', compared: true },
  { name: 'token.added', title: 'nodes added per token', unit: 'count' },
  { name: 'token.removed', title: 'nodes removed per token', unit: 'count' },
  { name: 'key.10k', title: 'a keystroke, 10,000 messages there', unit: 'ms', compared: true, charted: true },
  { name: 'kept.bytes', title: 'heap kept per mount, talk and removal', unit: 'kB' },
  { name: 'kept.nodes', title: 'nodes kept by it', unit: 'count' },
  { name: 'kept.listeners', title: 'listeners kept by it', unit: 'count' },
];

/** A figure in its unit. Sizes come in bytes, times in milliseconds. */
export function written(value: number, unit: Unit): string {
  if (unit === 'kB') return `${fixed(value / 1000)} kB`;
  if (unit === 's') return `${fixed(value / 1000)} s`;
  return unit === 'ms' ? `${fixed(value)} ms` : fixed(value);
}

/** With as many digits as tell something. */
export function fixed(value: number): string {
  const size = Math.abs(value);
  const digits = Number.isInteger(value) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
  // A little less than nothing is nothing.
  return value
    .toFixed(digits)
    .replace(/^-(0(?:\.0+)?)$/, '$1')
    .replace(/\B(?=(?:\d{3})+$)/g, digits ? '' : ',');
}
