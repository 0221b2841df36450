/** The drop-in entry: registers the elements; those inside the panel register themselves when they are fetched. */
import { ChatWidget } from './elements/chat-widget.js';
import { CwLauncher } from './elements/cw-launcher.js';
import { register } from './elements/load.js';

register({ 'cw-launcher': CwLauncher, 'chat-widget': ChatWidget });
