import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isFromOthers } from '../../conversation/select.js';
import { messageKey, type ChatState } from '../../conversation/state.js';

/** Knows what has been on screen: tells it, and counts what has come since the reader left the end. */
export class ReadingController implements ReactiveController {
  readonly #atEnd: () => boolean;
  readonly #read: () => void;
  /** The newest message that was on screen before the reader left the end. */
  #seen: string | undefined;

  /**
   * @param atEnd whether the reader is at the end of an open conversation
   * @param read told whenever everything has been seen, on a visible page
   */
  constructor(host: ReactiveControllerHost, atEnd: () => boolean, read: () => void) {
    this.#atEnd = atEnd;
    this.#read = read;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#tell);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#tell);
  }

  hostUpdated(): void {
    this.#tell();
  }

  /** These messages are about to be drawn, the newest of them in view. */
  see(messages: ChatState['messages']): void {
    const newest = messages.at(-1);
    this.#seen = newest && messageKey(newest);
  }

  /** How many messages of others have come since. */
  unseen(messages: ChatState['messages']): number {
    let count = 0;
    for (let i = messages.length - 1; i >= 0; i--) {
      if (messageKey(messages[i]!) === this.#seen) return count;
      if (isFromOthers(messages[i]!)) count++;
    }
    return 0;
  }

  readonly #tell = (): void => {
    if (document.visibilityState === 'visible' && this.#atEnd()) this.#read();
  };
}
