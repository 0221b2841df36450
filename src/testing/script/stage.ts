import type { ChatHost } from '../host/chat-host.js';
import type { Conversation } from '../host/conversation.js';
import type { Duration, FaultStep } from './scenario-data.js';

/** What a scenario needs of the server that it is played on. */
export interface Stage {
  /** The engine. */
  readonly host: ChatHost;
  /** A number from 0 up to, but not including, 1. */
  chance(): number;
  /** What stands between guests and the server, where it can be spoiled. */
  readonly networks: readonly Spoilable[];
}

/** The faults of a network, by the names of `Network`; a wire may know fewer. */
export interface Spoilable {
  /** Cuts everything that is under way. */
  drop(): unknown;
  /** Refuses the next attempts. */
  refuse(count?: number): unknown;
  /** Makes everything late, in milliseconds. */
  delay(ms: number): unknown;
  /** Swallows everything. */
  blackhole(): unknown;
  /** Ends all faults. */
  recover(): unknown;
  /** Says everything twice. */
  duplicate?(): unknown;
  /** Turns frames round. */
  reorder?(windowMs?: number): unknown;
  /** Closes all lines with a code. */
  close?(code: number): unknown;
  /** Damages the next frames. */
  corrupt?(count?: number): unknown;
}

/** Milliseconds out of a duration. */
export function pick(duration: Duration, { chance }: Stage): number {
  if (typeof duration === 'number') return duration;
  const [from, to] = duration;
  return Math.round(from + chance() * (to - from));
}

/** Lets something go wrong. What a wire does not know is left out: no request of HTTP arrives twice. */
export function spoil({ fault, ms, count, code }: FaultStep, stage: Stage, conversation: Conversation): void {
  if (fault === 'restart') {
    stage.host.shutDown(ms === undefined ? {} : { retryAfterMs: ms });
    return;
  }
  if (fault === 'lose-history') return conversation.loseHistory();
  for (const network of stage.networks) {
    if (fault === 'delay') network.delay(ms ?? 200);
    else if (fault === 'refuse') network.refuse(count);
    else if (fault === 'reorder') network.reorder?.(ms);
    else if (fault === 'corrupt') network.corrupt?.(count);
    else if (fault === 'close') {
      if (network.close) network.close(code ?? 1011);
      else network.drop();
    } else network[fault]?.();
  }
}
