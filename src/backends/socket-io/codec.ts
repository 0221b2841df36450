import type { ClientCommand } from '../../protocol/client-command.js';
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
import { compileEvents, compileTemplate, rejectOption, valuesOf } from '../mapping.js';
import { NATIVE_COMMANDS, NATIVE_EVENTS, type SocketIoCommand, type SocketIoOptions } from './wire.js';

/** What the client keeps for itself; it throws when somebody sends them. */
const RESERVED = /^(?:connect|connect_error|disconnect|disconnecting|newListener|removeListener)?$/;
const COMMANDS: readonly string[] = [
  ...(['hello', 'send', 'typing', 'read', 'history', 'escalate'] as const),
  ...(['stop', 'react', 'rate', 'identify', 'end'] as const),
] satisfies ClientCommand['type'][];

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
  const { ack = false, resend = ack ? 'ask' : 'safe', resume = 'none', greets = false } = options;
  oneOf('ack', ack, true, false, 'event');
  oneOf('resend', resend, 'safe', 'ask');
  oneOf('resume', resume, 'none', 'history', 'cursor');
  const commands: Record<string, (command: CodecCommand, session: Session) => Frame> = {};
  const manners: Record<string, SocketIoManner> = {};
  const answers: Record<string, EventTable[string]> = {};
  for (const [type, saying] of Object.entries(options.commands ?? NATIVE_COMMANDS)) {
    const where = `commands.${type}`;
    oneOf(where, type, ...COMMANDS);
    if (saying === false) continue;
    const { event, data, ...manner }: SocketIoCommand =
      typeof saying === 'string' ? { event: saying, data: '$command' } : (saying ?? {});
    if (typeof event !== 'string' || RESERVED.test(event)) {
      rejectOption(`${where}.event`, 'the name of an event, and none of the client’s own');
    }
    const fill = data === undefined ? () => undefined : compileTemplate(data, `${where}.data`);
    commands[type] = (command, session) => ({ event, data: fill(valuesOf(command, session)) });
    const asks = type === 'send' && ack === true;
    manners[event] = { repeatable: resend === 'safe', ...manner, ...(asks && { ack: true }) };
    const answer = `${event}:answer`;
    if (type === 'send') answers[answer] = readAnswer(answer, options);
    if (type === 'history') Object.assign(answers, compileEvents({ [answer]: 'history' }, options));
  }
  return {
    manners,
    codec: defineCodec<LooseEvent>({
      traits: { ack: ack === true ? 'reply' : ack || 'handover', greets, resend, resume },
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

function oneOf(where: string, value: unknown, ...allowed: unknown[]): void {
  if (!allowed.includes(value)) rejectOption(where, `one of ${allowed.join(', ')}`);
}
