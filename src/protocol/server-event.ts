import {
  ROLES,
  type Attachment,
  type Author,
  type Message,
  type QuickReply,
  type Source,
} from './message.js';
import {
  DEFAULT_FEATURES,
  DEFAULT_HEARTBEAT_MS,
  DEFAULT_LIMITS,
  MIN_HEARTBEAT_MS,
  DAY_MS,
  type Feature,
  type Limits,
} from './offer.js';
import {
  anything,
  boolean,
  clamped,
  dateTime,
  freeData,
  id,
  integer,
  lenientList,
  list,
  object,
  oneOf,
  optional,
  string,
  withDefault,
  type ProtocolError,
  type Reader,
} from './read.js';

/** Who answers the guest at the moment. */
export type Answering = 'ai' | 'queued' | 'staff' | 'closed';

/** Why a message was refused. Other values are possible and treated like `internal`. */
export type NackCode =
  | 'too-long'
  | 'rate-limited'
  | 'closed'
  | 'forbidden'
  | 'invalid'
  | 'internal'
  | 'behind';

/** Answers `hello`: from here on the line is usable. */
export interface Welcome {
  /** The conversation this line belongs to. */
  conversationId: string;
  /** The guest, as the server knows them; adopted. */
  guestId: string;
  /** Secret that opens this conversation again; may change with each welcome. */
  resumeToken: string;
  /** False after a `hello` with a token means: this is a new conversation. */
  resumed: boolean;
  /** Names the numbering that `seq` belongs to. */
  epoch: string;
  /** Highest `seq` of the conversation; 0 when it is empty. */
  lastSeq: number;
  /** Who answers at the moment. */
  mode: Answering;
  /** Who takes part beside the guest. Default nobody. */
  participants: readonly Author[];
  /** Unknown names are kept. Default `typing`, `escalation`. */
  features: readonly (Feature | (string & {}))[];
  /** Bounds the server sets; see `DEFAULT_LIMITS`. */
  limits: Limits;
  /** Silence after which a ping is sent, in milliseconds. Default 10000. */
  heartbeatMs: number;
}

/** Everything a backend can tell the widget: one type for the widget, the mock and the reference server. */
export type ServerEvent =
  | ({ type: 'welcome' } & Welcome)
  | { type: 'history'; messages: readonly Message[]; hasMore: boolean }
  | { type: 'message'; message: Message }
  | { type: 'ack'; clientId: string; id: string; seq: number; sentAt: string }
  | { type: 'nack'; clientId: string; code: NackCode | (string & {}); message: string; retryAfterMs?: number }
  | { type: 'delta'; id: string; offset: number; text: string; role?: Author['role']; author?: Author }
  | { type: 'typing'; author: Author; active: boolean; label?: string }
  | { type: 'joined'; author: Author }
  | { type: 'left'; author: Author }
  | { type: 'mode'; mode: Answering; position?: number; waitSeconds?: number }
  | { type: 'receipt'; upTo: number; kind: 'delivered' | 'read'; by: Author }
  | { type: 'reaction'; messageId: string; emoji: string; author: Author; active: boolean }
  | { type: 'error'; code: string; message: string; retryAfterMs?: number; fatal?: boolean }
  | { type: 'pong'; t: unknown }
  | { type: 'bye'; reason: string; retryAfterMs?: number; spreadMs?: number };

/** The server event of one type. */
export type ServerEventOf<T extends ServerEvent['type']> = Extract<ServerEvent, { type: T }>;

/** Milliseconds from the wire are capped at a day, so that no server can silence a widget for good. */
const milliseconds = clamped(0, DAY_MS);
const mode = oneOf<Answering>('ai', 'queued', 'staff', 'closed');

/** Reads an `Author`. */
export const readAuthor = object<Author>({
  id,
  role: oneOf(...ROLES),
  name: optional(string),
  avatarUrl: optional(string),
});

/** Reads an `Attachment`. */
export const readAttachment = object<Attachment>({
  id,
  name: string,
  mediaType: string,
  bytes: integer(),
  url: string,
  width: optional(integer()),
  height: optional(integer()),
});

const readQuickReply = object<QuickReply>({ label: string, value: string });
const readSource = object<Source>({ title: string, url: string });

/** Reads a `Message`. */
export const readMessage = object<Message>({
  id,
  seq: integer(1),
  role: oneOf(...ROLES),
  author: optional(readAuthor),
  text: string,
  // An unknown format is shown as plain text: better plain than not at all.
  format: (value) => (value === 'markdown' || value === 'plain' ? value : undefined),
  sentAt: dateTime,
  clientId: optional(id),
  attachments: optional(list(readAttachment)),
  actions: optional(list(readQuickReply)),
  replyTo: optional(string),
  event: optional(string),
  sources: optional(list(readSource)),
  meta: optional(freeData),
});

const readLimits = object<Limits>({
  maxTextLength: withDefault(clamped(1, Infinity), DEFAULT_LIMITS.maxTextLength),
  maxFrameBytes: withDefault(clamped(1024, Infinity), DEFAULT_LIMITS.maxFrameBytes),
  maxAttachmentBytes: withDefault(integer(), DEFAULT_LIMITS.maxAttachmentBytes),
});

type Body<T extends ServerEvent['type']> = Omit<ServerEventOf<T>, 'type'>;

/** One reader per event, by its name on the native wire. */
export const serverEventReaders: {
  readonly [T in ServerEvent['type']]: (onFault: (error: ProtocolError) => void) => Reader<Body<T>>;
} = {
  welcome: () =>
    object<Welcome>({
      conversationId: id,
      guestId: id,
      resumeToken: id,
      resumed: boolean,
      epoch: string,
      lastSeq: integer(),
      mode,
      participants: withDefault(list(readAuthor), []),
      features: withDefault(list<string>(string), DEFAULT_FEATURES as Feature[]),
      limits: withDefault(readLimits, DEFAULT_LIMITS),
      heartbeatMs: withDefault(clamped(MIN_HEARTBEAT_MS, DAY_MS), DEFAULT_HEARTBEAT_MS),
    }),
  history: (onFault) =>
    object<Body<'history'>>({ messages: lenientList(readMessage, onFault), hasMore: boolean }),
  message: () => object<Body<'message'>>({ message: readMessage }),
  ack: () => object<Body<'ack'>>({ clientId: id, id, seq: integer(1), sentAt: dateTime }),
  nack: () =>
    object<Body<'nack'>>({
      clientId: id,
      code: string,
      message: withDefault(string, ''),
      retryAfterMs: optional(milliseconds),
    }),
  delta: () =>
    object<Body<'delta'>>({
      id,
      offset: integer(),
      text: string,
      role: optional(oneOf(...ROLES)),
      author: optional(readAuthor),
    }),
  typing: () => object<Body<'typing'>>({ author: readAuthor, active: boolean, label: optional(string) }),
  joined: () => object<Body<'joined'>>({ author: readAuthor }),
  left: () => object<Body<'left'>>({ author: readAuthor }),
  mode: () => object<Body<'mode'>>({ mode, position: optional(integer()), waitSeconds: optional(integer()) }),
  receipt: () =>
    object<Body<'receipt'>>({ upTo: integer(), kind: oneOf('delivered', 'read'), by: readAuthor }),
  reaction: () =>
    object<Body<'reaction'>>({ messageId: id, emoji: string, author: readAuthor, active: boolean }),
  error: () =>
    object<Body<'error'>>({
      code: string,
      message: withDefault(string, ''),
      retryAfterMs: optional(milliseconds),
      fatal: optional(boolean),
    }),
  pong: () => object<Body<'pong'>>({ t: anything }),
  bye: () =>
    object<Body<'bye'>>({
      reason: withDefault(string, ''),
      retryAfterMs: optional(milliseconds),
      spreadMs: optional(milliseconds),
    }),
};
