import type { ServerEvent } from '../../protocol/server-event.js';

/** One connection as the server sees it. Bindings and the live server bring their own. */
export interface Peer {
  /** Tells the widget; dropped without a word when the connection is over. */
  send(event: ServerEvent): void;
  /** Ends the connection with a close code of docs/protocol.md. */
  close(code: number, reason: string): void;
}
