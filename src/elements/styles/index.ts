import { frame } from './frame.js';
import { launcher } from './launcher.js';
import { tokens } from './tokens.js';

/** What the widget wears from the beginning; each part that is fetched brings its own. */
export const styles = [tokens, frame, launcher];

/**
 * Makes `--chat-unit` a length, so that it is worked out once and does not grow with the type it is used for. A rule in
 * a shadow root cannot do that, so it is done on the document.
 */
export function registerUnit(): void {
  try {
    CSS.registerProperty({ name: '--chat-unit', syntax: '<length>', inherits: true, initialValue: '1px' });
  } catch {
    // An element, or another copy of the widget, was here first.
  }
}
