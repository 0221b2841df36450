import type { ChatErrorCode } from './notifications.js';
import type { Guest } from './guest.js';
import type { Outbox } from './outbox.js';
import type { ChatEvent } from './reduce.js';
import { newestSeq } from './select.js';
import { SendError } from './send-error.js';
import type { SendPromises } from './send-promises.js';
import type { ChatState } from './state.js';
import type { TabGreeting, TabNews } from './tabs.js';
import { findMessage } from './thread.js';

/** The parts of a conversation that follow what another tab tells. */
export interface MirrorParts {
  state(): ChatState;
  /** Takes in an event without telling it on. @see notificationsBetween for `arrivedAfter` */
  take(event: ChatEvent, arrivedAfter: number): void;
  guest: Guest;
  outbox: Outbox;
  promises: SendPromises;
  /** Another tab of the guest has forgotten everything. @param by its id */
  onReset(by: string): void;
  onError(code: ChatErrorCode, error: Error): void;
}

/** Keeps the conversation in this tab as it is in the one that has the line. */
export class Mirror {
  readonly #parts: MirrorParts;
  /** Last contiguous `seq` of the tab that has the line; from there this one would go on. */
  #cursor: number | undefined;

  constructor(parts: MirrorParts) {
    this.#parts = parts;
  }

  /** Where to go on when the line comes to this tab. */
  get cursor(): number | undefined {
    return this.#cursor;
  }

  /** Another tab has the line, and tells how things stand. */
  follow({ state, cursor, guest }: TabGreeting): void {
    const { take, outbox } = this.#parts;
    const before = this.#parts.state();
    // What was said to a thread that this tab knows has arrived; a thread that is new here is old history.
    const goesOn = before.epoch === state.epoch && !state.renumbering;
    const arrivedAfter = (goesOn && newestSeq(before)) || Infinity;
    this.#cursor = cursor;
    this.#parts.guest.mirror(guest);
    outbox.follow();
    take({ type: 'local/mirrored', state, echoes: outbox.mine }, arrivedAfter);
    this.#conclude();
  }

  /** The tab that has the line tells what has happened. */
  hear(news: TabNews): void {
    switch (news.news) {
      case 'event':
        this.#cursor = news.cursor;
        this.#parts.take(news.event, news.arrivedAfter);
        this.#conclude();
        break;
      case 'guest':
        this.#parts.guest.mirror(news.guest);
        break;
      case 'error':
        this.#parts.onError(news.code as ChatErrorCode, new Error(news.message));
        break;
      case 'reset':
        this.#parts.onReset(news.by);
    }
  }

  /** Settles what was written here by what has become of it there. */
  #conclude(): void {
    const { outbox, promises } = this.#parts;
    const { messages } = this.#parts.state();
    for (const clientId of promises.waiting) {
      const message = messages[findMessage(messages, clientId, clientId)];
      if (!message) promises.reject(clientId, new SendError('cancelled', 'the message was deleted'));
      else if (message.seq !== undefined) promises.resolve(clientId, message);
      else if (message.failure)
        promises.reject(clientId, new SendError(message.failure.code, message.failure.message));
    }
    for (const clientId of outbox.mine) {
      const message = messages[findMessage(messages, clientId, clientId)];
      if (message?.seq !== undefined) outbox.settle(clientId);
      else if (message?.delivery !== 'queued' && message?.delivery !== 'sending') outbox.drop(clientId);
    }
  }
}
