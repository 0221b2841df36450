import { MAX_HISTORY_LIMIT } from '../../protocol/client-command.js';
import { MAX_FRAME_BYTES, utf8Bytes } from '../../protocol/frame.js';
import type { Message } from '../../protocol/message.js';

/** Messages a new connection gets when it holds none. */
export const NEWEST_PAGE = 50;

/** What part of the messages is asked for: those before a `seq`, those after one, or without either the newest. */
export interface PageRequest {
  /** A `seq`. */
  before?: number;
  /** A `seq`. */
  after?: number;
  /** Most messages; never more than 200. */
  limit: number;
}

/** Part of the messages, ascending. */
export interface HistoryPage {
  /** The messages. */
  messages: readonly Message[];
  /** Whether there are more in the direction asked. */
  hasMore: boolean;
}

/** Room for the rest of the frame. */
const ENVELOPE_BYTES = 1024;

/**
 * Selects a page. It never grows over the frame size a widget parses: what does not fit is more to ask for.
 * @param messages all messages; dense, so that the one with `seq` n stands at index n - 1
 */
export function selectPage(messages: readonly Message[], { before, after, limit }: PageRequest): HistoryPage {
  const count = Math.min(limit, MAX_HISTORY_LIMIT);
  if (after !== undefined) {
    const candidates = messages.slice(after, after + count);
    const page = candidates.slice(0, fitting(candidates));
    return { messages: page, hasMore: after + page.length < messages.length };
  }
  const end = before === undefined ? messages.length : Math.max(0, Math.min(before - 1, messages.length));
  const candidates = messages.slice(Math.max(0, end - count), end);
  const kept = fitting(candidates.toReversed());
  const page = candidates.slice(candidates.length - kept);
  return { messages: page, hasMore: end - kept > 0 };
}

/** How many of the messages, from the first, fit into one frame; at least one, or nobody would ever get on. */
function fitting(messages: readonly Message[]): number {
  let room = MAX_FRAME_BYTES - ENVELOPE_BYTES;
  const over = messages.findIndex((message) => (room -= utf8Bytes(JSON.stringify(message)) + 1) < 0);
  return over < 0 ? messages.length : Math.max(1, over);
}
