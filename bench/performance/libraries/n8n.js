/** What a page loads for n8n's chat. */
import '@n8n/chat/style.css';

export { createChat } from '@n8n/chat/dist/chat.bundle.es.js';
