/** What a backend may be able to do; a control is shown only when its feature is listed. */
export type Feature =
  | 'typing'
  | 'receipts'
  | 'reactions'
  | 'attachments'
  | 'rating'
  | 'escalation'
  | 'stop'
  | 'identify';

/** Bounds the server sets. */
export interface Limits {
  /** Longest message text, in UTF-16 units. */
  readonly maxTextLength: number;
  /** Largest frame the server takes, in UTF-8 bytes. */
  readonly maxFrameBytes: number;
  /** Largest attachment, in bytes. */
  readonly maxAttachmentBytes: number;
}

/** What holds when a welcome names no limits. */
export const DEFAULT_LIMITS: Limits = {
  maxTextLength: 4000,
  maxFrameBytes: 65_536,
  maxAttachmentBytes: 10 * 1024 * 1024,
};

/** What a backend offers when a welcome lists no features. */
export const DEFAULT_FEATURES: readonly Feature[] = ['typing', 'escalation'];

/** Silence before a ping when a welcome names none, in milliseconds. */
export const DEFAULT_HEARTBEAT_MS = 10_000;

/** Shortest silence before a ping that is kept to, in milliseconds. */
export const MIN_HEARTBEAT_MS = 1000;

/** A day in milliseconds: the longest time a server can ask for. */
export const DAY_MS = 86_400_000;
