import type { ClientCommand } from '../../protocol/client-command.js';
import type { LogEntry } from '../traffic-log.js';

/** Something that the guest of a recording did by themselves, and when, in milliseconds since the recording began. */
export interface Deed {
  /** Milliseconds. */
  readonly afterMs: number;
  /** What they did. */
  readonly command: ClientCommand;
}

/** What a widget, or a `ChatClient`, offers to do what a guest did. */
export interface Doer {
  /** Sends a message. */
  send(text: string): Promise<unknown>;
  /** Opens the line. */
  connect?(): unknown;
  /** Asks for a person. */
  escalate?(reason?: string): unknown;
  /** Ends the conversation. */
  end?(): unknown;
  /** Tells who they are. */
  identify?(guest: object): unknown;
}

const DEEDS = new Set(['send', 'escalate', 'end', 'identify']);

/** What the guest of a recording did, each thing once: what was sent again by itself is no deed. */
export function deedsOf(log: readonly LogEntry[]): readonly Deed[] {
  const begin = log[0]?.at ?? 0;
  const known = new Set<string>();
  return log.flatMap((entry) => {
    if (entry.what !== 'frame' || entry.from !== 'guest' || !DEEDS.has(entry.frame.event)) return [];
    const { event, data } = entry.frame;
    const { clientId, cancel } = data as { clientId?: string; cancel?: true };
    if (cancel || (clientId !== undefined && known.has(clientId))) return [];
    if (clientId !== undefined) known.add(clientId);
    return [{ afterMs: entry.at - begin, command: { type: event, ...(data as object) } as ClientCommand }];
  });
}

/** Does it. What the doer does not offer is left out. */
export function perform({ command }: Deed, doer: Doer): void {
  // A message that is refused then is refused now; that is for the test to look at.
  if (command.type === 'send') void doer.send(command.text).catch(() => {});
  else if (command.type === 'escalate') doer.escalate?.(command.reason);
  else if (command.type === 'end') doer.end?.();
  else if (command.type === 'identify') doer.identify?.(command.guest);
}
