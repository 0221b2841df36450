import type { ClientCommand, ClientCommandOf } from './client-command.js';
import type { Frame } from './frame.js';
import type { LooseEvent } from './loose-event.js';
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

/**
 * A command as a codec gets it. Where a backend names messages by ids alone, a history is asked for by them: the numbers
 * are the widget's own there.
 */
export type CodecCommand =
  | Exclude<ClientCommand, { type: 'history' }>
  | (ClientCommandOf<'history'> & {
      /** Id of the newest message held; ask for what follows it. */
      afterId?: string;
      /** Id of the oldest message held; ask for what precedes it. */
      beforeId?: string;
    });

type CodecCommandOf<T extends ClientCommand['type']> = Extract<CodecCommand, { type: T }>;

/**
 * Translates between the vocabulary and the names on one wire. Knows no sockets.
 *
 * `Event` is what it can tell: with the strongest traits everything a `ServerEvent` has; a backend that promises less may
 * leave out what it does not know (`LooseEvent`), which is then filled in before anybody else sees it.
 */
export interface Codec<Event = ServerEvent> {
  /** What the backend can and cannot promise. */
  readonly traits: CodecTraits;
  /** Names of frames that mean something, for diagnosis. */
  readonly names?: readonly string[];
  /** @returns the frame to send, or undefined where the backend has no such command */
  encode(command: CodecCommand, session: Session): Frame | undefined;
  /**
   * @param onFault told of parts that were left out, such as one bad message of a history
   * @returns the events of a frame; none when its name is unknown
   * @throws {ProtocolError} when a known frame is malformed
   */
  decode(frame: Frame, onFault?: (error: ProtocolError) => void): readonly Event[];
}

/** One line per command: its frame. A missing line means the backend has no such command. */
export type CommandTable = {
  readonly [T in ClientCommand['type']]?: (command: CodecCommandOf<T>, session: Session) => Frame | undefined;
};

/** One line per wire name: the events it means. */
export type EventTable<Event = LooseEvent> = Readonly<
  Record<string, (data: unknown, onFault: (error: ProtocolError) => void) => Event | readonly Event[]>
>;

/** The traits and the two tables a codec is made of. */
export interface CodecDefinition<Event = LooseEvent> {
  /** What the backend can and cannot promise. */
  traits: CodecTraits;
  /** How each command is written. */
  commands: CommandTable;
  /** What each wire name means. */
  events: EventTable<Event>;
}

const ignore = (): void => {};

/** Builds a codec from two tables. */
export function defineCodec<Event = LooseEvent>({
  traits,
  commands,
  events,
}: CodecDefinition<NoInfer<Event>>): Codec<Event> {
  return {
    traits,
    names: Object.keys(events),
    encode(command, session) {
      const encode = commands[command.type] as
        | ((command: CodecCommand, session: Session) => Frame | undefined)
        | undefined;
      return encode?.(command, session);
    },
    decode(frame, onFault = ignore) {
      if (!Object.hasOwn(events, frame.event)) return [];
      const decoded = events[frame.event]!(frame.data, onFault);
      return Array.isArray(decoded) ? (decoded as Event[]) : [decoded as Event];
    },
  };
}
