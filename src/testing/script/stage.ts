import type { ChatHost } from '../host/chat-host.js';
import type { Conversation } from '../host/conversation.js';
import type { Network } from '../network.js';
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

/** The part of a network's faults that every wire has. */
export type Spoilable = Pick<Network, 'drop' | 'refuse' | 'delay' | 'blackhole' | 'recover'> &
  Partial<Pick<Network, 'duplicate' | 'reorder' | 'close' | 'corrupt'>>;

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
