import type { Conversation } from '../host/conversation.js';
import type { Turn } from '../turn.js';

/** A story the server tells by itself. */
export interface Scenario {
  /** Short name, for reports. */
  readonly name: string;
  /** Takes only what no other scenario takes, wherever it stands among them. */
  readonly fallback?: boolean;
  /** Whether it answers this. The first scenario that does is the only one. */
  takes(turn: Turn): boolean;
  /** Answers it; takes its time by `turn.wait(ms)`. */
  play(turn: Turn): void | Promise<void>;
  /** A conversation begins; what is stored in it now is there when the guest is greeted. */
  begins?(conversation: Conversation): void;
  /** A line is open, of a new conversation or of one that is `resumed`. The turn's command is the hello. */
  greets?(turn: Turn, resumed: boolean): void;
  /** A guest did something, whoever takes it; called before anybody does. */
  hears?(turn: Turn): void;
}

/** The scenario that answers, if one does. */
export function choose(scenarios: readonly Scenario[], turn: Turn): Scenario | undefined {
  const inOrder = [...scenarios].sort((a, b) => Number(a.fallback ?? false) - Number(b.fallback ?? false));
  return inOrder.find((scenario) => scenario.takes(turn));
}

/** Takes every message and says nothing. */
export function acknowledge(): Scenario {
  return {
    name: 'acknowledge',
    fallback: true,
    takes: ({ command }) => command.type === 'send',
    play: (turn) => void turn.ack(),
  };
}
