import { defineCodec, type CommandTable, type EventTable } from '../../protocol/codec.js';
import { serverEventReaders, type ServerEvent } from '../../protocol/server-event.js';
import { toFrame } from './wire.js';

const events: EventTable<ServerEvent> = Object.fromEntries(
  Object.entries(serverEventReaders).map(([type, reader]) => [
    type,
    (data, onFault) => ({ type, ...reader(onFault)(data, '') }) as ServerEvent,
  ]),
);

const commands: CommandTable = {
  hello: toFrame,
  send: toFrame,
  typing: toFrame,
  read: toFrame,
  history: toFrame,
  escalate: toFrame,
  stop: toFrame,
  react: toFrame,
  rate: toFrame,
  identify: toFrame,
  end: toFrame,
  ping: toFrame,
};

/** The protocol of docs/protocol.md, whose names are the vocabulary itself. */
export const nativeCodec = defineCodec<ServerEvent>({
  traits: { ack: 'event', greets: true, resend: 'safe', resume: 'cursor' },
  commands,
  events,
});
