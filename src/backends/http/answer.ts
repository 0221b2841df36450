import type { LooseMessage } from '../../protocol/loose-event.js';
import type { Role } from '../../protocol/message.js';
import { readCompletion, type CompletionPiece } from './chat-completions.js';

/** Where something is in an answer: names with dots between them, as in `data.reply`. Of several, the first that is there. */
export type AnswerPath = string | readonly string[];

/** Names under which servers put what they answer. One that repeats the question has it as `message`, so that comes late. */
const USUAL = [
  'reply',
  'response',
  'answer',
  'output',
  'messages',
  'message',
  'text',
  'content',
  'body',
  'items',
  'data',
];
/** Those of them whose fields are a message's own. */
const MESSAGES = new Set(['reply', 'answer', 'message']);
/** Answers are not looked into deeper: a message in a list in an envelope. */
const MAX_DEPTH = 5;

const ROLES: Readonly<Record<string, Role>> = Object.fromEntries(
  (
    [
      ['guest', 'guest user customer visitor client'],
      ['staff', 'staff agent operator human support admin'],
      ['system', 'system'],
    ] as const
  ).flatMap(([role, words]) => words.split(' ').map((word) => [word, role])),
);

/**
 * Reads the messages in an answer: a text, an object that holds one under one of the usual names or has a list of messages,
 * a chat completion. A role that is not known is the AI's.
 * @param path where to look instead of under the usual names
 */
export function readAnswer(answer: unknown, path?: AnswerPath): LooseMessage[] {
  if (isRecord(answer) && Array.isArray(answer['choices'])) {
    const { text, finish } = readCompletion(JSON.stringify(answer));
    return text ? [{ role: 'ai', text, format: 'markdown', ...metaOf(finish) }] : [];
  }
  const found = path === undefined ? answer : find(answer, path);
  return messagesIn(found, 0, path === undefined ? undefined : {});
}

/** Reads a page of messages, or a message that came by itself. */
export function readNews(page: unknown): LooseMessage[] {
  return messagesIn(page, 0, {});
}

/**
 * @param message what is known of the message by what stands around it; undefined in an envelope, whose `id` may be anything's
 */
function messagesIn(value: unknown, depth: number, message?: Partial<LooseMessage>): LooseMessage[] {
  if (typeof value === 'string')
    return value ? [{ role: 'ai', format: 'markdown', ...message, text: value }] : [];
  if (depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return (value as unknown[]).flatMap((each) => messagesIn(each, depth + 1, {}));
  if (!isRecord(value)) return [];
  const name = USUAL.find((each) => messagesIn(value[each], depth + 1).length > 0);
  if (name === undefined) return [];
  const known = message && { ...message, ...describe(value) };
  const inside = messagesIn(
    value[name],
    depth + 1,
    known ?? (MESSAGES.has(name) && isRecord(value[name]) ? {} : undefined),
  );
  // Content in parts is one message, a list of anything else is several.
  if (name !== 'content' || inside.length < 2) return inside;
  return [{ ...inside[0]!, text: inside.map(({ text }) => text).join('') }];
}

/** What an object says of the message whose text it holds. */
function describe(value: Record<string, unknown>): Partial<LooseMessage> {
  const {
    id,
    role = value['sender'] ?? value['author'] ?? value['from'],
    client_id,
    clientId = client_id,
  } = value;
  const sentAt = value['sent_at'] ?? value['sentAt'] ?? value['created_at'] ?? value['timestamp'];
  const named = isRecord(role) ? (role['role'] ?? role['type']) : role;
  const word = typeof named === 'string' ? named.toLowerCase() : '';
  return {
    role: ROLES[word] ?? 'ai',
    ...((typeof id === 'string' || typeof id === 'number') && { id: `${id}` }),
    ...(typeof clientId === 'string' && clientId && { clientId }),
    ...(typeof sentAt === 'string' && !Number.isNaN(Date.parse(sentAt)) && { sentAt }),
    ...(ROLES[word] === 'guest' && { format: 'plain' }),
  };
}

/** Names of events that have nothing to say. */
const SILENT = new Set(['ping', 'heartbeat', 'keepalive', 'keep-alive']);
/** Names of events after which nothing comes. */
const LAST = new Set(['done', 'end', 'close', 'complete']);

/**
 * Reads one piece of a streamed answer: a piece of a chat completion, JSON with the text under one of the usual names or as
 * `delta` or `token`, or the text itself.
 */
export function readPiece(event: string, data: string, path?: AnswerPath): CompletionPiece {
  if (SILENT.has(event)) return { text: '' };
  if (LAST.has(event) || data.trim() === '[DONE]') return { text: '', done: true };
  const value = parsed(data);
  if (event === 'error') return { text: '', error: { code: 'internal', message: wordsOf(value ?? data) } };
  // A text that happens to be a number, as a token may be, is a text.
  if (typeof value === 'string') return { text: value };
  if (!isRecord(value)) return { text: data };
  if ('choices' in value || (value['error'] ?? undefined) !== undefined) return readCompletion(data);
  const { delta, token } = value;
  const said = path === undefined ? (delta ?? token ?? value) : find(value, path);
  const text = messagesIn(said, 0)
    .map((each) => each.text)
    .join('');
  return { text, ...(value['done'] === true && { done: true as const }) };
}

/** What a finish tells beyond "all said". */
export function metaOf(finish: string | undefined): { meta?: { finish: string } } {
  return finish === 'length' || finish === 'content_filter' ? { meta: { finish } } : {};
}

/** What is found by a path; undefined where nothing is. */
export function find(value: unknown, path: AnswerPath): unknown {
  for (const way of typeof path === 'string' ? [path] : path) {
    let found = value;
    for (const key of way.split('.')) {
      found =
        typeof found === 'object' && found !== null && Object.hasOwn(found, key)
          ? (found as Record<string, unknown>)[key]
          : undefined;
    }
    if (found !== undefined && found !== null) return found;
  }
  return undefined;
}

/** The words of an error that came as an answer. */
export function wordsOf(error: unknown): string {
  if (typeof error === 'string') return error;
  if (!isRecord(error)) return '';
  return wordsOf(error['message'] ?? error['error']);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether it is an object with fields. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
