import type { RICH_TEXT } from './rich-text-strings.js';

/** A text in its plural forms, by the categories of `Intl.PluralRules`. */
export interface PluralForms {
  /** For none, in languages that have a form for it. */
  zero?: string;
  /** For one. */
  one?: string;
  /** For two, in languages that have a form for it. */
  two?: string;
  /** For few. */
  few?: string;
  /** For many. */
  many?: string;
  /** For all other numbers. */
  other: string;
}

/** A text with `{name}` where values go; in plural forms where it counts `{n}`. */
export type Text = string | PluralForms;

/**
 * What the widget says in English; every line can be replaced by the property `strings`. Parts that are fetched later add
 * theirs when they come.
 */
export const ENGLISH = {
  'launcher.open': 'Open chat',
  'launcher.unread': { one: 'Open chat, {n} unread message', other: 'Open chat, {n} unread messages' },
  'launcher.close': 'Close chat',
  'launcher.label': 'Chat with us',
  'header.panel': 'Chat with {team}',
  'header.min': 'Minimise chat',
  'header.here': 'Support · here now',
  'header.ai': 'AI assistant · people on hand',
  'header.ended': 'Conversation ended',
  'header.finding': 'Finding you a person',
  'welcome.hi': 'Hi there.',
  'welcome.title': 'How can we help today?',
  'welcome.ask': 'Ask us anything…',
  'ai.name': 'Assistant',
  'ai.tag': 'AI',
  'ai.note': 'Answers may come from an AI assistant.',
  'ai.stop': 'Stop reply',
  'log.label': 'Conversation',
  'log.new': 'New',
  'log.skip': 'Skip to message box',
  'log.jump': { one: '{n} new message', other: '{n} new messages' },
  'log.today': 'Today',
  'log.yesterday': 'Yesterday',
  'log.staff': 'Support',
  'log.you': 'You',
  'log.said': '{name} said, {time}',
  'log.yousaid': 'You said, {time}',
  'log.typing': '{name} is typing',
  'log.replies': 'Suggested replies',
  'status.sending': 'Sending',
  'status.queued': 'Waiting to send',
  'status.sent': 'Sent',
  'status.delivered': 'Delivered',
  'status.read': 'Read',
  'status.failed': 'Not sent',
  'status.retry': 'Try again',
  'status.delete': 'Delete',
  'input.label': 'Message',
  'input.hint': 'Write a message…',
  'input.wait': 'Add details while you wait…',
  'input.send': 'Send message',
  'net.connecting': 'Connecting…',
  'net.reconnecting': {
    one: 'Reconnecting… Next try in {n} second.',
    other: 'Reconnecting… Next try in {n} seconds.',
  },
  'net.now': 'Try now',
  'net.offline': 'You’re offline. Messages will send when you’re back.',
  'net.restored': { one: 'Back online. {n} message sent.', other: 'Back online. {n} messages sent.' },
  'net.down': 'We can’t reach the chat.',
  'net.load': 'We couldn’t load your chat',
  'net.help': 'Check your connection, then try again. Your messages are safe.',
  'net.retry': 'Retry',
  'store.unsaved': 'This device doesn’t keep your messages. Leave this page open until they are sent.',
  'store.ok': 'OK',
  'person.ask': 'Talk to a person',
  'person.asked': 'You asked to talk to a person',
  'person.place': 'Your place in line',
  'person.nth': { one: '{n}st', two: '{n}nd', few: '{n}rd', other: '{n}th' },
  'person.wait': { one: 'About {n} minute', other: 'About {n} minutes' },
  'person.share': 'We’ve shared this chat with the team, so you won’t need to repeat yourself.',
  'person.leave': 'Leave queue',
  'person.joined': '{name} joined',
  'person.left': '{name} left',
  'person.ended': '{name} ended the conversation',
  'person.youleft': 'You left the queue.',
} as const satisfies Record<string, Text>;

/** Name of a text, `group.name`. */
export type StringKey = keyof typeof ENGLISH | keyof typeof RICH_TEXT;

/** Texts by name. */
export type ChatStrings = Readonly<Record<StringKey, Text>>;
