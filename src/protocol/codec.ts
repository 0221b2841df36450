import type { ClientCommand, ClientCommandOf } from './client-command.js';
import type { Frame } from './frame.js';
import type { ProtocolError } from './read.js';
import type { ServerEvent } from './server-event.js';
import type { Session } from './session.js';

/** What a backend can and cannot promise. Nothing else in the house asks which backend it is. */
export interface CodecTraits {
  /** How a send is confirmed: by an event, by the wire's own reply, or only by being handed over. */
  readonly ack: 'event' | 'reply' | 'handover';
  /** Whether the server answers `hello` with a welcome; without one, an open line counts as greeted. */
  readonly greets: boolean;
  /** Whether an unconfirmed message may be sent again, or the guest has to be asked. */
  readonly resend: 'safe' | 'ask';
  /** How missed messages are fetched. */
  readonly resume: 'cursor' | 'history' | 'none';
}

/** Translates between the vocabulary and the names on one wire. Knows no sockets. */
export interface Codec {
  /** What the backend can and cannot promise. */
  readonly traits: CodecTraits;
  /** @returns the frame to send, or undefined where the backend has no such command */
  encode(command: ClientCommand, session: Session): Frame | undefined;
  /**
   * @param onFault told of parts that were left out, such as one bad message of a history
   * @returns the events of a frame; none when its name is unknown
   * @throws {ProtocolError} when a known frame is malformed
   */
  decode(frame: Frame, onFault?: (error: ProtocolError) => void): readonly ServerEvent[];
}

/** One line per command: its frame. A missing line means the backend has no such command. */
export type CommandTable = {
  readonly [T in ClientCommand['type']]?: (
    command: ClientCommandOf<T>,
    session: Session,
  ) => Frame | undefined;
};

/** One line per wire name: the events it means. */
export type EventTable = Readonly<
  Record<
    string,
    (data: unknown, onFault: (error: ProtocolError) => void) => ServerEvent | readonly ServerEvent[]
  >
>;

/** The traits and the two tables a codec is made of. */
export interface CodecDefinition {
  /** What the backend can and cannot promise. */
  traits: CodecTraits;
  /** How each command is written. */
  commands: CommandTable;
  /** What each wire name means. */
  events: EventTable;
}

const ignore = (): void => {};

/** Builds a codec from two tables. */
export function defineCodec({ traits, commands, events }: CodecDefinition): Codec {
  return {
    traits,
    encode(command, session) {
      const encode = commands[command.type] as
        | ((command: ClientCommand, session: Session) => Frame | undefined)
        | undefined;
      return encode?.(command, session);
    },
    decode(frame, onFault = ignore) {
      if (!Object.hasOwn(events, frame.event)) return [];
      const decoded = events[frame.event]!(frame.data, onFault);
      return Array.isArray(decoded) ? decoded : [decoded as ServerEvent];
    },
  };
}
