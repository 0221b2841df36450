import { transcript, type SeenWidget, type TranscriptEntry } from './transcript.js';

/** What a person sees of a widget. */
export interface WidgetView {
  /** Whether the panel is open. */
  open: boolean;
  /** Heading of the panel. */
  title: string;
  /** The line under it: who answers, or how the line is. */
  subtitle: string;
  /** What the notice above the messages says; empty without one. */
  notice: string;
  /** Who is typing, in words for screen readers: "Maya is typing". */
  typing: string[];
  /** What the card of the queue says; empty outside of it. */
  queue: string;
  /** Labels of the quick replies, or of the questions to start with. */
  quickReplies: string[];
  /** How many messages are new, as the launcher says it; empty without. */
  unread: string;
  /** What stands in the transcript; see `transcript(widget)`. */
  transcript: TranscriptEntry[];
}

/** What a person sees of a widget at the moment. It reads roles, and the parts that are documented for styling. */
export function viewOf(widget: SeenWidget): WidgetView {
  const all = (selector: string): Element[] => [...(widget.shadowRoot?.querySelectorAll(selector) ?? [])];
  const words = (selector: string): string =>
    all(selector)
      .map((element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim())
      .join(' ');
  return {
    open: all('[part~=launcher][aria-expanded=true], [part~=panel]:not([inert], [hidden])').length > 0,
    title: words('[part~=header] [part~=title]'),
    subtitle: words('[part~=subtitle]'),
    notice: words('[part~=banner]'),
    typing: all('[part~=typing] [role=img]').map((dots) => dots.getAttribute('aria-label') ?? ''),
    queue: words('[part~=queue]'),
    quickReplies: all('[part~=quick-reply]').map((reply) => (reply.textContent ?? '').trim()),
    unread: words('[part~=badge]'),
    transcript: transcript(widget),
  };
}
