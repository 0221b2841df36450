import type { PusherConnection } from './pusher-connection.js';

/** A member of a presence channel, as the backend signed it. */
export interface PusherMember {
  /** Id of the user, with the type it has in JSON. */
  readonly user_id: string | number;
  /** What others see of the user. */
  readonly user_info?: unknown;
}

/** A channel that somebody has subscribed. */
export class PusherRoom {
  readonly name: string;
  /** Who has subscribed it; members on presence channels only. */
  readonly #seats = new Map<PusherConnection, PusherMember | undefined>();

  constructor(name: string) {
    this.name = name;
  }

  /** Connections, in the order they came. */
  get connections(): readonly PusherConnection[] {
    return [...this.#seats.keys()];
  }

  /** Members, each once, however many connections they have. */
  get members(): readonly PusherMember[] {
    const members = new Map<string, PusherMember>();
    for (const member of this.#seats.values()) if (member) members.set(String(member.user_id), member);
    return [...members.values()];
  }

  /** What a presence channel tells whoever comes in. */
  get presence(): object {
    const { members } = this;
    return {
      count: members.length,
      // An id keeps its type here, and is a text as a key.
      ids: members.map(({ user_id }) => user_id),
      hash: Object.fromEntries(members.map(({ user_id, user_info }) => [String(user_id), user_info ?? null])),
    };
  }

  memberOf(connection: PusherConnection): PusherMember | undefined {
    return this.#seats.get(connection);
  }

  /** Lets a connection in. Others hear of a member, but not of a member's second tab. */
  join(connection: PusherConnection, member: PusherMember | undefined): void {
    const isNew = member && !this.#has(member);
    this.#seats.set(connection, member);
    if (isNew) this.#tellOthers(connection, 'pusher_internal:member_added', member);
  }

  /** Lets it out again. */
  leave(connection: PusherConnection): void {
    const member = this.#seats.get(connection);
    if (!this.#seats.delete(connection) || !member || this.#has(member)) return;
    this.#tellOthers(connection, 'pusher_internal:member_removed', { user_id: member.user_id });
  }

  #has({ user_id }: PusherMember): boolean {
    return this.members.some((member) => String(member.user_id) === String(user_id));
  }

  #tellOthers(who: PusherConnection, event: string, data: object): void {
    for (const other of this.connections) {
      if (other !== who) other.tell({ event, channel: this.name, data: JSON.stringify(data) });
    }
  }
}
