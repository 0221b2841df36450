import type { Text } from '../text.js';

/** What the launcher says; a page in English needs nothing else. */
export const texts = {
  'launcher.open': 'Open chat',
  'launcher.close': 'Close chat',
  'launcher.label': 'Chat with us',
} as const satisfies Record<string, Text>;
