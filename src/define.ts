/** The drop-in entry: registers the elements; those inside the panel register themselves when they are fetched. */
import { ChatWidget } from './elements/chat-widget.js';
import { CwLauncher } from './elements/cw-launcher.js';
import { register } from './elements/registry.js';

const first = customElements.get('chat-widget');
register({ 'cw-launcher': CwLauncher, 'chat-widget': ChatWidget });

// Another copy of the script was here before. Its element goes on; which version that is, the page may want to know.
if (first && first !== ChatWidget) {
  import('./elements/parts/second-copy.js').then(({ tellSecondCopy }) => tellSecondCopy()).catch(() => {});
}
