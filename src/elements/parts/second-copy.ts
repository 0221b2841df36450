/** Says once that this copy of the script has come to a page that has one. Fetched by that second copy alone. */
import { ChatErrorEvent } from '../events.js';

const error = new Error('<chat-widget> is defined already; this copy of the script does nothing');
console.warn(error.message);
(document.querySelector('chat-widget') ?? document).dispatchEvent(
  new ChatErrorEvent('already-defined', error),
);
