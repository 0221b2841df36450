import type { Message } from '../../protocol/message.js';
import type { Verdict } from './request-guest.js';

/** The body of a request, as an object; empty where it is none. */
export async function bodyOf(request: Request): Promise<Readonly<Record<string, unknown>>> {
  try {
    const body: unknown = await request.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The answer to a message: what was stored, or why not. */
export function answerTo(verdict: Verdict, names: Readonly<Record<string, unknown>>): Response {
  if (verdict.type === 'ack') {
    const { id, sentAt } = verdict;
    return Response.json({ message: { id, role: 'guest', sentAt, ...names } }, { status: 201 });
  }
  const { message, code, retryAfterMs } = verdict;
  if (retryAfterMs === undefined) return Response.json({ message: message || code, code }, { status: 422 });
  const headers = { 'retry-after': `${Math.ceil(retryAfterMs / 1000)}` };
  return Response.json({ message: message || code, code }, { status: 429, headers });
}

/** The page of messages that a request asks for by ids: `after`, `before`, `limit`. */
export function pageFor(
  messages: readonly Message[],
  query: URLSearchParams,
): { messages: readonly Message[]; hasMore: boolean } {
  const place = (key: string): number | undefined => {
    const seq = messages.find(({ id }) => id === query.get(key))?.seq;
    return seq;
  };
  const limit = Math.min(Number(query.get('limit') ?? 50) || 50, 200);
  const [after, before] = [place('after'), place('before')];
  if (after !== undefined) {
    return { messages: messages.slice(after, after + limit), hasMore: after + limit < messages.length };
  }
  const end = before === undefined ? messages.length : before - 1;
  return { messages: messages.slice(Math.max(0, end - limit), end), hasMore: end > limit };
}
