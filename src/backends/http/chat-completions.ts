import { plainObject, string } from '../../protocol/read.js';

/** What one piece of a streamed chat completion says. */
export interface CompletionPiece {
  /** Text to add; empty where the piece has none. */
  readonly text: string;
  /** Why the answer ends here: `stop`, `length`, `content_filter`, `tool_calls`, or another word of the server's. */
  readonly finish?: string;
  /** The server failed in the middle of the answer. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Nothing comes after it. */
  readonly done?: true;
}

const NOTHING: CompletionPiece = { text: '' };

/**
 * Reads the data of one event of an OpenAI-compatible stream (platform.openai.com/docs/api-reference/chat-streaming), with
 * what servers in the field make of it: no choices or none in a piece about usage, no content, fields nobody knows, an error in
 * mid-stream. The whole answer in one object, as proxies without streaming send it, is one piece that finishes.
 * @throws {ProtocolError} when it is no JSON object
 */
export function readCompletion(data: string): CompletionPiece {
  if (data.trim() === '[DONE]') return { text: '', done: true };
  const { error, choices } = plainObject(parsed(data), 'completion');
  if (error !== undefined && error !== null) return { text: '', error: errorOf(error) };
  const choice = Array.isArray(choices) ? (choices as unknown[]).find(isRecord) : undefined;
  if (!choice) return NOTHING;
  const { delta, message, finish_reason: finish } = choice;
  const said = isRecord(delta) ? delta : isRecord(message) ? message : {};
  return { text: textOf(said['content']), ...(typeof finish === 'string' && { finish }) };
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    // The reader that gets it says what is wrong.
    return undefined;
  }
}

/** Content is a text, or a list of parts of which some are texts. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return (content as unknown[]).map((part) => (isRecord(part) ? textOf(part['text']) : '')).join('');
}

function errorOf(error: unknown): { code: string; message: string } {
  if (!isRecord(error)) return { code: 'internal', message: typeof error === 'string' ? error : '' };
  const { code, type, message } = error;
  const name = [code, type].find((each) => typeof each === 'string' && each !== '');
  return { code: name === undefined ? 'internal' : string(name, ''), message: textOf(message) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
