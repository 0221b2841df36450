import type { Hello } from '../../protocol/client-command.js';
import type { Conversation } from './conversation.js';

/** How a server decides who may enter which conversation. */
export interface AdmissionRules {
  /**
   * Checks the page's token (`getToken()`). Without it tokens are not looked at.
   * @returns who the guest is, or undefined to refuse with 4401
   */
  authenticate?(token: string): string | undefined;
  /** What a guest gets whose conversation or resume token is not known: a new conversation, or close code 4404. */
  unknown: 'new' | 'gone';
}

/** What comes of a hello: a conversation that is resumed, a new one, or a refusal with a close code. */
export type Admission =
  | { resume: Conversation; subject?: string }
  | { create: true; subject?: string }
  | { refuse: 4401 | 4404; reason: string };

/**
 * Decides about a hello. Ids alone open nothing: it takes the conversation's own secret or a valid token of the page, so
 * nobody reads a stranger's conversation.
 */
export function admit(hello: Hello, conversations: Iterable<Conversation>, rules: AdmissionRules): Admission {
  const { token, resumeToken, conversationId } = hello;
  let subject: string | undefined;
  if (token !== undefined && rules.authenticate) {
    subject = rules.authenticate(token);
    if (subject === undefined) return { refuse: 4401, reason: 'the token is not valid' };
  }
  const open = [...conversations].filter((conversation) => opens(conversation, resumeToken, subject));
  const wanted = conversationId === undefined ? undefined : open.find(({ id }) => id === conversationId);
  // Without an id of its own, or with one that is lost, a guest who proved who they are goes on where they were last.
  const found = wanted ?? (conversationId === undefined || subject !== undefined ? open.at(-1) : undefined);
  if (found) return { resume: found, subject };
  const hadOne = conversationId !== undefined || resumeToken !== undefined;
  if (hadOne && rules.unknown === 'gone') return { refuse: 4404, reason: 'there is no such conversation' };
  return { create: true, subject };
}

function opens({ record }: Conversation, resumeToken?: string, subject?: string): boolean {
  if (subject !== undefined && record.subject === subject) return true;
  // A conversation of somebody who signed in stays theirs, even if another person holds its secret on the same device.
  if (subject !== undefined && record.subject !== undefined) return false;
  return resumeToken !== undefined && record.tokens.includes(resumeToken);
}
