import type { ChatClient } from '../conversation/chat-client.js';

/** What elements know of the client: its public face, so that tests and pages may hand in another. */
export type ClientHandle = Pick<ChatClient, keyof ChatClient>;
