import type { ClientCommand } from '../../protocol/client-command.js';
import type { CloseReason } from '../../transports/transport.js';
import type { FieldPath } from '../mapping.js';
import type { Saying, SpeechOptions } from '../speech.js';

/** How one frame is said: by its name with all fields of the command, or as described. Where no frame has a name, by data alone. */
export type WebsocketSaying = string | Saying | Pick<Saying, 'data'>;

/** Where frames have their name and their data. */
export interface WebsocketEnvelope {
  /** Field with the name of an event; of several, the first that a frame has. `false`: frames have no name. @default 'type' */
  name?: FieldPath | false;
  /** Field with its data; without one, the frame itself is the data. @default false */
  data?: FieldPath | false;
  /** Name of a frame that has none. Default: such a frame is a fault; `message` where no frame has a name. */
  unnamed?: string;
  /** Name of a frame that is a list and has none. Default: like `unnamed`; `history` where no frame has a name. */
  list?: string;
  /** Where our own frames have them, if that is elsewhere. */
  sent?: {
    /** Field for the name. `false`: the data is the whole frame. Default: the first of those above. */
    name?: string | false;
    /** Field for the data; `false`: its fields stand beside the name. Default: the first of those above. */
    data?: string | false;
  };
}

/** How both sides see that the line lives. */
export interface WebsocketHeartbeat {
  /** What is said after a silence; a server must answer it within 5 s, by whatever frame. Default: silence is never noticed. */
  ping?: WebsocketSaying;
  /** How long the silence is, in milliseconds, from 1000 up. @default 25000 */
  intervalMs?: number;
  /** What is said back to frames of the server, by their name, such as `{ping: 'pong'}`. */
  answers?: Readonly<Record<string, WebsocketSaying>>;
}

/** Why a server closes, as far as it can say so by a code. */
export type WebsocketClose = Exclude<CloseReason, 'token'>;

/** How a server speaks that sends JSON over a plain WebSocket. Everything is data; nothing is needed for our own names. */
export interface WebsocketOptions extends SpeechOptions {
  /** Where frames have their name and their data. Default: as in docs/protocol.md, the name in `type` beside the data. */
  envelope?: WebsocketEnvelope;
  /**
   * What the server can be told; instead of our own names, not beside them. Of a list, all are said, in order; an empty one says
   * nothing, where the server tells by itself.
   */
  commands?: Readonly<
    Partial<Record<ClientCommand['type'], false | WebsocketSaying | readonly WebsocketSaying[]>>
  >;
  /**
   * How a message is confirmed: `event` by one of the kind `ack`, or by the message itself coming back; `handover` by nobody:
   * then it counts as sent when the socket has taken it.
   * @default 'handover'
   */
  ack?: 'event' | 'handover';
  /** How both sides see that the line lives. Default: by nothing. */
  heartbeat?: WebsocketHeartbeat;
  /** Subprotocol to offer. After a failed attempt the next goes without it. */
  subprotocol?: string;
  /** What close codes mean, beyond those of docs/protocol.md: `{4001: 'unauthorized'}`. */
  closes?: Readonly<Record<number, WebsocketClose>>;
}

/** Our own names for what the server can be told. */
export const NATIVE_COMMANDS: NonNullable<WebsocketOptions['commands']> = {
  hello: 'hello',
  send: 'send',
  typing: 'typing',
  history: 'history',
  escalate: 'escalate',
  end: 'end',
};
