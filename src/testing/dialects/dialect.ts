import type { ClientCommand } from '../../protocol/client-command.js';
import type { Frame } from '../../protocol/frame.js';
import type { ServerEvent } from '../../protocol/server-event.js';

/** The server half of a codec: what the codec decodes, it encodes, and the other way round. */
export interface Dialect {
  /** The frame that tells an event. */
  encode(event: ServerEvent): Frame;
  /**
   * The command a frame asks for; undefined when its name is unknown, which is to be ignored.
   * @throws {ProtocolError} when a known frame is malformed
   */
  decode(frame: Frame): ClientCommand | undefined;
}
