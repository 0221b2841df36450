/**
 * Wires described as data: which names mean what, where the fields are, and what is said in return. A page writes these
 * descriptions, so mistakes in them are told in words; what a server sends is untrusted and goes through the readers.
 *
 * This file is longer than others because fields, templates and events refer to each other's names on every line.
 */
import type { CodecCommand, EventTable } from '../protocol/codec.js';
import type { LooseEvent, LooseMessage } from '../protocol/loose-event.js';
import { ROLES, type Author, type Role } from '../protocol/message.js';
import {
  ProtocolError,
  boolean,
  clamped,
  id,
  integer,
  lenientList,
  list,
  object,
  oneOf,
  optional,
  string,
  withDefault,
  type Reader,
} from '../protocol/read.js';
import { DAY_MS } from '../protocol/offer.js';
import {
  readAuthor,
  readMessage,
  serverEventReaders,
  type Answering,
  type ServerEvent,
} from '../protocol/server-event.js';
import type { Session } from '../protocol/session.js';
import { BackendError } from './backend.js';

/**
 * Where something is in a payload: names with dots between them, as in `data.message` or `items.0.text`; the empty text is
 * the payload itself. Of several, the first that leads to something counts: for `role` and `mode` to a word that is known,
 * for `at` to an object, if one does.
 */
export type FieldPath = string | readonly string[];

/** What can be read of an event: our own names, and for an author the parts of it. */
export type Field =
  | 'id'
  | 'text'
  | 'role'
  | 'author'
  | 'author.id'
  | 'author.name'
  | 'author.avatarUrl'
  | 'sentAt'
  | 'clientId'
  | 'format'
  | 'event'
  | 'attachments'
  | 'actions'
  | 'replyTo'
  | 'sources'
  | 'meta'
  | 'messages'
  | 'hasMore'
  | 'conversationId'
  | 'guestId'
  | 'resumeToken'
  | 'resumed'
  | 'mode'
  | 'participants'
  | 'features'
  | 'active'
  | 'label'
  | 'position'
  | 'waitSeconds'
  | 'offset'
  | 'messageId'
  | 'emoji'
  | 'code'
  | 'message'
  | 'retryAfterMs'
  | 'fatal'
  | 'reason'
  | 'spreadMs';

/** Where fields are. A field that is not listed has its own name; `false` means that the wire has no such field. */
export type Fields = Readonly<Partial<Record<Field, FieldPath | false>>>;

/** What one event on a wire can mean. */
export type EventKind =
  | 'welcome'
  | 'history'
  | 'message'
  | 'ack'
  | 'nack'
  | 'delta'
  | 'typing'
  | 'joined'
  | 'left'
  | 'mode'
  | 'reaction'
  | 'error'
  | 'bye';

/** How one event is read. */
export interface EventRule {
  /** What it means. */
  kind: EventKind;
  /** Where in the payload the fields are. Default: at the top. */
  at?: FieldPath;
  /** Where fields are, beyond what holds for all events. In a `history` they are those of each message, too. */
  fields?: Fields;
  /** What holds where the payload says nothing, such as `{role: 'staff'}`. */
  values?: Readonly<Partial<Record<Field, unknown>>>;
  /**
   * What fields must say for the rule to count, such as `{role: 'staff'}` or `{event: ['joined', 'transferred']}`; in our own words
   * for roles and modes. `true` is anything that is said, except no. Default: it always counts.
   */
  when?: Readonly<Partial<Record<Field, unknown>>>;
  /** Whether a `history` begins with the newest message. @default false */
  newestFirst?: boolean;
}

/** What a name on the wire means: nothing (`false`), one thing, or several at once, in order. */
export type EventMeaning = false | EventKind | EventRule | readonly (EventKind | EventRule)[];

/** What holds for all events of a wire. */
export interface EventVocabulary {
  /** Where fields are. */
  fields?: Fields;
  /** The wire's words for roles, in small letters, beyond the usual ones (`customer`, `bot`, `agent` …). */
  roles?: Readonly<Record<string, Role>>;
  /** The wire's words for who answers, in small letters, beyond the usual ones (`bot`, `waiting`, `agent`, `ended` …). */
  modes?: Readonly<Record<string, Answering>>;
}

/** The parts of each kind of event. */
const PARTS: Readonly<Record<EventKind, readonly Field[]>> = {
  welcome: ['conversationId', 'guestId', 'resumeToken', 'resumed', 'mode', 'participants', 'features'],
  history: ['messages', 'hasMore'],
  message: [
    ...(['id', 'text', 'role', 'author', 'sentAt', 'clientId', 'format', 'event'] as const),
    ...(['attachments', 'actions', 'replyTo', 'sources', 'meta'] as const),
  ],
  ack: ['clientId', 'id', 'sentAt'],
  nack: ['clientId', 'code', 'message', 'retryAfterMs'],
  delta: ['id', 'offset', 'text', 'role', 'author'],
  typing: ['author', 'active', 'label'],
  joined: ['author'],
  left: ['author'],
  mode: ['mode', 'position', 'waitSeconds'],
  reaction: ['messageId', 'emoji', 'author', 'active'],
  error: ['code', 'message', 'retryAfterMs', 'fatal'],
  bye: ['reason', 'retryAfterMs', 'spreadMs'],
};
const KINDS = Object.keys(PARTS) as EventKind[];
const AUTHOR_PARTS: readonly Field[] = ['role', 'author.id', 'author.name', 'author.avatarUrl'];
const FIELDS = new Set<string>([...Object.values(PARTS).flat(), ...AUTHOR_PARTS]);

/** Words for roles in the field. */
const USUAL_ROLES: Readonly<Record<string, Role>> = {
  ...namesOf(ROLES),
  ...named('guest', 'customer', 'user', 'visitor', 'client', 'contact'),
  ...named('ai', 'bot', 'assistant', 'chatbot'),
  ...named('staff', 'agent', 'operator', 'admin', 'human', 'support'),
};
const USUAL_MODES: Readonly<Record<string, Answering>> = {
  ...namesOf<Answering>(['ai', 'queued', 'staff', 'closed']),
  ...named('ai', 'bot', 'assistant'),
  ...named('queued', 'queue', 'waiting', 'pending'),
  ...named('staff', 'agent', 'operator', 'human'),
  ...named('closed', 'ended', 'resolved'),
};

function named<T extends string>(meaning: T, ...words: string[]): Record<string, T> {
  return Object.fromEntries(words.map((word) => [word, meaning]));
}

function namesOf<T extends string>(words: readonly T[]): Record<string, T> {
  return Object.fromEntries(words.map((word) => [word, word]));
}

/** @throws {BackendError} always: an option is wrong */
export function rejectOption(where: string, expected: string): never {
  throw new BackendError('options-invalid', `backendOptions.${where}: expected ${expected}`);
}

/**
 * Makes a function that finds something in a payload.
 * @param where name of the option, for complaints
 * @param fits whether something counts that was found. Default: anything does
 * @returns what is there; undefined for nothing or null
 * @throws {BackendError} `options-invalid` when it is no path
 */
export function compilePath(
  path: unknown,
  where: string,
  fits: (found: unknown) => boolean = () => true,
): (data: unknown) => unknown {
  const ways = (Array.isArray(path) ? (path as unknown[]) : [path]).map((one) => {
    if (typeof one !== 'string') rejectOption(where, 'a path such as "data.message", or a list of paths');
    return one === '' ? [] : one.split('.');
  });
  return (data) => {
    for (const way of ways) {
      const found = follow(data, way);
      if (found !== undefined && found !== null && fits(found)) return found;
    }
    return undefined;
  };
}

function follow(data: unknown, way: readonly string[]): unknown {
  let found = data;
  for (const key of way) {
    // Own fields only: a polluted Object.prototype must not speak for the server.
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as Record<string, unknown>)[key];
  }
  return found;
}

/** What a template can name: the fields of the command, and what is known of the session. */
export type Values = Readonly<Record<string, unknown>>;

const VARIABLES = new Set(
  (
    'sessionId guestId conversationId resumeToken token command clientId text attachments replyTo action active ' +
    'upTo before after beforeId afterId limit reason cancel messageId emoji score comment guest locale page deviceHint ' +
    'protocol epoch t'
  ).split(' '),
);

/**
 * What templates are filled with. Beside the command's own fields: `sessionId` (the conversation where it is known, else the
 * guest: it is the same after a reload), `guestId`, `conversationId`, `resumeToken`, `token`, and `command` for all fields
 * of the command at once.
 */
export function valuesOf({ type: _type, ...command }: CodecCommand, session: Session): Values {
  const { guestId, conversationId, resumeToken, token, deviceHint } = session;
  const sessionId = conversationId ?? guestId;
  // The session's come last: a `hello` may have been made before the conversation was known.
  return { ...command, command, sessionId, guestId, conversationId, resumeToken, token, deviceHint };
}

/**
 * Makes a function that fills in a template: any JSON value in which a text such as `$text` or `$guest.email` stands for
 * that value, of whatever type. Where there is none, the field is left out. `$$` at the beginning is a plain `$`.
 * @param where name of the option, for complaints
 * @throws {BackendError} `options-invalid` when a name is unknown, or it is no JSON
 */
export function compileTemplate(template: unknown, where: string): (values: Values) => unknown {
  if (typeof template === 'string') {
    if (!template.startsWith('$')) return () => template;
    if (template.startsWith('$$')) return () => template.slice(1);
    checkVariable(template.slice(1), where);
    const find = compilePath(template.slice(1), where);
    return (values) => find(values);
  }
  if (template === null || typeof template === 'number' || typeof template === 'boolean')
    return () => template;
  if (typeof template !== 'object') rejectOption(where, 'a JSON value');
  const parts = Object.entries(template).map(
    ([key, part]) => [key, compileTemplate(part, `${where}.${key}`)] as const,
  );
  if (Array.isArray(template))
    return (values) => parts.map(([, fill]) => fill(values)).filter((part) => part !== undefined);
  return (values) =>
    Object.fromEntries(
      parts.map(([key, fill]) => [key, fill(values)]).filter(([, part]) => part !== undefined),
    );
}

/**
 * Makes a function that fills in the name of a channel, a room or a path, such as `conversation.{conversationId}`.
 * @param where name of the option, for complaints
 * @returns the name; undefined where a value is missing
 * @throws {BackendError} `options-invalid` when it is no text, or a name in it is unknown
 */
export function compileName(
  name: unknown,
  where: string,
): (values: Values, encode?: (value: string) => string) => string | undefined {
  if (typeof name !== 'string') rejectOption(where, 'a text');
  // Names and the text between them take turns.
  const parts = name.split(/\{([^{}]*)\}/);
  const finds = parts.map((part, index) => {
    if (index % 2 === 0) return () => part;
    checkVariable(part, where);
    return compilePath(part, where);
  });
  return (values, encode = (value) => value) => {
    let filled = '';
    for (const [index, find] of finds.entries()) {
      const value = find(values);
      if (typeof value !== 'string' && typeof value !== 'number') return undefined;
      filled += index % 2 === 0 ? value : encode(String(value));
    }
    return filled;
  };
}

function checkVariable(name: string, where: string): void {
  if (!VARIABLES.has(name.split('.')[0]!)) {
    rejectOption(where, `one of ${[...VARIABLES].join(', ')} and not "${name}"`);
  }
}

/** Milliseconds from the wire are capped at a day, as everywhere. */
const milliseconds = clamped(0, DAY_MS);
const answering = oneOf<Answering>('ai', 'queued', 'staff', 'closed');

/** Readers of what may be left out; all others are those of the protocol. */
const LOOSE = {
  welcome: object({
    conversationId: optional(id),
    guestId: optional(id),
    resumeToken: optional(id),
    resumed: optional(boolean),
    mode: optional(answering),
    participants: optional(list(readAuthor)),
    features: optional(list(string)),
  }),
  ack: object({ clientId: optional(id), id: optional(id), sentAt: optional(string) }),
  nack: object({
    clientId: optional(id),
    code: withDefault(string, 'internal'),
    message: withDefault(string, ''),
    retryAfterMs: optional(milliseconds),
  }),
  mode: object({ mode: answering, position: optional(integer()), waitSeconds: optional(integer()) }),
};

/**
 * Makes the table that tells what the events of a wire mean. A message needs a text; whatever else of it cannot be read is left
 * out and reported, because a message without its time is better than none.
 * @param where name of the option, for complaints
 * @throws {BackendError} `options-invalid` when a rule is wrong
 */
export function compileEvents(
  meanings: Readonly<Record<string, EventMeaning>>,
  vocabulary: EventVocabulary = {},
  where = 'events',
): EventTable<LooseEvent> {
  checkWords(vocabulary.roles, ROLES, 'roles');
  checkWords(vocabulary.modes, Object.values(USUAL_MODES), 'modes');
  checkFields(vocabulary.fields, 'fields');
  const table: [string, EventTable<LooseEvent>[string]][] = [];
  for (const [name, meaning] of Object.entries(meanings)) {
    if (meaning === false) continue;
    const rules = (Array.isArray(meaning) ? meaning : [meaning]) as readonly (EventKind | EventRule)[];
    const readers = rules.map((rule) => compileRule(rule, vocabulary, `${where}.${name}`, name));
    table.push([name, (data, onFault) => readers.flatMap((read) => read(data, onFault) ?? [])]);
  }
  return Object.fromEntries(table);
}

/** Like a path, but of several the first that leads to an object: `message` may be a message or its text. */
function compileEntry(path: FieldPath, where: string): (data: unknown) => unknown {
  const ways = (Array.isArray(path) ? (path as readonly string[]) : [path as string]).map((way) =>
    compilePath(way, where),
  );
  return (data) => {
    const found = ways.map((find) => find(data)).filter((each) => each !== undefined);
    return found.find((each) => typeof each === 'object') ?? found[0];
  };
}

type RuleReader = (data: unknown, onFault: (error: ProtocolError) => void) => LooseEvent | undefined;

function compileRule(
  rule: EventKind | EventRule,
  vocabulary: EventVocabulary,
  where: string,
  name: string,
): RuleReader {
  const {
    kind,
    at = '',
    fields,
    values,
    when = {},
    newestFirst,
  } = typeof rule === 'string' ? { kind: rule } : (rule ?? {});
  if (!kind || !KINDS.includes(kind)) rejectOption(where, `a kind: one of ${KINDS.join(', ')}`);
  checkFields(fields, `${where}.fields`);
  checkFields(values, `${where}.values`, true);
  checkFields(when, `${where}.when`, true);
  const conditions = Object.entries(when).map(([field, words]) => [field as Field, [words].flat()] as const);
  const enter = compileEntry(at, `${where}.at`);
  const eye = new Eye({ ...vocabulary, fields: { ...vocabulary.fields, ...fields } }, values ?? {}, kind);
  return (data, onFault) => {
    const body = enter(data);
    if (!conditions.every(([field, words]) => eye.says(body, field, words))) return undefined;
    switch (kind) {
      case 'message':
        return { type: kind, message: readLoose(eye.project(body, kind), name, onFault) };
      case 'history': {
        const { messages, hasMore } = eye.project(body, kind);
        const item: Reader<LooseMessage> = (value, path) =>
          readLoose(eye.project(value, 'message'), path, onFault);
        const read = lenientList(item, onFault)(messages, `${name}.messages`);
        return { type: kind, messages: newestFirst ? read.toReversed() : read, hasMore: hasMore === true };
      }
      case 'welcome':
      case 'ack':
      case 'nack':
      case 'mode':
        return { type: kind, ...LOOSE[kind](eye.project(body, kind), name) } as LooseEvent;
      default:
        return {
          type: kind,
          ...serverEventReaders[kind](onFault)(eye.project(body, kind), name),
        } as ServerEvent;
    }
  };
}

/** Sees the fields of one kind of event in a payload, under our own names. */
class Eye {
  readonly #finds = new Map<Field, (data: unknown) => unknown>();
  readonly #values: Readonly<Partial<Record<Field, unknown>>>;
  readonly #roles: Readonly<Record<string, Role>>;
  readonly #modes: Readonly<Record<string, Answering>>;
  readonly #role: Role;
  readonly #mayBeNobody: boolean;

  constructor(
    vocabulary: EventVocabulary,
    values: Readonly<Partial<Record<Field, unknown>>>,
    kind: EventKind,
  ) {
    this.#values = values;
    this.#roles = { ...USUAL_ROLES, ...vocabulary.roles };
    this.#modes = { ...USUAL_MODES, ...vocabulary.modes };
    // People come and go; everybody else is a bot until the wire says otherwise.
    this.#role = kind === 'joined' || kind === 'left' ? 'staff' : 'ai';
    this.#mayBeNobody = kind === 'message' || kind === 'history' || kind === 'delta';
    for (const field of FIELDS as Set<Field>) {
      const path = vocabulary.fields?.[field] ?? field;
      const words = field === 'role' ? this.#roles : field === 'mode' ? this.#modes : undefined;
      const fits = words && ((found: unknown) => wordIn<string>(words, found) !== undefined);
      if (path !== false) this.#finds.set(field, compilePath(path, `fields.${field}`, fits));
    }
  }

  project(data: unknown, kind: EventKind): Record<string, unknown> {
    return Object.fromEntries(PARTS[kind].map((field) => [field, this.#see(data, field)]));
  }

  /** Whether a payload says one of these of a field; `true` is anything but no. */
  says(data: unknown, field: Field, words: readonly unknown[]): boolean {
    const found = this.#see(data, field, false);
    return words.includes(found) || (words.includes(true) && !!found);
  }

  /** @param guess whether what is usual stands in for what is not said */
  #see(data: unknown, field: Field, guess = true): unknown {
    const found = this.#finds.get(field)?.(data) ?? this.#values[field];
    switch (field) {
      case 'id':
      case 'clientId':
      case 'messageId':
      case 'conversationId':
      case 'guestId':
        return identifier(found);
      case 'sentAt':
        return isoTime(found);
      case 'role':
        return wordIn(this.#roles, found) ?? (guess ? this.#role : undefined);
      case 'mode':
        return wordIn(this.#modes, found) ?? found;
      case 'author':
        return this.#author(data, found, guess);
      case 'active':
        // A bare "typing" event means that somebody is.
        return found ?? (guess || undefined);
      default:
        return found;
    }
  }

  /** An author may be an object, a name, or in pieces beside the text. Nobody, where the role says enough. */
  #author(data: unknown, found: unknown, guess: boolean): Author | undefined {
    const part = (field: Field, own: string): string | undefined =>
      identifier(this.#finds.get(field)?.(data) ?? follow(found, [own]) ?? this.#values[field]);
    // Some servers put the role there.
    const bare = wordIn(this.#roles, found) ? undefined : identifier(found);
    const name = part('author.name', 'name') ?? bare;
    const author = part('author.id', 'id') ?? name;
    const avatarUrl = part('author.avatarUrl', 'avatarUrl');
    if (!author && !avatarUrl && (this.#mayBeNobody || !guess)) return undefined;
    const role = this.#see(data, 'role') as Role;
    return { id: author ?? role, role, ...(name && { name }), ...(avatarUrl && { avatarUrl }) };
  }
}

const ESSENTIAL: readonly Field[] = ['id', 'text', 'role', 'sentAt', 'clientId'];

function readLoose(
  body: Record<string, unknown>,
  path: string,
  onFault: (error: ProtocolError) => void,
): LooseMessage {
  // Without a text, nothing of it is worth showing.
  string(body['text'], `${path}.text`);
  try {
    return readFilled(body, path);
  } catch (error) {
    if (!(error instanceof ProtocolError)) throw error;
    onFault(error);
    return readFilled(Object.fromEntries(ESSENTIAL.map((field) => [field, body[field]])), path);
  }
}

/** Reads a message by the protocol's own reader, which wants what this wire may not have. */
function readFilled(body: Record<string, unknown>, path: string): LooseMessage {
  const { seq: _seq, ...message }: LooseMessage = readMessage(
    { ...body, id: body['id'] ?? '-', seq: 1, sentAt: body['sentAt'] ?? '1970-01-01' },
    path,
  );
  if (body['id'] === undefined) delete message.id;
  if (body['sentAt'] === undefined) delete message.sentAt;
  return message;
}

/** Ids are texts here; databases like numbers. */
function identifier(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Numbers below this are seconds, as PHP and Python count, above it milliseconds: the year 1973 or 5138. */
const SECONDS_BELOW = 100_000_000_000;

function isoTime(value: unknown): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const ms = typeof value === 'number' ? (value < SECONDS_BELOW ? value * 1000 : value) : Date.parse(value);
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function wordIn<T>(words: Readonly<Record<string, T>>, value: unknown): T | undefined {
  if (typeof value === 'object') return undefined;
  const word = String(value).toLowerCase();
  return Object.hasOwn(words, word) ? words[word] : undefined;
}

function checkWords(words: unknown, meanings: readonly string[], where: string): void {
  for (const [word, meaning] of Object.entries((words ?? {}) as Record<string, string>)) {
    if (!meanings.includes(meaning)) {
      rejectOption(`${where}.${word}`, `one of ${[...new Set(meanings)].join(', ')}`);
    }
  }
}

function checkFields(fields: unknown, where: string, anyValue = false): void {
  for (const [field, path] of Object.entries((fields ?? {}) as Record<string, unknown>)) {
    if (!FIELDS.has(field)) rejectOption(`${where}.${field}`, `one of ${[...FIELDS].join(', ')}`);
    if (!anyValue && path !== false) compilePath(path, `${where}.${field}`);
  }
}
