import fc from 'fast-check';
import type { ClientCommand, GuestProfile } from '../../src/protocol/client-command.js';
import { ROLES, type Attachment, type Author, type Message } from '../../src/protocol/message.js';
import type { Answering, ServerEvent } from '../../src/protocol/server-event.js';

/** Any text, with every kind of character JSON and UTF-16 have trouble with. */
const text = fc.string({ unit: 'binary' });
const id = fc.string({ minLength: 1, unit: 'binary' });
const count = fc.nat();
const seq = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
const milliseconds = fc.integer({ min: 0, max: 86_400_000 });
const dateTime = fc
  .date({ min: new Date('1970-01-01'), max: new Date('9999-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const role = fc.constantFrom(...ROLES);
const mode = fc.constantFrom<Answering>('ai', 'queued', 'staff', 'closed');
const json = fc
  .jsonValue({ noUnicodeString: false })
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const freeData = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  json,
  { noNullPrototype: true },
);

/** A record whose optional fields come and go. */
function record<T extends object, K extends keyof T & string>(
  required: { [P in K]: fc.Arbitrary<T[P]> },
  optional: { [P in Exclude<keyof T & string, K>]: fc.Arbitrary<NonNullable<T[P]>> },
): fc.Arbitrary<T> {
  const fields: Record<string, fc.Arbitrary<unknown>> = { ...required, ...optional };
  const constraints = { requiredKeys: Object.keys(required), noNullPrototype: true };
  return fc.record(fields, constraints) as unknown as fc.Arbitrary<T>;
}

const author = record<Author, 'id' | 'role'>({ id, role }, { name: text, avatarUrl: text });
const attachment = record<Attachment, 'id' | 'name' | 'mediaType' | 'bytes' | 'url'>(
  { id, name: text, mediaType: text, bytes: count, url: text },
  { width: count, height: count },
);
const message = record<Message, 'id' | 'seq' | 'role' | 'text' | 'sentAt'>(
  { id, seq, role, text, sentAt: dateTime },
  {
    author,
    format: fc.constantFrom('plain', 'markdown'),
    clientId: id,
    attachments: fc.array(attachment, { maxLength: 2 }),
    actions: fc.array(fc.record({ label: text, value: text }, { noNullPrototype: true }), { maxLength: 2 }),
    replyTo: text,
    event: text,
    sources: fc.array(fc.record({ title: text, url: text }, { noNullPrototype: true }), { maxLength: 2 }),
    meta: freeData,
  },
);
const guest = record<GuestProfile, never>({}, { name: text, email: text, custom: freeData });

type EventBody<T extends ServerEvent['type']> = Omit<Extract<ServerEvent, { type: T }>, 'type'>;
type CommandBody<T extends ClientCommand['type']> = Omit<Extract<ClientCommand, { type: T }>, 'type'>;

const limits = fc.record(
  { maxTextLength: seq, maxFrameBytes: fc.integer({ min: 1024 }), maxAttachmentBytes: count },
  { noNullPrototype: true },
);

const bodies: { readonly [T in ServerEvent['type']]: fc.Arbitrary<EventBody<T>> } = {
  welcome: fc.record({
    conversationId: id,
    guestId: id,
    resumeToken: id,
    resumed: fc.boolean(),
    epoch: text,
    lastSeq: count,
    mode,
    participants: fc.array(author, { maxLength: 3 }),
    features: fc.array(text, { maxLength: 3 }),
    limits,
    heartbeatMs: fc.integer({ min: 1000, max: 3_600_000 }),
  }),
  history: fc.record({ messages: fc.array(message, { maxLength: 4 }), hasMore: fc.boolean() }),
  message: fc.record({ message }),
  ack: fc.record({ clientId: id, id, seq, sentAt: dateTime }),
  nack: record<EventBody<'nack'>, 'clientId' | 'code' | 'message'>(
    { clientId: id, code: text, message: text },
    { retryAfterMs: milliseconds },
  ),
  delta: record<EventBody<'delta'>, 'id' | 'offset' | 'text'>({ id, offset: count, text }, { role, author }),
  typing: record<EventBody<'typing'>, 'author' | 'active'>({ author, active: fc.boolean() }, { label: text }),
  joined: fc.record({ author }),
  left: fc.record({ author }),
  mode: record<EventBody<'mode'>, 'mode'>({ mode }, { position: count, waitSeconds: count }),
  receipt: fc.record({ upTo: count, kind: fc.constantFrom('delivered', 'read'), by: author }),
  reaction: fc.record({ messageId: id, emoji: text, author, active: fc.boolean() }),
  error: record<EventBody<'error'>, 'code' | 'message'>(
    { code: text, message: text },
    { retryAfterMs: milliseconds, fatal: fc.boolean() },
  ),
  pong: fc.record({ t: json }),
  bye: record<EventBody<'bye'>, 'reason'>(
    { reason: text },
    { retryAfterMs: milliseconds, spreadMs: milliseconds },
  ),
};

const commandBodies: { readonly [T in ClientCommand['type']]: fc.Arbitrary<CommandBody<T>> } = {
  hello: record<CommandBody<'hello'>, 'protocol' | 'guestId'>(
    { protocol: fc.constant(1), guestId: id },
    {
      resumeToken: text,
      token: text,
      conversationId: text,
      epoch: text,
      after: count,
      locale: text,
      page: fc.record({ url: text, title: text, referrer: text }, { noNullPrototype: true }),
      guest,
      deviceHint: text,
    },
  ),
  send: record<CommandBody<'send'>, 'clientId' | 'text'>(
    { clientId: id, text },
    {
      attachments: fc.array(fc.record({ id }, { noNullPrototype: true }), { maxLength: 2 }),
      replyTo: text,
      action: fc.record({ messageId: id, value: text }, { noNullPrototype: true }),
    },
  ),
  typing: fc.record({ active: fc.boolean() }),
  read: fc.record({ upTo: count }),
  history: record<CommandBody<'history'>, 'limit'>(
    { limit: fc.integer({ min: 1, max: 200 }) },
    { before: count, after: count },
  ),
  escalate: record<CommandBody<'escalate'>, never>({}, { reason: text, cancel: fc.constant(true) }),
  stop: fc.record({ messageId: id }),
  react: fc.record({ messageId: id, emoji: text, active: fc.boolean() }),
  rate: record<CommandBody<'rate'>, 'score'>({ score: fc.integer({ min: 1, max: 5 }) }, { comment: text }),
  identify: fc.record({ guest }),
  end: fc.constant({}),
  ping: fc.record({ t: json }),
};

function tagged<T extends { type: string }>(
  arbitraries: Record<string, fc.Arbitrary<object>>,
): fc.Arbitrary<T> {
  return fc.oneof(
    ...Object.entries(arbitraries).map(([type, body]) =>
      body.map((fields) => ({ ...fields, type }) as unknown as T),
    ),
  );
}

/** Any event a server can tell. */
export const serverEvents = tagged<ServerEvent>(bodies);

/** Any command a widget can give. */
export const clientCommands = tagged<ClientCommand>(commandBodies);

/** All names of the protocol, so that malformed data is tried under each. */
export const wireNames = fc.constantFrom(...Object.keys(bodies), ...Object.keys(commandBodies));

/** Any data JSON can carry. */
export const anyJson = json;
