import { uuid } from '../platform/uuid.js';

/** What an id is made for. */
export type IdKind = 'conversation' | 'message' | 'token' | 'epoch' | 'attachment';

/** Makes an id that was never made before. */
export type MakeId = (kind: IdKind) => string;

/** Random ids, as a real server makes them. */
export const randomIds: MakeId = () => uuid();

/** Ids that tell what they are and count from 1 (`message-1`, `message-2`, …), so that two runs have the same log. */
export function countingIds(): MakeId {
  const counts = new Map<IdKind, number>();
  return (kind) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return `${kind}-${count}`;
  };
}
