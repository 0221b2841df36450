import { Timer, type Clock } from '../platform/clock.js';
import type { Cache } from '../platform/storage.js';
import type { Author, Message } from '../protocol/message.js';
import type { Answering } from '../protocol/server-event.js';
import { readMessage } from '../protocol/server-event.js';
import type { Receipts, ChatMessage, ChatState } from './state.js';

/** Most messages that are kept: what a server sends as the newest page. */
const MOST_MESSAGES = 50;
/** Longest all texts together, in UTF-16 units; the rest is fetched anyway. */
const MOST_TEXT = 200_000;
/** Changes are written at most this often, in milliseconds. */
const WRITE_MS = 300;

/** What the last visit looked like. */
export interface CachedThread {
  readonly conversationId: string;
  readonly epoch: string;
  readonly messages: readonly Message[];
  readonly hasOlder: boolean;
  readonly answering: Answering;
  readonly position?: number;
  readonly waitSeconds?: number;
  readonly participants: readonly Author[];
  readonly features: readonly string[];
  readonly receipts: Receipts;
}

/**
 * The end of the last conversation, to be painted before the server has answered, or while it cannot be reached. It is
 * never trusted: the first history replaces it.
 */
export class TranscriptCache {
  readonly #cache: Cache<CachedThread>;
  readonly #timer: Timer;
  #latest: ChatState | undefined;

  constructor(clock: Clock, cache: Cache<CachedThread>) {
    this.#cache = cache;
    this.#timer = new Timer(clock);
  }

  /** The last thread of a conversation; undefined when none of it is kept, or what is kept cannot be read. */
  async read(conversationId: string | undefined): Promise<CachedThread | undefined> {
    const cached = await this.#cache.read();
    if (!cached || conversationId === undefined || cached.conversationId !== conversationId) return undefined;
    try {
      const messages = cached.messages.map((message) => readMessage(message, 'messages'));
      const { delivered, read } = cached.receipts;
      const readable =
        Number.isInteger(delivered + read) && [cached.participants, cached.features].every(Array.isArray);
      return readable ? { ...cached, messages } : undefined;
    } catch {
      return undefined;
    }
  }

  /** The conversation has changed. */
  changed(state: ChatState): void {
    this.#latest = state;
    if (!this.#timer.pending) this.#timer.set(WRITE_MS, () => this.flush());
  }

  /** Writes what has not been written yet, because the page may be gone in a moment. */
  flush(): void {
    const state = this.#latest;
    this.#timer.clear();
    this.#latest = undefined;
    const thread = state && threadOf(state);
    if (thread) void this.#cache.write(thread);
  }

  /** Forgets what has not been written. */
  clear(): void {
    this.#timer.clear();
    this.#latest = undefined;
  }
}

function threadOf(state: ChatState): CachedThread | undefined {
  const { conversationId, epoch, answering, position, waitSeconds, participants, features, receipts } = state;
  if (!state.loaded || state.renumbering || conversationId === undefined || epoch === undefined)
    return undefined;
  const numbered = state.messages.filter((message) => message.seq !== undefined);
  let text = 0;
  const from = numbered.findLastIndex((message) => (text += message.text.length) > MOST_TEXT) + 1;
  const kept = numbered.slice(Math.max(from, numbered.length - MOST_MESSAGES));
  return {
    conversationId,
    epoch,
    messages: kept.map(asSent),
    hasOlder: state.hasOlder || kept.length < numbered.length,
    answering,
    ...(position !== undefined && { position }),
    ...(waitSeconds !== undefined && { waitSeconds }),
    participants,
    features,
    receipts,
  };
}

/** The message as the server sent it. */
function asSent({ delivery: _d, streaming: _s, stopped: _p, failure: _f, ...message }: ChatMessage): Message {
  return message as Message;
}
