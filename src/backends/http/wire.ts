import type { Send } from '../../protocol/client-command.js';
import type { Session } from '../../protocol/session.js';

/** Names of frames on this wire. What comes back for a request has its name and `:answer`, `:chunk` or `:end`. */
export const SEND = 'send';
export const STOP = 'stop';
export const HISTORY = 'history';
export const TYPING = 'typing';
/** A page that was polled, or an event without a name: what is new. */
export const NEWS = 'message';
/** Told by ourselves: a line has begun; an answer is being waited for longer than a moment; it will not come. */
export const OPENED = 'opened';
export const WAITING = 'waiting';
export const FAILED = 'failed';

/** Names of the fields in the body of a request; `false` leaves one out. */
export interface HttpFields {
  /** What the guest wrote. Default `message`. */
  text?: string | false;
  /** Names the conversation: its id where it has one, else the guest's. Default `session_id`. */
  sessionId?: string | false;
  /** Names the guest. Default `guest_id`. */
  guestId?: string | false;
  /** Names the message, and stays the same when it is sent again. Default `client_id`. */
  clientId?: string | false;
  /** The quick reply that was chosen, `{messageId, value}`. Default `action`. */
  action?: string | false;
  /** Id of the message that this one answers. Default `reply_to`. */
  replyTo?: string | false;
  /** Whether the guest is typing, in the body of the route `typing`. Default `active`. */
  active?: string | false;
}

const NAMES: Required<HttpFields> = {
  text: 'message',
  sessionId: 'session_id',
  guestId: 'guest_id',
  clientId: 'client_id',
  action: 'action',
  replyTo: 'reply_to',
  active: 'active',
};

/** Makes the body of a request of what there is to tell. */
export function bodyOf(
  told: Partial<Omit<Send, 'attachments'>> & { active?: boolean },
  { guestId, conversationId }: Session,
  fields: HttpFields = {},
): Record<string, unknown> {
  const names = { ...NAMES, ...fields };
  const values = { ...told, sessionId: conversationId ?? guestId, guestId };
  const body: Record<string, unknown> = {};
  for (const [field, name] of Object.entries(names)) {
    const value = values[field as keyof typeof values];
    if (name !== false && value !== undefined) body[name] = value;
  }
  return body;
}
