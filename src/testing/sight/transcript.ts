import type { Role } from '../../protocol/message.js';

/** Something that stands in the transcript, as a reader sees it. */
export interface TranscriptEntry {
  /** `system` for the lines between the bubbles. */
  role: Role;
  /** Who said it, in the words above the bubble; empty for the lines of the system. */
  author: string;
  /** What is said, without markup; each block on a line of its own. */
  text: string;
  /** How far a message of the guest has come, `streaming` for a reply that grows, else empty. */
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'read' | 'failed' | 'streaming' | '';
}

/** What of a `<chat-widget>` is looked at. */
export interface SeenWidget {
  /** Open, as that of every `<chat-widget>`. */
  readonly shadowRoot: ShadowRoot | null;
}

/**
 * What stands in the transcript of a widget, from top to bottom, as it is drawn. A long conversation is drawn in part: the
 * newest messages, and earlier ones as the guest scrolls up; `heldTranscript(widget)` has all that the widget holds. Empty
 * while the panel was never open.
 *
 * It reads the parts that are documented for styling, so it goes on working when what is inside changes, and it refers to
 * nothing outside itself: in Playwright, `page.locator('chat-widget').evaluate(transcript)` has the same answer.
 */
export function transcript(widget: SeenWidget): TranscriptEntry[] {
  const log = widget.shadowRoot?.querySelector('[role=log]');
  const lines = log?.querySelectorAll('[part~=bubble]:not([part~=typing]), [part~=system]') ?? [];
  return Array.from(lines, (line) => {
    const parts = (line.getAttribute('part') ?? '').split(/\s+/);
    const words = line.cloneNode(true) as Element;
    for (const silent of words.querySelectorAll('time, button, [aria-hidden=true]')) silent.remove();
    for (const block of words.querySelectorAll('p, li, tr, pre, blockquote, h1, h2, h3, h4, h5, h6, br')) {
      block.after('\n');
    }
    for (const cell of words.querySelectorAll('td, th')) cell.after(' ');
    const text = (words.textContent ?? '')
      .replace(/[^\S\n]+/g, ' ')
      .replace(/ ?\n[ \n]*/g, '\n')
      .trim();
    const isSystem = parts.includes('system');
    return {
      role: isSystem
        ? 'system'
        : ((['guest', 'ai', 'staff'] as const).find((role) => parts.includes(role)) ?? 'ai'),
      author: isSystem ? '' : (line.closest('[role=group]')?.getAttribute('aria-label') ?? ''),
      // The time of a line is set off by a point.
      text: isSystem ? text.replace(/\s*·\s*$/, '') : text,
      state:
        (['queued', 'sending', 'sent', 'delivered', 'read', 'failed', 'streaming'] as const).find((state) =>
          parts.includes(state),
        ) ?? '',
    };
  });
}
