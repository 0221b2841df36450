/** Which server is imitated: hosted Pusher, Laravel Reverb or Soketi. */
export type PusherPersonality = 'pusher' | 'reverb' | 'soketi';

/** Where servers of the same protocol differ on the wire, as Reverb 1.10 and Soketi 1.6 were seen to. */
export interface Manners {
  /** Silence after which a client shall ping, in seconds. */
  readonly activityTimeoutS: number;
  /** Largest frame that is taken, in bytes. */
  readonly maxFrameBytes: number;
  /** Whether versions other than 7 are refused. */
  readonly checksVersion: boolean;
  /** Whether the data of `pusher:error` is JSON within JSON. */
  readonly errorsAsText: boolean;
  /** Refusing a connection, or ending one: the code it is closed with; undefined: it stays open. */
  hangUp(code: number): number | undefined;
  /** What more connections than there is room for are told. */
  readonly fullCode: number;
  /** Whether a refused subscription is told as `pusher:subscription_error`, with its channel. */
  readonly namesChannels: boolean;
  /** Data of the answer to a subscription that is not one of presence. */
  readonly subscribedData: string | undefined;
  /** Data of a pong. */
  readonly pongData: object | undefined;
  /** Whether client events go through the arrays of PHP, in which an empty object becomes an empty list. */
  readonly phpArrays: boolean;
  /** Whether client events are relayed on public channels. */
  readonly publicClientEvents: boolean;
}

const PUSHER: Manners = {
  activityTimeoutS: 120,
  maxFrameBytes: 10_000,
  checksVersion: true,
  errorsAsText: false,
  hangUp: (code) => code,
  fullCode: 4100,
  namesChannels: false,
  subscribedData: '{}',
  pongData: {},
  phpArrays: false,
  publicClientEvents: false,
};

/** One row per server. */
export const MANNERS: Readonly<Record<PusherPersonality, Manners>> = {
  pusher: PUSHER,
  reverb: {
    ...PUSHER,
    activityTimeoutS: 30,
    checksVersion: false,
    errorsAsText: true,
    // An unknown key or a missing pong costs the connection without a close frame, everything else costs nothing.
    hangUp: (code) => (code === 4001 || code === 4201 ? 1006 : undefined),
    fullCode: 4004,
    pongData: undefined,
    phpArrays: true,
    publicClientEvents: true,
  },
  soketi: {
    ...PUSHER,
    activityTimeoutS: 30,
    maxFrameBytes: 100_000,
    checksVersion: false,
    namesChannels: true,
    subscribedData: undefined,
    publicClientEvents: true,
  },
};

/** What PHP makes of JSON that it reads into arrays and writes again. */
export function throughPhpArrays(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(throughPhpArrays);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]) => [key, throughPhpArrays(inner)] as const);
  return entries.length > 0 ? Object.fromEntries(entries) : [];
}
