import type { Text } from '../text.js';

/** What the launcher says while messages wait: it comes with what counts them. */
export const texts = {
  'launcher.unread': { one: 'Open chat, {n} unread message', other: 'Open chat, {n} unread messages' },
} as const satisfies Record<string, Text>;
