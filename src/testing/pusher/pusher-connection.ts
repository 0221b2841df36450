import { exceedsBytes } from '../../protocol/frame.js';
import type { TextSocket } from '../bindings/text-line.js';
import type { ServerEnd } from '../cable.js';
import { isGuarded, isPresence } from '../../transports/pusher-frame.js';
import { throughPhpArrays, type Manners } from './personality.js';
import type { PusherMember, PusherRoom } from './pusher-room.js';

/** A frame as the server writes it. */
export interface ServerFrame {
  readonly event: string;
  readonly channel?: string;
  readonly data?: unknown;
  readonly user_id?: string;
}

/** What a connection asks of the host. */
export interface ConnectionOptions {
  readonly socketId: string;
  readonly manners: Manners;
  readonly maxFrameBytes: number;
  /** The channel, made when there is none; undefined when it is not made and does not exist. */
  room(name: string, make: boolean): PusherRoom | undefined;
  /** Whether a signature is ours. */
  verify(socketId: string, channel: string, auth: unknown, channelData: unknown): Promise<boolean>;
  /** Whether one more client event is taken now; else why not. */
  clientEventFault(connection: PusherConnection): string | undefined;
  /** Something is being worked on. */
  onWork(work: Promise<void>): void;
  onClosed(connection: PusherConnection): void;
}

/** One connection, seen from the server. */
export class PusherConnection implements ServerEnd {
  readonly socketId: string;
  readonly rooms = new Set<PusherRoom>();
  /** A ping of the server is unanswered. */
  pinged = false;
  readonly #socket: TextSocket;
  readonly #options: ConnectionOptions;
  /** Frames are answered one after the other, also while a signature is checked. */
  #work: Promise<void> = Promise.resolve();
  #over = false;

  constructor(socket: TextSocket, options: ConnectionOptions) {
    this.socketId = options.socketId;
    this.#socket = socket;
    this.#options = options;
  }

  /** Greets. */
  establish(activityTimeoutS: number): void {
    const data = { socket_id: this.socketId, activity_timeout: activityTimeoutS };
    this.tell({ event: 'pusher:connection_established', data: JSON.stringify(data) });
  }

  tell(frame: ServerFrame): void {
    if (!this.#over) this.#socket.send(JSON.stringify(frame));
  }

  /** Complains. @param ends whether the connection is over with it, as far as this server ends connections */
  fault(code: number | null, message: string, ends = false): void {
    const { errorsAsText, hangUp } = this.#options.manners;
    const error = { code, message };
    this.tell({ event: 'pusher:error', data: errorsAsText ? JSON.stringify(error) : error });
    const close = ends && code !== null ? hangUp(code) : undefined;
    if (close !== undefined) this.close(close, close === 1006 ? '' : message);
  }

  close(code: number, reason: string): void {
    if (this.#over) return;
    this.closed();
    this.#socket.close(code, reason);
  }

  receive(text: unknown): void {
    this.pinged = false;
    this.#work = this.#work.then(() => this.#take(text));
    this.#options.onWork(this.#work);
  }

  closed(): void {
    if (this.#over) return;
    this.#over = true;
    for (const room of this.rooms) room.leave(this);
    this.#options.onClosed(this);
  }

  async #take(text: unknown): Promise<void> {
    if (this.#over) return;
    const { maxFrameBytes, manners } = this.#options;
    if (typeof text !== 'string' || exceedsBytes(text, maxFrameBytes)) return this.close(1009, 'too large');
    const { event, channel, data } = readText(text);
    if (typeof event !== 'string') return this.fault(4200, 'Invalid message format');
    const fields = (data ?? {}) as Record<string, unknown>;
    if (event === 'pusher:ping') this.tell({ event: 'pusher:pong', data: manners.pongData });
    else if (event === 'pusher:subscribe') await this.#subscribe(fields);
    else if (event === 'pusher:unsubscribe') this.#leave(String(fields.channel));
    else if (event.startsWith('client-')) this.#relay(event, String(channel), data);
  }

  async #subscribe({ channel, auth, channel_data }: Record<string, unknown>): Promise<void> {
    const { manners, verify, room } = this.#options;
    if (typeof channel !== 'string' || channel === '') return this.fault(4200, 'Invalid message format');
    if (isGuarded(channel) && !(await verify(this.socketId, channel, auth, channel_data))) {
      return this.#refuse(channel);
    }
    if (this.#over) return;
    const member = isPresence(channel) ? (JSON.parse(String(channel_data)) as PusherMember) : undefined;
    const joined = room(channel, true)!;
    joined.join(this, member);
    this.rooms.add(joined);
    const answer = member ? JSON.stringify({ presence: joined.presence }) : manners.subscribedData;
    this.tell({ event: 'pusher_internal:subscription_succeeded', channel, data: answer });
  }

  #refuse(channel: string): void {
    if (!this.#options.manners.namesChannels) return this.fault(4009, 'Connection is unauthorized');
    const data = { type: 'AuthError', error: 'The connection is unauthorized.', status: 401 };
    this.tell({ event: 'pusher:subscription_error', channel, data });
  }

  #leave(channel: string): void {
    const room = this.#options.room(channel, false);
    if (room && this.rooms.delete(room)) room.leave(this);
  }

  #relay(event: string, channel: string, data: unknown): void {
    const { manners, room: find, clientEventFault } = this.#options;
    const refused = clientEventFault(this);
    if (refused) return this.fault(4301, refused);
    if (!manners.publicClientEvents && !isGuarded(channel)) {
      return this.fault(null, 'Client event rejected - only supported on private and presence channels');
    }
    const room = find(channel, false);
    if (!room || !this.rooms.has(room)) {
      return this.fault(4009, 'The client is not a member of the specified channel');
    }
    if (manners.phpArrays && (typeof data !== 'object' || data === null)) {
      return this.fault(4200, 'Invalid message format');
    }
    const member = room.memberOf(this);
    for (const other of room.connections) {
      if (other === this) continue;
      other.tell({
        event,
        channel,
        data: manners.phpArrays ? throughPhpArrays(data) : data,
        ...(member && { user_id: String(member.user_id) }),
      });
    }
  }
}

function readText(text: string): { event?: unknown; channel?: unknown; data?: unknown } {
  try {
    return (JSON.parse(text) as object | null) ?? {};
  } catch {
    return {};
  }
}
