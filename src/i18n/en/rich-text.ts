import type { Text } from '../text.js';

/** What is said in and around formatted answers; in the other languages it comes with the conversation. */
export const texts = {
  'md.copy': 'Copy',
  'md.copied': 'Copied',
  'md.uncopied': 'Couldn’t copy',
  'md.table': 'Table',
  'md.picture': 'Show picture from {host}',
  'md.sources': 'Sources',
} as const satisfies Record<string, Text>;
