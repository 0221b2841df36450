/** The headless chat and the backends: what a widget needs as soon as it is used, and not before. */
export { loadBackend } from '../../backends/load.js';
export { ChatClient } from '../../conversation/chat-client.js';
