import type { ClientCommand } from '../../protocol/client-command.js';
import type { SocketIoManner, SocketIoTransportOptions } from '../../transports/socket-io.js';
import type { Saying, SpeechOptions } from '../speech.js';

/** How one command is said on this wire. */
export interface SocketIoCommand extends Saying, Omit<SocketIoManner, 'repeatable'> {}

/** How a command is said: not at all (`false`), by an event of a name with all fields of the command, or as described. */
export type SocketIoSaying = false | string | SocketIoCommand;

/** What a Socket.IO server is called, and how it speaks. Everything is data; nothing is needed for our own names. */
export interface SocketIoOptions
  extends
    SpeechOptions,
    Pick<
      SocketIoTransportOptions,
      'io' | 'path' | 'transports' | 'withCredentials' | 'probeEvent' | 'readRefusal'
    > {
  /** What the server can be told; instead of our own names, not beside them. */
  commands?: Readonly<Partial<Record<ClientCommand['type'], SocketIoSaying>>>;
  /** What the server's events mean, by name; instead of our own names. Answers are named like their event and `:answer`. */
  events?: SpeechOptions['events'];
  /** Further fields that a connection says of itself, as templates, beside `token` and `after`. */
  auth?: Readonly<Record<string, unknown>>;
  /**
   * How a message is confirmed: `true` by calling back (its `send` gets `ack`), `'event'` by an event of the kind `ack`, `false`
   * by nobody: then it counts as sent when the socket has taken it.
   * @default false
   */
  ack?: boolean | 'event';
}

/** Our own names for what the server can be told. */
export const NATIVE_COMMANDS: NonNullable<SocketIoOptions['commands']> = {
  hello: 'hello',
  send: 'send',
  typing: { event: 'typing', data: { active: '$active', sessionId: '$sessionId' }, volatile: true },
  history: 'history',
  escalate: 'escalate',
  end: 'end',
};
