import type { AttachmentRef } from './message.js';
import {
  anything,
  boolean,
  freeData,
  id,
  integer,
  list,
  object,
  optional,
  ProtocolError,
  string,
  type Reader,
} from './read.js';

/** What the guest or the page told about the guest. */
export interface GuestProfile {
  /** How the guest wants to be called. */
  name?: string;
  /** Where an answer reaches the guest later; not checked here. */
  email?: string;
  /** Free data of the page. */
  custom?: Readonly<Record<string, unknown>>;
}

/** The page the widget stands on. */
export interface PageInfo {
  /** Address of the page. */
  url: string;
  /** Its title. */
  title: string;
  /** Where the guest came from; may be empty. */
  referrer: string;
}

/** First command of every connection. */
export interface Hello {
  /** Version of this protocol. */
  protocol: 1;
  /** Random id of this guest in this browser; opens nothing by itself. */
  guestId: string;
  /** Secret of the last welcome. */
  resumeToken?: string;
  /** From the page's `getToken()`. */
  token?: string;
  /** The conversation to go on with. */
  conversationId?: string;
  /** The numbering `after` was counted in. */
  epoch?: string;
  /** Last contiguous `seq` held. */
  after?: number;
  /** BCP 47 tag the guest reads. */
  locale?: string;
  /** The page the guest is on. */
  page?: PageInfo;
  /** What is known about the guest. */
  guest?: GuestProfile;
  /** Opt-in hash by which a backend may offer to resume on this device. */
  deviceHint?: string;
}

/** A guest message on its way. */
export interface Send {
  /** UUID, made once per message and kept over all retries. */
  clientId: string;
  /** What the guest wrote. */
  text: string;
  /** Files that were uploaded before. */
  attachments?: readonly AttachmentRef[];
  /** Id of the message this one answers. */
  replyTo?: string;
  /** The quick reply that was chosen. */
  action?: { messageId: string; value: string };
}

/** Everything the widget can ask of a backend. */
export type ClientCommand =
  | ({ type: 'hello' } & Hello)
  | ({ type: 'send' } & Send)
  | { type: 'typing'; active: boolean }
  | { type: 'read'; upTo: number }
  | { type: 'history'; before?: number; after?: number; limit: number }
  | { type: 'escalate'; reason?: string; cancel?: true }
  | { type: 'stop'; messageId: string }
  | { type: 'react'; messageId: string; emoji: string; active: boolean }
  | { type: 'rate'; score: number; comment?: string }
  | { type: 'identify'; guest: GuestProfile }
  | { type: 'end' }
  | { type: 'ping'; t: unknown };

/** The client command of one type. */
export type ClientCommandOf<T extends ClientCommand['type']> = Extract<ClientCommand, { type: T }>;

/** Most messages one `history` may ask for. */
export const MAX_HISTORY_LIMIT = 200;

type Body<T extends ClientCommand['type']> = Omit<ClientCommandOf<T>, 'type'>;

const one: Reader<1> = (value, path) => {
  if (value !== 1) throw new ProtocolError(path, '1');
  return 1;
};
const yes: Reader<true> = (value, path) => {
  if (value !== true) throw new ProtocolError(path, 'true');
  return true;
};
const score: Reader<number> = (value, path) => {
  if (integer(1)(value, path) > 5) throw new ProtocolError(path, 'a whole number from 1 to 5');
  return value as number;
};
const limit: Reader<number> = (value, path) => Math.min(integer(1)(value, path), MAX_HISTORY_LIMIT);
const readGuest = object<GuestProfile>({
  name: optional(string),
  email: optional(string),
  custom: optional(freeData),
});

/** One reader per command, by its name on the native wire; the server half uses them. */
export const clientCommandReaders: {
  readonly [T in ClientCommand['type']]: Reader<Body<T>>;
} = {
  hello: object<Hello>({
    protocol: one,
    guestId: id,
    resumeToken: optional(string),
    token: optional(string),
    conversationId: optional(string),
    epoch: optional(string),
    after: optional(integer()),
    locale: optional(string),
    page: optional(object<PageInfo>({ url: string, title: string, referrer: string })),
    guest: optional(readGuest),
    deviceHint: optional(string),
  }),
  send: object<Send>({
    clientId: id,
    text: string,
    attachments: optional(list(object<AttachmentRef>({ id }))),
    replyTo: optional(string),
    action: optional(object<{ messageId: string; value: string }>({ messageId: id, value: string })),
  }),
  typing: object<Body<'typing'>>({ active: boolean }),
  read: object<Body<'read'>>({ upTo: integer() }),
  history: object<Body<'history'>>({
    before: optional(integer()),
    after: optional(integer()),
    limit,
  }),
  escalate: object<Body<'escalate'>>({ reason: optional(string), cancel: optional(yes) }),
  stop: object<Body<'stop'>>({ messageId: id }),
  react: object<Body<'react'>>({ messageId: id, emoji: string, active: boolean }),
  rate: object<Body<'rate'>>({ score, comment: optional(string) }),
  identify: object<Body<'identify'>>({ guest: readGuest }),
  end: object<Body<'end'>>({}),
  ping: object<Body<'ping'>>({ t: anything }),
};

/**
 * Reads a command from the wire, for servers.
 * @returns undefined when the name is unknown, which is to be ignored
 * @throws {ProtocolError} when a known command is malformed
 */
export function readClientCommand(type: string, data: unknown): ClientCommand | undefined {
  if (!Object.hasOwn(clientCommandReaders, type)) return undefined;
  const reader = clientCommandReaders[type as ClientCommand['type']];
  return { type, ...reader(data, '') } as ClientCommand;
}
