import type { Text } from '../text.js';

/** What the launcher says; it needs nothing else. */
export const texts = {
  'launcher.open': 'Open chat',
  'launcher.unread': { one: 'Open chat, {n} unread message', other: 'Open chat, {n} unread messages' },
  'launcher.close': 'Close chat',
  'launcher.label': 'Chat with us',
} as const satisfies Record<string, Text>;
