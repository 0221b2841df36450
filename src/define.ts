/** The drop-in entry: registers the elements; those inside the panel register themselves when they are fetched. */
import { ChatWidget } from './elements/chat-widget.js';
import { CwLauncher } from './elements/cw-launcher.js';
import { ChatErrorEvent } from './elements/events.js';
import { register } from './elements/load.js';

const first = customElements.get('chat-widget');
register({ 'cw-launcher': CwLauncher, 'chat-widget': ChatWidget });

// Another copy of the script was here before. Its element goes on; which version that is, the page may want to know.
if (first && first !== ChatWidget) {
  const error = new Error('<chat-widget> is defined already; this copy of the script does nothing');
  console.warn(error.message);
  (document.querySelector('chat-widget') ?? document).dispatchEvent(
    new ChatErrorEvent('already-defined', error),
  );
}
