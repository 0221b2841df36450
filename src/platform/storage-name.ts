import type { Persistence } from './note.js';

const PREFIX = 'chat-widget ';

/** What everything of one conversation is stored under; contains the backend's address, so that no two share it. */
export const storageName = (namespace: string): string => PREFIX + namespace;

/** Whether an earlier page has stored anything of any conversation; looks without making anything. */
export function hasStored(persistence: Persistence): boolean {
  try {
    // Where nothing is to be kept there is no storage of that name either.
    const storage = globalThis[`${persistence}Storage` as 'localStorage' | 'sessionStorage'];
    return Object.keys(storage).some((key) => key.startsWith(PREFIX));
  } catch {
    return false; // Denied storage holds nothing.
  }
}
