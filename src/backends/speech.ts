/** What backends have in common that are told as data how their server speaks. */
import type { ClientCommand } from '../protocol/client-command.js';
import type { CodecTraits } from '../protocol/codec.js';
import {
  compileTemplate,
  rejectOption,
  type EventMeaning,
  type EventVocabulary,
  type Values,
} from './mapping.js';

const COMMANDS: readonly string[] = [
  ...(['hello', 'send', 'typing', 'read', 'history', 'escalate'] as const),
  ...(['stop', 'react', 'rate', 'identify', 'end'] as const),
] satisfies ClientCommand['type'][];

/** How a server speaks: what its events mean, and what it promises. */
export interface SpeechOptions extends EventVocabulary {
  /** What the server's events mean, by name; instead of our own names. */
  events?: Readonly<Record<string, EventMeaning>>;
  /**
   * Whether a message that was not confirmed may be sent again, because the server knows a repeated `clientId`.
   * @default 'safe' where nobody confirms, since nothing is ever repeated that went out; else 'ask'
   */
  resend?: CodecTraits['resend'];
  /** How missed messages are fetched, by the command `history`. @default 'none' */
  resume?: CodecTraits['resume'];
  /** Whether the server answers the `hello` with an event of the kind `welcome`. @default false */
  greets?: boolean;
}

/** One event that is said. */
export interface Saying {
  /** Its name. */
  event: string;
  /** What goes with it: a template (`compileTemplate`). Default: nothing. */
  data?: unknown;
}

/** Our own names for what a server tells. */
export const NATIVE_EVENTS: NonNullable<SpeechOptions['events']> = {
  welcome: 'welcome',
  history: 'history',
  // As in docs/protocol.md, or without the envelope.
  message: { kind: 'message', at: ['message', ''] },
  ack: 'ack',
  nack: 'nack',
  delta: 'delta',
  typing: 'typing',
  joined: 'joined',
  left: 'left',
  mode: 'mode',
  error: 'error',
  bye: 'bye',
};

/**
 * What a server promises.
 * @param ack how it confirms a message
 * @throws {BackendError} `options-invalid` when an option is none of its values
 */
export function readTraits(ack: CodecTraits['ack'], options: SpeechOptions): CodecTraits {
  const { resend = ack === 'handover' ? 'safe' : 'ask', resume = 'none', greets = false } = options;
  expectOneOf('resend', resend, 'safe', 'ask');
  expectOneOf('resume', resume, 'none', 'history', 'cursor');
  expectOneOf('greets', greets, true, false);
  return { ack, greets, resend, resume };
}

/**
 * The commands that a server can be told, by what they are called here.
 * @throws {BackendError} `options-invalid` for a command that there is not
 */
export function listCommands<T>(
  commands: Readonly<Partial<Record<ClientCommand['type'], T | false>>>,
): (readonly [type: ClientCommand['type'], said: T, where: string])[] {
  return Object.entries(commands).flatMap(([type, said]) => {
    const where = `commands.${type}`;
    expectOneOf(where, type, ...COMMANDS);
    return said === false ? [] : [[type as ClientCommand['type'], said as T, where] as const];
  });
}

/**
 * Reads how one event is said: by a name alone, with all the fields of the command, or as described.
 * @param where name of the option, for complaints
 * @param reserved names that no event may have
 * @returns its name, what makes its data, and whatever else the description has
 * @throws {BackendError} `options-invalid` when it has no name, or its data is no template
 */
export function compileSaying<T extends Saying>(
  saying: string | T,
  where: string,
  reserved = /^$/,
): { event: string; fill: (values: Values) => unknown; more: Omit<T, keyof Saying> } {
  const { event, data, ...more } = (
    typeof saying === 'string' ? { event: saying, data: '$command' } : (saying ?? {})
  ) as T;
  if (typeof event !== 'string' || reserved.test(event)) {
    rejectOption(`${where}.event`, 'the name of an event, and none that is taken');
  }
  const fill = data === undefined ? () => undefined : compileTemplate(data, `${where}.data`);
  return { event, fill, more };
}

/** @throws {BackendError} `options-invalid` unless a value is an object, and has no other fields than these */
export function expectFields(where: string, value: unknown, ...fields: string[]): void {
  if (typeof value !== 'object' || value === null) rejectOption(where, 'an object');
  for (const field of Object.keys(value)) expectOneOf(`${where}.${field}`, field, ...fields);
}

/** @throws {BackendError} `options-invalid` unless a value is one of those allowed */
export function expectOneOf(where: string, value: unknown, ...allowed: unknown[]): void {
  if (!allowed.includes(value)) rejectOption(where, `one of ${allowed.join(', ')}`);
}
