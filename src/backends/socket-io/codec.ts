import {
  defineCodec,
  type Codec,
  type CodecCommand,
  type CommandTable,
  type EventTable,
} from '../../protocol/codec.js';
import type { Frame } from '../../protocol/frame.js';
import type { LooseEvent } from '../../protocol/loose-event.js';
import type { Session } from '../../protocol/session.js';
import type { SocketIoManner } from '../../transports/socket-io.js';
import { compileEvents, valuesOf } from '../mapping.js';
import { NATIVE_EVENTS, compileSaying, expectOneOf, listCommands, readTraits } from '../speech.js';
import { NATIVE_COMMANDS, type SocketIoOptions } from './wire.js';

/** What the client keeps for itself; it throws when somebody sends them. */
const RESERVED = /^(?:connect|connect_error|disconnect|disconnecting|newListener|removeListener)?$/;

/** A way to speak, and how its events are sent. */
export interface SocketIoSpeech {
  /** Translates. */
  readonly codec: Codec<LooseEvent>;
  /** What the transport has to know of each event. */
  readonly manners: Readonly<Record<string, SocketIoManner>>;
}

/**
 * Makes a codec from a description of names and fields.
 * @throws {BackendError} `options-invalid` when the description is wrong
 */
export function socketIoSpeech(options: SocketIoOptions): SocketIoSpeech {
  const { ack = false } = options;
  expectOneOf('ack', ack, true, false, 'event');
  const traits = readTraits(ack === true ? 'reply' : ack || 'handover', options);
  const commands: Record<string, (command: CodecCommand, session: Session) => Frame> = {};
  const manners: Record<string, SocketIoManner> = {};
  const answers: Record<string, EventTable[string]> = {};
  for (const [type, saying, where] of listCommands(options.commands ?? NATIVE_COMMANDS)) {
    const { event, fill, more } = compileSaying(saying, where, RESERVED);
    commands[type] = (command, session) => ({ event, data: fill(valuesOf(command, session)) });
    const asks = type === 'send' && ack === true;
    manners[event] = { repeatable: traits.resend === 'safe', ...more, ...(asks && { ack: true }) };
    const answer = `${event}:answer`;
    if (type === 'send') answers[answer] = readAnswer(answer, options);
    if (type === 'history') Object.assign(answers, compileEvents({ [answer]: 'history' }, options));
  }
  return {
    manners,
    codec: defineCodec<LooseEvent>({
      traits,
      commands: commands as CommandTable,
      events: { ...answers, ...compileEvents(options.events ?? NATIVE_EVENTS, options) },
    }),
  };
}

/**
 * What servers in the field call back with: nothing, the stored message, or a complaint. That is an error as the first of two
 * arguments, or as `error`; or `ok` or `success` is false.
 */
function readAnswer(where: string, vocabulary: SocketIoOptions): EventTable[string] {
  const tables = compileEvents({ ack: 'ack', nack: 'nack' }, vocabulary, where);
  return (data, onFault) => {
    const [error, value] = Array.isArray(data) ? (data as unknown[]) : [undefined, data];
    const answer = fieldsOf(value);
    const complaint = error ?? answer['error'];
    const refused = complaint || answer['ok'] === false || answer['success'] === false;
    if (!refused) return tables['ack']!(answer, onFault);
    const words = typeof complaint === 'string' ? { message: complaint } : fieldsOf(complaint);
    return tables['nack']!({ ...answer, ...words }, onFault);
  };
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
