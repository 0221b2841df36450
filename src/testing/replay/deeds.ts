import type { ClientCommand, Send } from '../../protocol/client-command.js';
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
  send(text: string, options?: Pick<Send, 'action' | 'replyTo'>): Promise<unknown>;
  /** Opens the line. */
  connect?(): unknown;
  /** Asks for a person. */
  escalate?(reason?: string): unknown;
  /** Leaves the queue. */
  leaveQueue?(): unknown;
  /** Adds or withdraws a reaction. */
  react?(messageId: string, emoji: string, active?: boolean): unknown;
  /** Stops a reply. */
  stop?(messageId: string): unknown;
  /** Ends the conversation. */
  end?(): unknown;
  /** Tells who they are. */
  identify?(guest: object): unknown;
}

const DEEDS = new Set(['send', 'escalate', 'react', 'stop', 'end', 'identify']);

/** What the guest of a recording did, each thing once: what was sent again by itself is no deed. */
export function deedsOf(log: readonly LogEntry[]): readonly Deed[] {
  const begin = log[0]?.at ?? 0;
  const known = new Set<string>();
  return log.flatMap((entry) => {
    if (entry.what !== 'frame' || entry.from !== 'guest' || !DEEDS.has(entry.frame.event)) return [];
    const { event, data } = entry.frame;
    const { clientId } = data as { clientId?: string };
    if (clientId !== undefined && known.has(clientId)) return [];
    if (clientId !== undefined) known.add(clientId);
    return [{ afterMs: entry.at - begin, command: { type: event, ...(data as object) } as ClientCommand }];
  });
}

/** Does it. What the doer does not offer is left out. */
export function perform({ command }: Deed, doer: Doer): void {
  switch (command.type) {
    case 'send': {
      const { action, replyTo } = command;
      const options = { ...(action && { action }), ...(replyTo !== undefined && { replyTo }) };
      // A message that was refused then is refused now; that is for the test to look at.
      return void doer.send(command.text, options).catch(() => {});
    }
    case 'escalate':
      return void (command.cancel ? doer.leaveQueue?.() : doer.escalate?.(command.reason));
    case 'react':
      return void doer.react?.(command.messageId, command.emoji, command.active);
    case 'stop':
      return void doer.stop?.(command.messageId);
    case 'end':
      return void doer.end?.();
    case 'identify':
      return void doer.identify?.(command.guest);
    default:
      return undefined;
  }
}
