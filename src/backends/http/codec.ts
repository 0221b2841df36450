import { defineCodec, type Codec, type CodecTraits } from '../../protocol/codec.js';
import type { LooseEvent } from '../../protocol/loose-event.js';
import type { Author } from '../../protocol/message.js';
import { ProtocolError } from '../../protocol/read.js';
import type { AnswerChunk, AnswerEnd } from '../../transports/http-uplink.js';
import {
  find,
  isRecord,
  metaOf,
  readAnswer,
  readNews,
  readPiece,
  wordsOf,
  type AnswerPath,
} from './answer.js';
import { Context } from './context.js';
import {
  FAILED,
  HISTORY,
  NEWS,
  OPENED,
  SEND,
  STOP,
  TYPING,
  WAITING,
  bodyOf,
  type HttpFields,
} from './wire.js';

/** How this wire is spoken. */
export interface HttpCodecOptions {
  traits: CodecTraits;
  /** Whether questions are written as chat completions. */
  completions: boolean;
  fields?: HttpFields;
  body?: Readonly<Record<string, unknown>>;
  answer?: AnswerPath;
  answerId?: AnswerPath;
  model?: string;
  system?: string;
  /** Whether there are routes for these commands. */
  history: boolean;
  typing: boolean;
}

const AI: Author = { id: 'ai', role: 'ai' };
const ANSWER_ID = ['message_id', 'messageId'];

/** An answer that is being streamed. */
interface Growing {
  readonly clientId: string | undefined;
  text: string;
  finish?: string;
  error?: { code: string; message: string };
  /** It has said itself that it ends here. */
  over: boolean;
}

/** Questions as POST requests, and whatever servers answer to them. Remembers what is being answered. */
export function httpCodec(options: HttpCodecOptions): Codec<LooseEvent> {
  const { traits, fields, answer, answerId = ANSWER_ID, model, completions } = options;
  const context = new Context(options.system);
  const growing = new Map<string, Growing>();
  /** Which question a body has asked. */
  const asked = new WeakMap<object, string>();
  let latest: string | undefined;

  const replyTo = ({ stream, of }: AnswerChunk | AnswerEnd): Growing => {
    let reply = growing.get(stream);
    if (!reply) growing.set(stream, (reply = { clientId: asked.get(of as object), text: '', over: false }));
    return reply;
  };

  /** An answer is complete, or as complete as it will be. */
  const settle = (
    id: string,
    reply: Growing,
    { cancelled, error }: Partial<AnswerEnd> = {},
  ): LooseEvent[] => {
    if (reply.over) return [];
    reply.over = true;
    const { text, finish } = reply;
    const wrong = reply.error ?? (error === undefined ? undefined : { code: 'interrupted', message: error });
    const events: LooseEvent[] = [quiet()];
    if (text) {
      const message = { id, role: 'ai', text, format: 'markdown', ...metaOf(finish) } as const;
      events.push({ type: 'message', message });
    }
    if (wrong) events.push({ type: 'error', ...wrong });
    else if (!text && !cancelled)
      events.push({ type: 'error', code: 'no-answer', message: 'the answer was empty' });
    return events;
  };

  const grow = (chunk: AnswerChunk): LooseEvent[] => {
    const begins = !growing.has(chunk.stream);
    const reply = replyTo(chunk);
    // What comes behind the end is not part of the answer, and some servers never end the request.
    if (reply.over) return [];
    const { text, finish, error, done } = readPiece(chunk.event, chunk.data, answer);
    if (finish) reply.finish = finish;
    if (error) reply.error = error;
    const events: LooseEvent[] = [];
    if (text) {
      const offset = reply.text.length;
      if (offset === 0) events.push(quiet());
      events.push({ type: 'delta', id: chunk.stream, offset, text, ...(offset === 0 && { role: 'ai' }) });
      reply.text += text;
      if (reply.clientId) context.answered(reply.clientId, reply.text);
    }
    if (done || error) return [...events, ...settle(chunk.stream, reply)];
    // Models that think before they speak begin with a piece that says nothing.
    return begins && !text ? [thinking()] : events;
  };

  const end = (told: AnswerEnd): LooseEvent[] => {
    const reply = replyTo(told);
    growing.delete(told.stream);
    return settle(told.stream, reply, told);
  };

  const whole = (data: unknown): LooseEvent[] => {
    const messages = readAnswer(data, answer);
    const error = isRecord(data) ? data['error'] : undefined;
    const id = find(data, answerId);
    const events: LooseEvent[] = [quiet()];
    // A server that gives back the question names it.
    const own = messages.find(({ role }) => role === 'guest');
    events.push({ type: 'ack', ...(own?.id && { id: own.id }) });
    const said = messages.filter((message) => message !== own);
    const [only] = said;
    if (
      only &&
      said.length === 1 &&
      only.id === undefined &&
      (typeof id === 'string' || typeof id === 'number')
    ) {
      said[0] = { ...only, id: `${id}` };
    }
    events.push(...said.map((message): LooseEvent => ({ type: 'message', message })));
    if (said.length === 0 && error) events.push({ type: 'error', code: 'internal', message: wordsOf(error) });
    if (latest) context.answered(latest, said.map(({ text }) => text).join('\n\n'));
    return events;
  };

  return defineCodec<LooseEvent>({
    traits,
    commands: {
      send: ({ type: _type, attachments: _attachments, ...send }, session) => {
        const { clientId, text } = send;
        latest = clientId;
        const data = completions
          ? { ...(model && { model }), stream: true, messages: context.ask(clientId, text, session) }
          : bodyOf(send, session, fields);
        const question = { ...data, ...options.body };
        asked.set(question, clientId);
        return { event: SEND, data: question };
      },
      stop: ({ messageId }) => ({ event: STOP, data: { stream: messageId } }),
      typing: ({ active }, session) =>
        options.typing ? { event: TYPING, data: bodyOf({ active }, session, fields) } : undefined,
      history: ({ afterId, beforeId, limit }) =>
        options.history
          ? {
              event: HISTORY,
              data: Object.assign({ limit }, afterId && { after: afterId }, beforeId && { before: beforeId }),
            }
          : undefined,
    },
    events: {
      [`${SEND}:answer`]: (data, onFault) => {
        const events = whole(data);
        // Nothing at all is an answer where news come another way.
        const said = !isRecord(data) || Object.keys(data).length > 0;
        // Whoever gives back the question alone has confirmed it, and answers another way, too.
        const confirmed = events.some((event) => event.type === 'ack' && event.id !== undefined);
        if (events.length === 2 && said && !confirmed)
          onFault(new ProtocolError('answer', 'a text under a name that is known'));
        return events;
      },
      [`${SEND}:chunk`]: (data) => grow(data as AnswerChunk),
      [`${SEND}:end`]: (data) => end(data as AnswerEnd),
      [`${HISTORY}:answer`]: (data) => ({
        type: 'history',
        messages: readNews(data),
        hasMore: isRecord(data) && (data['has_more'] ?? data['hasMore']) === true,
      }),
      [NEWS]: (data) => readNews(data).map((message) => ({ type: 'message', message })),
      [WAITING]: thinking,
      [FAILED]: quiet,
      // The line before this one has taken what was being said with it: what had come is all there will be.
      [OPENED]: () => {
        const cut = [...growing];
        growing.clear();
        return cut.flatMap(([stream, reply]) => settle(stream, reply, { error: 'the line was closed' }));
      },
    },
  });
}

function thinking(): LooseEvent {
  return { type: 'typing', author: AI, active: true };
}

function quiet(): LooseEvent {
  return { type: 'typing', author: AI, active: false };
}
