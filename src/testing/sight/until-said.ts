import type { Role } from '../../protocol/message.js';
import { transcript, type SeenWidget, type TranscriptEntry } from './transcript.js';

/** What is waited for. */
export interface UntilSaidOptions {
  /** Who says it. Default anybody. */
  by?: Role;
  /** How long it is waited for, in milliseconds of real time. Default 5000. */
  timeoutMs?: number;
}

/** How often the widget is looked at, in milliseconds: less than a frame of a reader's eye, and no load. */
const LOOK_MS = 15;

/**
 * Waits until something stands in the transcript of a widget, said to its end: a reply that still grows does not count.
 * @param text a part of what is said, or a regular expression
 * @returns what was said
 * @throws {Error} when the time is up; it names what was waited for, and has the conversation as it reads by then
 */
export async function untilSaid(
  widget: SeenWidget,
  text: string | RegExp,
  { by, timeoutMs = 5000 }: UntilSaidOptions = {},
): Promise<TranscriptEntry> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    const entries = transcript(widget);
    const found = entries.find(
      (entry) =>
        entry.state !== 'streaming' &&
        (by === undefined || entry.role === by) &&
        (typeof text === 'string' ? entry.text.includes(text) : entry.text.search(text) >= 0),
    );
    if (found) return found;
    if (performance.now() >= end) throw new Error(complaint(entries, text, by, timeoutMs));
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

function complaint(
  entries: readonly TranscriptEntry[],
  text: string | RegExp,
  by: Role | undefined,
  timeoutMs: number,
): string {
  const what = typeof text === 'string' ? JSON.stringify(text) : String(text);
  const lines = entries.map(
    ({ role, author, state, text: said }) =>
      `  ${role === 'system' ? '—' : `${author} (${[role, state].filter(Boolean).join(', ')}):`} ${said.replaceAll('\n', ' ⏎ ')}`,
  );
  const reads = lines.length
    ? `the conversation reads:\n${lines.join('\n')}`
    : 'nothing is drawn; is the panel open?';
  return `${by ?? 'nobody'} ${by ? 'did not say' : 'said'} ${what} within ${timeoutMs} ms; ${reads}`;
}
