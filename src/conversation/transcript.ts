import type { ChatMessage, ChatState } from './state.js';

/** Ways to hand a conversation out. */
export type TranscriptFormat = 'text' | 'json' | 'html';

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character]!);
const nameOf = ({ author, role }: ChatMessage): string => author?.name ?? role;

/**
 * The conversation as it is on screen, for the guest to keep.
 * @param exportedAt ISO 8601 in UTC; stands in the JSON form
 */
export function transcriptOf(state: ChatState, format: TranscriptFormat, exportedAt: string): string {
  const { conversationId, messages } = state;
  switch (format) {
    case 'json':
      return JSON.stringify({ conversationId, exportedAt, messages }, null, 2);
    case 'html': {
      const row = (m: ChatMessage): string =>
        `<dt>${escape(nameOf(m))} <time datetime="${escape(m.sentAt)}">${escape(m.sentAt)}</time></dt>` +
        `<dd>${escape(m.text).replaceAll('\n', '<br>')}</dd>`;
      return `<!doctype html><meta charset="utf-8"><dl>\n${messages.map(row).join('\n')}\n</dl>\n`;
    }
    default:
      return messages.map((m) => `[${m.sentAt}] ${nameOf(m)}: ${m.text}\n`).join('');
  }
}
