import type { Persistence } from './note.js';

const PREFIX = 'chat-widget ';

/** What everything of one conversation is stored under; contains the backend's address, so that no two share it. */
export const storageName = (namespace: string): string => PREFIX + namespace;

/**
 * Where notes of a persistence are; undefined for `none`.
 * @throws what the browser throws when storage is denied
 */
export const storageOf = (persistence: Persistence): Storage =>
  globalThis[`${persistence}Storage` as 'localStorage' | 'sessionStorage'];

/** Whether an earlier page has stored anything of any conversation; looks without making anything. */
export function hasStored(persistence: Persistence): boolean {
  try {
    return Object.keys(storageOf(persistence)).some((key) => key.startsWith(PREFIX));
  } catch {
    return false; // Storage that is denied, or that there is none of, holds nothing.
  }
}
