import type { Frame } from '../../protocol/frame.js';
import { RefusedError, type Link, type LinkClose, type LinkEvents } from '../../transports/transport.js';
import { HISTORY } from './wire.js';

/**
 * A line for a conversation. It knows whether that was begun or checked a moment ago: then a route that answers "not found" is
 * missing, and says nothing of the conversation.
 */
export class StartedLink implements Link {
  readonly #events: LinkEvents;
  readonly #fresh: boolean;
  #link: Link | undefined;

  /** @param fresh whether the backend has just said that the conversation exists */
  constructor(events: LinkEvents, fresh: boolean) {
    this.#events = events;
    this.#fresh = fresh;
  }

  /** What the line below tells. */
  readonly lineEvents: LinkEvents = {
    onFrame: (frame) => this.#events.onFrame(frame),
    onFault: (error) => this.#events.onFault(error),
    onClose: (close) => this.#events.onClose(this.#meant(close)),
    onReport: (report) => this.#events.onReport?.(report),
  };

  /** The line below is open. */
  carry(link: Link): void {
    this.#link = link;
  }

  async send(frame: Frame): Promise<Frame | void> {
    if (!this.#link) throw new Error('the line is not open');
    try {
      return await this.#link.send(frame);
    } catch (error) {
      // Worth nothing where it cannot be said.
      if (frame.event.startsWith('client-')) return undefined;
      const isMissing = frame.event === HISTORY && error instanceof RefusedError && error.code === 'invalid';
      if (!isMissing) throw error;
      if (this.#fresh) return { event: `${HISTORY}:answer`, data: { messages: [] } };
      this.close();
      this.#events.onClose({ reason: 'gone', retry: 'now', detail: error.message });
      throw error;
    }
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#link?.probe(patienceMs, owedForMs);
  }

  close(reason?: string): void {
    this.#link?.close(reason);
  }

  /** To begin anew again and again would help nobody where a route is missing. */
  #meant(close: LinkClose): LinkClose {
    if (close.reason !== 'gone' || !this.#fresh) return close;
    return { ...close, reason: 'fault', retry: 'backoff' };
  }
}
