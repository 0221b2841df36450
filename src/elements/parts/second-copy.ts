/** What a copy of the script has to say that comes to a page with another. Fetched by that second copy alone. */
import { ChatErrorEvent } from '../events.js';

/** Says once, in the console and as an event, that this copy does nothing. */
export function tellSecondCopy(): void {
  const error = new Error('<chat-widget> is defined already; this copy of the script does nothing');
  console.warn(error.message);
  (document.querySelector('chat-widget') ?? document).dispatchEvent(
    new ChatErrorEvent('already-defined', error),
  );
}
