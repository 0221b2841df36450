import { defineCodec, type Codec, type CodecCommand, type CommandTable } from '../../protocol/codec.js';
import type { Frame, Framing } from '../../protocol/frame.js';
import type { LooseEvent } from '../../protocol/loose-event.js';
import { DAY_MS, MIN_HEARTBEAT_MS } from '../../protocol/offer.js';
import type { Session } from '../../protocol/session.js';
import type { WebSocketTransportOptions } from '../../transports/websocket.js';
import { compileEvents, rejectOption, valuesOf, type Values } from '../mapping.js';
import {
  NATIVE_EVENTS,
  compileSaying,
  expectFields,
  expectOneOf,
  listCommands,
  readTraits,
  type Saying,
} from '../speech.js';
import { compileEnvelope, type Envelope } from './envelope.js';
import {
  NATIVE_COMMANDS,
  type WebsocketHeartbeat,
  type WebsocketOptions,
  type WebsocketSaying,
} from './wire.js';

/** Silence before a ping, in milliseconds. */
const INTERVAL_MS = 25_000;

/** A way to speak, and how its frames look on the wire. */
export interface WebsocketSpeech extends Pick<WebSocketTransportOptions, 'heartbeat'> {
  /** Translates. What it says is a list of frames as they are written; its name is that of the first. */
  readonly codec: Codec<LooseEvent>;
  readonly framing: Framing;
  /** What is said back at once to a frame of the server, such as a ping; undefined for nothing. */
  answer(frame: Frame): Frame | undefined;
}

/**
 * Makes a codec from a description of names and fields.
 * @throws {BackendError} `options-invalid` when the description is wrong
 */
export function websocketSpeech(options: WebsocketOptions): WebsocketSpeech {
  // JSON says null for what is not given.
  const ack = options.ack ?? 'handover';
  expectOneOf('ack', ack, 'event', 'handover');
  const wrapping = compileEnvelope(options.envelope ?? {});
  const table = listCommands(options.commands ?? NATIVE_COMMANDS).map(([type, said, where]) => {
    const say = compileSayings(said, where, type, wrapping);
    return [type, (command: CodecCommand, session: Session) => say(valuesOf(command, session))] as const;
  });
  if (!table.some(([type]) => type === 'send')) rejectOption('commands.send', 'how a message is sent');
  return {
    framing: wrapping.framing,
    codec: defineCodec<LooseEvent>({
      traits: readTraits(ack, options),
      commands: Object.fromEntries(table) as CommandTable,
      events: compileEvents(options.events ?? NATIVE_EVENTS, options),
    }),
    ...compileHeartbeat(options.heartbeat ?? {}, wrapping),
  };
}

function compileHeartbeat(
  heartbeat: WebsocketHeartbeat,
  envelope: Envelope,
): Pick<WebsocketSpeech, 'heartbeat' | 'answer'> {
  expectFields('heartbeat', heartbeat, 'ping', 'intervalMs', 'answers');
  const { ping, answers } = heartbeat;
  const intervalMs = heartbeat.intervalMs ?? INTERVAL_MS;
  if (typeof intervalMs !== 'number' || !(intervalMs >= MIN_HEARTBEAT_MS && intervalMs <= DAY_MS)) {
    rejectOption('heartbeat.intervalMs', `milliseconds from ${MIN_HEARTBEAT_MS} to ${DAY_MS}`);
  }
  const ask = ping ? compileSayings(ping, 'heartbeat.ping', 'ping', envelope) : undefined;
  const backs = new Map(
    Object.entries(answers ?? {}).map(([name, said]) => [
      name,
      compileSayings(said, `heartbeat.answers.${name}`, name, envelope),
    ]),
  );
  return {
    answer: ({ event, data }) => backs.get(event)?.({ command: data }),
    ...(ask && {
      heartbeat: {
        intervalMs,
        ping: (now) => ask({ t: Math.round(now), command: { t: Math.round(now) } }),
      },
    }),
  };
}

/**
 * Makes what is said of one thing: a frame or several.
 * @param name what it is called where frames have no names
 */
function compileSayings(
  said: WebsocketSaying | readonly WebsocketSaying[],
  where: string,
  name: string,
  envelope: Envelope,
): (values: Values) => Frame {
  const several = Array.isArray(said);
  const frames = (several ? (said as readonly WebsocketSaying[]) : [said as WebsocketSaying]).map(
    (each, index) => compileFrame(each, several ? `${where}.${index}` : where, name, envelope),
  );
  const event = frames[0]?.event ?? name;
  return (values) => ({
    event,
    data: frames.map(({ write }) => write(values)).filter((whole) => whole !== undefined),
  });
}

function compileFrame(
  said: WebsocketSaying,
  where: string,
  name: string,
  envelope: Envelope,
): { event: string; write(values: Values): unknown } {
  const saying = envelope.named || typeof said !== 'object' ? said : { event: name, ...said };
  const { event, fill, more } = compileSaying(saying as string | Saying, where);
  const [unknown] = Object.keys(more);
  if (unknown) rejectOption(`${where}.${unknown}`, 'event or data');
  const data = typeof saying === 'object' ? saying.data : '$command';
  if (
    envelope.flat &&
    data !== undefined &&
    data !== '$command' &&
    (typeof data !== 'object' || Array.isArray(data))
  ) {
    rejectOption(`${where}.data`, 'an object, since its fields stand beside the name (envelope.sent.data)');
  }
  if (!envelope.named && data === undefined) rejectOption(`${where}.data`, 'what the frame is');
  return { event, write: (values) => envelope.wrap(event, fill(values)) };
}
