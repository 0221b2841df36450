/** Events that the widget tells by itself; those of its client are beside, in a file that is fetched with it. */
import type { ChatErrorCode } from '../conversation/notifications.js';
import type {
  ChatAnsweringEvent,
  ChatBeforeSendEvent,
  ChatDeliveryEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
} from './client-events.js';

/** What all events of `<chat-widget>` have in common: they bubble and leave shadow roots. */
export class ChatEvent extends Event {
  constructor(type: string, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
  }
}

/** `chat-ready`: the element has rendered for the first time. */
export class ChatReadyEvent extends ChatEvent {
  constructor() {
    super('chat-ready');
  }
}

/** `chat-show`: the panel was opened. */
export class ChatShowEvent extends ChatEvent {
  constructor() {
    super('chat-show');
  }
}

/** `chat-hide`: the panel was closed. */
export class ChatHideEvent extends ChatEvent {
  constructor() {
    super('chat-hide');
  }
}

/** `chat-error`: something went wrong that a page may want to know. */
export class ChatErrorEvent extends ChatEvent {
  constructor(
    /** Names the fault. */
    readonly code: ChatErrorCode | (string & {}),
    /** Says more about it, for developers. */
    readonly error: Error,
  ) {
    super('chat-error');
  }
}

declare global {
  interface HTMLElementEventMap {
    'chat-ready': ChatReadyEvent;
    'chat-show': ChatShowEvent;
    'chat-hide': ChatHideEvent;
    'chat-before-send': ChatBeforeSendEvent;
    'chat-message': ChatMessageEvent;
    'chat-delivery': ChatDeliveryEvent;
    'chat-status': ChatStatusEvent;
    'chat-answering': ChatAnsweringEvent;
    'chat-unread': ChatUnreadEvent;
    'chat-error': ChatErrorEvent;
  }
}
