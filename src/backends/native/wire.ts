import type { ClientCommand } from '../../protocol/client-command.js';
import type { Frame } from '../../protocol/frame.js';
import type { ServerEvent } from '../../protocol/server-event.js';

/** WebSocket subprotocol of this wire. */
export const SUBPROTOCOL = 'chat-widget.v1';

/** The frame of a command or an event: its type is the name, its other fields are the data. */
export function toFrame({ type, ...data }: ClientCommand | ServerEvent): Frame {
  return { event: type, data };
}
