import { readJsonObject, type Frame } from '../protocol/frame.js';
import { id, list, optional, plainObject, string, type Reader } from '../protocol/read.js';

/** A frame of the Pusher protocol. */
export interface PusherFrame extends Frame {
  /** Channel it belongs to; frames about the connection have none. */
  readonly channel: string | undefined;
}

/** The server answers a subscription with this event. */
export const SUBSCRIBED = 'pusher_internal:subscription_succeeded';
/** Somebody came into a presence channel. */
export const MEMBER_ADDED = 'pusher_internal:member_added';
/** Somebody left a presence channel. */
export const MEMBER_REMOVED = 'pusher_internal:member_removed';

/** Whether members of a channel see each other. */
export function isPresence(channel: string | undefined): boolean {
  return !!channel?.startsWith('presence-');
}

/** Whether a channel may be subscribed only with a signature of the backend. */
export function isGuarded(channel: string): boolean {
  return /^(?:private|presence)-/.test(channel);
}

/**
 * Reads a frame of the server; its data is decoded where it is JSON within JSON.
 * @throws {ProtocolError} when it is no JSON object or has no event
 */
export function readPusherFrame(text: unknown): PusherFrame {
  const { event, channel, data } = readJsonObject(text);
  return withTextIds({
    event: id(event, 'event'),
    channel: optional(string)(channel, 'channel'),
    data: decode(data),
  });
}

/** Most frames carry JSON within JSON, some carry it plain, some nothing, and some a text that is none. */
function decode(data: unknown): unknown {
  if (typeof data !== 'string') return data;
  try {
    return JSON.parse(data);
  } catch {
    return data;
  }
}

/** One member is `7` in a list, `"7"` as a key, and the same person. */
const memberId: Reader<string> = (value, path) => id(typeof value === 'number' ? `${value}` : value, path);

/** Changes what has just been parsed, and belongs to nobody yet. */
function withTextIds(frame: PusherFrame): PusherFrame {
  const { event, channel, data } = frame;
  if (event === MEMBER_ADDED || event === MEMBER_REMOVED) {
    const member = plainObject(data, 'data');
    member.user_id = memberId(member.user_id, 'data.user_id');
  } else if (event === SUBSCRIBED && isPresence(channel)) {
    const presence = plainObject(plainObject(data, 'data').presence, 'data.presence');
    presence.ids = list(memberId)(presence.ids, 'data.presence.ids');
  }
  return frame;
}
