import { systemClock, type Clock } from '../platform/clock.js';
import type { Frame } from '../protocol/frame.js';
import type { ServerEvent } from '../protocol/server-event.js';
import type { Backend, CompleteBackend } from './backend.js';
import { CompletedLink } from './completed-link.js';
import type { Handed } from './ledger.js';

/**
 * Makes a backend that promises less than docs/protocol.md keep the whole of it, as far as that can be done on this side:
 * a welcome and exactly one history begin each line, messages have ids, times and numbers, guest messages are confirmed,
 * a refused request becomes a `nack`. What cannot be done here stays in the traits.
 *
 * The result speaks the vocabulary itself: its frames carry commands and events as they are.
 * @param clock default: the real clock
 */
export function complete(backend: Backend, clock: Clock = systemClock): CompleteBackend {
  const { name, transport, codec } = backend;
  /** Guest messages whose fate on an earlier line is not known. */
  const unsettled = new Map<string, Handed>();
  return {
    name,
    codec: {
      traits: { ...codec.traits, greets: true },
      encode(command, session) {
        const known = command.type === 'hello' || command.type === 'history';
        return known || codec.encode(command, session) ? { event: command.type, data: command } : undefined;
      },
      decode: (frame: Frame) => frame.data as readonly ServerEvent[],
    },
    transport: {
      name: transport.name,
      url: transport.url,
      async open(session, events, signal) {
        const link = new CompletedLink({ codec, session, events, clock, unsettled });
        link.carry(await transport.open(link.session, link.lineEvents, signal));
        return link;
      },
    },
  };
}
