import type { Author } from '../src/protocol/message.js';
import type { ServerEvent } from '../src/protocol/server-event.js';
import type { ChatHost } from '../src/testing/host/chat-host.js';
import type { Conversation } from '../src/testing/host/conversation.js';
import type { Scenario } from '../src/testing/scenarios/scenario.js';
import { concernsDesk, summarise } from './desk-guest.js';
import type { DeskGuest } from './desk-protocol.js';
import { DeskTab, type DeskSocket } from './desk-tab.js';
import { WaitingRoom } from './waiting-room.js';

/** How the desk is set up. */
export interface StaffDeskOptions {
  /** What a desk has to show in its hello. Default nothing. */
  key?: string;
  /** A person whose last tab closed comes back within this time or has left, in milliseconds. Default 5000. */
  graceMs?: number;
}

/** Ids of people who sit at a desk begin with this, so that the scripted team is told from them. */
const DESK_ID = 'desk-';

/** Where people of the team answer guests: any number of tabs, one person in several of them, live lists. */
export class StaffDesk {
  readonly #host: ChatHost;
  readonly #key: string | undefined;
  readonly #graceMs: number;
  readonly #tabs = new Set<DeskTab>();
  readonly #room: WaitingRoom;
  /** Highest `seq` that somebody at a desk saw, by conversation. */
  readonly #seen = new Map<string, number>();
  readonly #changed = new Set<Conversation>();

  constructor(host: ChatHost, { key, graceMs = 5000 }: StaffDeskOptions = {}) {
    this.#host = host;
    this.#key = key;
    this.#graceMs = graceMs;
    this.#room = new WaitingRoom(
      host,
      () => this.#open().length > 0,
      ({ participants }) => participants.some(({ id }) => id.startsWith(DESK_ID)),
    );
  }

  /** Has to stand before those that play the team by script. */
  get scenario(): Scenario {
    return this.#room.scenario;
  }

  /** Takes a new tab. */
  connect(socket: DeskSocket): DeskTab {
    const tab = new DeskTab(this, socket);
    this.#tabs.add(tab);
    return tab;
  }

  /** Something was told in a conversation, or a connection came or went. */
  heard(conversation: Conversation, event?: ServerEvent): void {
    if (event?.type === 'mode' && event.mode !== 'queued') this.#room.leave(conversation);
    for (const tab of this.#open()) {
      if (event) tab.hear(conversation, event);
      if (tab.shows(conversation)) this.saw(conversation);
    }
    this.#announce(conversation);
  }

  /**
   * Takes up what an earlier server left: people have some time to come back to their desks, and who waits is taken in or
   * asks the script.
   */
  resume(): void {
    this.#afterGrace(() => {
      for (const conversation of this.#host.conversations) {
        if (conversation.mode !== 'queued') continue;
        if (this.#open().length > 0) this.#room.readmit(conversation);
        else this.#host.arrived({ conversation, command: { type: 'escalate' } });
      }
      this.#dismissAbsent();
    });
  }

  /** The person a hello names. @returns undefined when the key is not the right one */
  seat(name: string, avatarUrl: string | undefined, key: string | undefined): Author | undefined {
    if (this.#key !== undefined && key !== this.#key) return undefined;
    const id =
      DESK_ID +
      name
        .trim()
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    return { id, role: 'staff', name: name.trim(), ...(avatarUrl && { avatarUrl }) };
  }

  /** The conversation of an id. */
  find(id: string): Conversation | undefined {
    return this.#host.conversations.find((conversation) => conversation.id === id);
  }

  /** The list of guests. */
  guests(): DeskGuest[] {
    return this.#host.conversations.filter(concernsDesk).map((conversation) => this.#summary(conversation));
  }

  /** A person comes into a conversation; scripted colleagues leave it. */
  join(conversation: Conversation, person: Author): void {
    if (conversation.mode === 'closed') return;
    conversation.join(person);
    for (const other of conversation.participants) {
      if (!other.id.startsWith(DESK_ID)) conversation.leave(other);
    }
  }

  /** Somebody at a desk sees the newest message. */
  saw(conversation: Conversation): void {
    this.#seen.set(conversation.id, conversation.messages.length);
  }

  /** Ends a conversation. */
  end(conversation: Conversation, person: Author): void {
    this.#host.end(conversation, person);
  }

  /** Tells all tabs about a guest, once for everything that happens in one go. */
  refresh(conversation: Conversation): void {
    this.#announce(conversation);
  }

  /** A tab was closed. */
  closed(tab: DeskTab): void {
    this.#tabs.delete(tab);
    this.#afterGrace(() => {
      this.#dismissAbsent();
      if (this.#open().length === 0) this.#room.handBack();
    });
  }

  #open(): DeskTab[] {
    return [...this.#tabs].filter(({ person }) => person !== undefined);
  }

  #summary(conversation: Conversation): DeskGuest {
    return summarise(conversation, this.#seen.get(conversation.id) ?? 0);
  }

  #announce(conversation: Conversation): void {
    if (this.#changed.size === 0) queueMicrotask(() => this.#tellChanges());
    this.#changed.add(conversation);
  }

  #tellChanges(): void {
    const changed = [...this.#changed].filter(concernsDesk);
    this.#changed.clear();
    for (const conversation of changed) {
      const guest = this.#summary(conversation);
      for (const tab of this.#open()) tab.tell({ type: 'guest', guest });
    }
  }

  /** People without a tab leave their guests. */
  #dismissAbsent(): void {
    const present = new Set(this.#open().map(({ person }) => person?.id));
    for (const conversation of this.#host.conversations) {
      for (const author of conversation.participants) {
        if (author.id.startsWith(DESK_ID) && !present.has(author.id)) conversation.leave(author);
      }
    }
  }

  #afterGrace(act: () => void): void {
    this.#host.later(this.#graceMs, act);
  }
}
