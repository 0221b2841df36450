import type { Persistence } from './note.js';
import { storageOf } from './storage-name.js';

/** Whether an earlier page has left a note; looks without making anything. */
export function isNoted(persistence: Persistence, name: string): boolean {
  try {
    return JSON.parse(storageOf(persistence).getItem(name)!) != null;
  } catch {
    return false; // Storage that is denied, or that there is none of, holds nothing; what cannot be read counts as nothing.
  }
}
