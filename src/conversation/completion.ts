/** What only a backend needs that promises less than the protocol; fetched when there is one. */
import type { KnownThread } from '../protocol/session.js';
import type { Resume } from './resume.js';
import { newestSeq } from './select.js';
import type { ChatState } from './state.js';

import { isBackendId } from '../backends/known-id.js';

export { complete } from '../backends/complete.js';

/**
 * Goes on from what is on screen, even if it was only painted of the last visit: no history has to replace it where a
 * backend may have none.
 * @returns what the backend is to know of it
 */
export function takeUp(state: ChatState, resume: Resume): KnownThread {
  const { epoch, renumbering, messages, answering, participants } = state;
  const newest = newestSeq(state);
  if (resume.cursor.after === undefined && !renumbering && newest) resume.adopt({ epoch, after: newest });
  const numbered = messages.flatMap(({ id, seq, clientId, text, role }) =>
    seq === undefined
      ? []
      : [{ id, seq, ...(clientId && { clientId }), ...(!isBackendId(id, clientId) && { text, role }) }],
  );
  return { messages: numbered, mode: answering, participants };
}
