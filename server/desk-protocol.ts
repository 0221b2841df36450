/**
 * What travels between the desk of the team and the server, as JSON text frames with a `type`. The page of the desk uses
 * the same types; nothing in here needs Node.
 */
import type { Author, Message } from '../src/protocol/message.js';
import { boolean, id, object, optional, string, type Reader } from '../src/protocol/read.js';
import type { ServerEvent } from '../src/protocol/server-event.js';

/** Who answers a guest, in the words of the desk. */
export type GuestState = 'ai' | 'waiting' | 'staff' | 'closed';

/** One line in the list of guests. */
export interface DeskGuest {
  /** Id of the conversation. */
  id: string;
  state: GuestState;
  /** What the guest told of themselves. */
  name?: string;
  email?: string;
  /** Place in the queue, from 1; only while `waiting`. */
  position?: number;
  /** When the guest asked for a person, ISO 8601; only while `waiting` and known. */
  waitingSince?: string;
  /** The newest message that is no system line. */
  lastText?: string;
  lastRole?: 'guest' | 'ai' | 'staff';
  /** When it was sent, ISO 8601. */
  lastAt?: string;
  /** Guest messages that nobody at a desk has seen. */
  unread: number;
  /** Whether the guest's widget is connected. */
  online: boolean;
  typing: boolean;
  /** The people in the conversation. */
  staff: readonly Author[];
  /** Address of the page the guest is on. */
  page?: string;
  /** From 1 to 5, once the guest gave one. */
  rating?: number;
}

/** From the server to a desk. */
export type DeskEvent =
  /** Answers `hello`: who sits here, and all guests who wrote or asked for a person. */
  | { type: 'desk'; you: Author; guests: readonly DeskGuest[] }
  /** A guest is new or changed. */
  | { type: 'guest'; guest: DeskGuest }
  /** Answers `open`: the newest messages, ascending. */
  | { type: 'thread'; id: string; messages: readonly Message[]; hasMore: boolean }
  /** Something was told in a conversation that is open at this desk: the very event of the chat protocol. */
  | { type: 'event'; id: string; event: ServerEvent }
  /** A command did not work. */
  | { type: 'error'; message: string };

/** From a desk to the server. */
export type DeskCommand =
  /** First: who sits here. Desks of one name are one person. `key` is asked for where the server has one. */
  | { type: 'hello'; name: string; avatarUrl?: string; key?: string }
  /** Shows a conversation from now on, instead of the one before; its messages count as seen. */
  | { type: 'open'; id: string }
  /** Takes a conversation over. The AI keeps quiet from then on. */
  | { type: 'join'; id: string }
  /** Gives it back to the AI. */
  | { type: 'leave'; id: string }
  | { type: 'typing'; id: string; active: boolean }
  /** Says something; joins first where the person has not. */
  | { type: 'say'; id: string; text: string }
  /** Ends the conversation. */
  | { type: 'close'; id: string };

type Body<T extends DeskCommand['type']> = Omit<Extract<DeskCommand, { type: T }>, 'type'>;

const readers: { readonly [T in DeskCommand['type']]: Reader<Body<T>> } = {
  hello: object<Body<'hello'>>({ name: id, avatarUrl: optional(string), key: optional(string) }),
  open: object<Body<'open'>>({ id }),
  join: object<Body<'join'>>({ id }),
  leave: object<Body<'leave'>>({ id }),
  typing: object<Body<'typing'>>({ id, active: boolean }),
  say: object<Body<'say'>>({ id, text: id }),
  close: object<Body<'close'>>({ id }),
};

/**
 * Reads a command of a desk.
 * @returns undefined when its name is unknown, which is to be ignored
 * @throws {ProtocolError} when it is malformed
 */
export function readDeskCommand(type: string, data: unknown): DeskCommand | undefined {
  if (!Object.hasOwn(readers, type)) return undefined;
  return { type, ...readers[type as DeskCommand['type']](data, '') } as DeskCommand;
}
