import type { Clock } from '../../platform/clock.js';
import type { ServerEvent } from '../../protocol/server-event.js';
import type { MakeId } from '../identifiers.js';
import type { JournalEntry } from './record.js';

/** What a conversation needs of the server it lives on. */
export interface ConversationContext {
  readonly clock: Clock;
  readonly makeId: MakeId;
  /** Writes a durable change, before anybody hears of it. */
  journal(entry: JournalEntry): void;
  /** Hears everything that is told to the guest's connections. */
  listen(event: ServerEvent): void;
}
