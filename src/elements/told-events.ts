import type { ChatNotifications } from '../conversation/notifications.js';
import {
  ChatAnsweringEvent,
  ChatDeliveryEvent,
  ChatMessageEvent,
  ChatStatusEvent,
  ChatUnreadEvent,
} from './client-events.js';
import { ChatErrorEvent } from './events.js';

/** What the client tells, as events of the element. */
export const EVENTS: { readonly [K in keyof ChatNotifications]: (detail: ChatNotifications[K]) => Event } = {
  message: ({ message, direction }) => new ChatMessageEvent(message, direction),
  delivery: ({ clientId, state }) => new ChatDeliveryEvent(clientId, state),
  status: ({ status, attempt, retryAt, reason }) => new ChatStatusEvent(status, attempt, retryAt, reason),
  answering: ({ mode, author, position }) => new ChatAnsweringEvent(mode, author, position),
  unread: ({ count }) => new ChatUnreadEvent(count),
  error: ({ code, error }) => new ChatErrorEvent(code, error),
};
