/** Events that come of a conversation. */
import type { ConnectionStatus, StatusReason } from '../connection/status.js';
import type { ChatMessage, Delivery } from '../conversation/state.js';
import type { Author } from '../protocol/message.js';
import type { Answering } from '../protocol/server-event.js';
import { ChatEvent } from './events.js';

/** `chat-before-send`: a guest message is about to be sent. A listener may change `text`, or cancel it. */
export class ChatBeforeSendEvent extends ChatEvent {
  constructor(
    /** What will be sent. */
    public text: string,
  ) {
    super('chat-before-send', true);
  }
}

/** `chat-message`: a message was written or has arrived in full. */
export class ChatMessageEvent extends ChatEvent {
  constructor(
    /** The message. */
    readonly message: ChatMessage,
    /** `out`: written by the guest; `in`: from the other side. */
    readonly direction: 'in' | 'out',
  ) {
    super('chat-message');
  }
}

/** `chat-delivery`: a guest message got further, or failed. */
export class ChatDeliveryEvent extends ChatEvent {
  constructor(
    /** The message's own id, made by the client. */
    readonly clientId: string,
    /** How far it has come. */
    readonly state: Delivery,
  ) {
    super('chat-delivery');
  }
}

/** `chat-status`: the line to the backend changed. */
export class ChatStatusEvent extends ChatEvent {
  constructor(
    /** Where the line stands. */
    readonly status: ConnectionStatus,
    /** How many attempts in a row have failed. */
    readonly attempt?: number,
    /** When the next attempt is due, in milliseconds since 1970. */
    readonly retryAt?: number,
    /** Why. */
    readonly reason?: StatusReason,
  ) {
    super('chat-status');
  }
}

/** `chat-answering`: somebody else answers now, or the place in the queue changed. */
export class ChatAnsweringEvent extends ChatEvent {
  constructor(
    /** Who answers. */
    readonly mode: Answering,
    /** The person, if one does. */
    readonly author?: Author,
    /** Place in the queue, from 1. */
    readonly position?: number,
  ) {
    super('chat-answering');
  }
}

/** `chat-unread`: the number of unread messages changed. */
export class ChatUnreadEvent extends ChatEvent {
  constructor(
    /** How many. */
    readonly count: number,
  ) {
    super('chat-unread');
  }
}
