import type { Session } from '../protocol/session.js';

/** Begins ids that were made here, because the backend gave none. They mean nothing to it. */
export const LOCAL = 'local:';

/** Whether the backend knows a message by this id: neither made here, nor an echo's. */
export function isBackendId(id: string, clientId: string | undefined): boolean {
  return id !== clientId && !id.startsWith(LOCAL);
}

/** Id by which the backend knows the newest message that was taken in; where it goes on. */
export function newestBackendId({ known, cursor = Infinity }: Session): string | undefined {
  return known?.messages.findLast(({ id, seq, clientId }) => seq <= cursor && isBackendId(id, clientId))?.id;
}
