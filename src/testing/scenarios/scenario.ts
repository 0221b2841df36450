import type { Turn } from '../turn.js';

/** A story the server tells by itself. */
export interface Scenario {
  /** Short name, for reports. */
  readonly name: string;
  /** Whether it answers this. The first scenario that does is the only one. */
  takes(turn: Turn): boolean;
  /** Answers it; takes its time by `turn.wait(ms)`. */
  play(turn: Turn): void | Promise<void>;
}

/** Takes every message and says nothing. */
export function acknowledge(): Scenario {
  return {
    name: 'acknowledge',
    takes: ({ command }) => command.type === 'send',
    play: (turn) => void turn.ack(),
  };
}
