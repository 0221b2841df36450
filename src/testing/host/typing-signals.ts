import type { Author } from '../../protocol/message.js';
import type { ServerEvent } from '../../protocol/server-event.js';
import type { Peer } from './peer.js';

/** Who is typing, so that nothing is said twice and a connection that comes back learns of it. */
export class TypingSignals {
  readonly #active = new Map<string, ServerEvent>();

  /** @returns what to tell, or undefined when it is known: nobody stops typing who did not start */
  change(author: Author, active: boolean, label?: string): ServerEvent | undefined {
    if (!active && !this.#active.has(author.id)) return undefined;
    const signal: ServerEvent = { type: 'typing', author, active, ...(label !== undefined && { label }) };
    if (active) this.#active.set(author.id, signal);
    else this.#active.delete(author.id);
    return signal;
  }

  /** Tells a connection who is typing. */
  repeatTo(peer: Peer): void {
    for (const signal of this.#active.values()) peer.send(signal);
  }
}
