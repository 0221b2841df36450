import type { Session } from '../protocol/session.js';

/** Begins ids that were made here, because the backend gave none. They mean nothing to it. */
export const LOCAL = 'local:';

/** Whether the backend knows a message by this id: neither made here, nor an echo's. */
export function isBackendId(id: string, clientId: string | undefined): boolean {
  return id !== clientId && !id.startsWith(LOCAL);
}

/**
 * Id by which the backend knows the newest message of others that was taken in; where it goes on. The guest's own are left out:
 * they are confirmed beside the line, while older ones may still be on their way.
 */
export function newestBackendId({ known, cursor = Infinity }: Session): string | undefined {
  return known?.messages.findLast(
    ({ id, seq, clientId }) => seq <= cursor && clientId === undefined && isBackendId(id, clientId),
  )?.id;
}
