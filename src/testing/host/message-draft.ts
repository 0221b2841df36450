import type { Message } from '../../protocol/message.js';

/** A message before the server numbers it. An id is made where none is given; without `sentAt` it is sent now. */
export type MessageDraft = Omit<Message, 'id' | 'seq' | 'sentAt'> & { id?: string; sentAt?: string };
