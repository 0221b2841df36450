import type { Text } from './strings.js';

/** What is said in and around formatted answers, in English; it comes with the part that draws them. */
export const RICH_TEXT = {
  'md.code': 'Code sample',
  'md.copy': 'Copy',
  'md.copied': 'Copied',
  'md.uncopied': 'Couldn’t copy',
  'md.table': 'Table',
  'md.picture': 'Show picture from {host}',
  'md.sources': 'Sources',
} as const satisfies Record<string, Text>;
