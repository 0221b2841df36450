/** This file is long because the life of a message on its way, from stored to settled, is best read in one piece. */
import { Timer, type Clock } from '../platform/clock.js';
import type { Lease } from '../platform/lease.js';
import { byKey, type Table } from '../platform/table.js';
import type { Send } from '../protocol/client-command.js';
import type { ServerEventOf } from '../protocol/server-event.js';
import { SendError } from './send-error.js';
import type { ChatMessage, Delivery } from './state.js';

/** Most messages without an ack at once (docs/protocol.md, "Promises"). */
const WINDOW = 32;
/** A send without an ack asks the line for a sign of life after this time, in milliseconds. */
const PROBE_MS = 4000;
/** A storage that has not answered by then is not waited for, in milliseconds; what it has comes in later. */
const LOAD_MS = 3000;
/** How often it is looked whether another page has left messages behind, in milliseconds. */
const LEFT_BEHIND_MS = 5000;
/** A send without an ack on a living line is repeated after this time, in milliseconds. */
const RESEND_MS = 10_000;

/** A guest message that has not been acknowledged, as it is stored. */
export interface OutboxEntry extends Send {
  /** The guest it is from, as the page named them; another guest's outbox does not take it up. */
  readonly owner?: string;
  /** When it was written, on this device's clock, in milliseconds since 1970. */
  readonly writtenAt: number;
  /** Set when it was refused for good; it waits for Try again or Delete. */
  readonly failure?: ChatMessage['failure'];
  /** The page that sends it, where pages cannot agree on one that sends for all. */
  readonly page?: string;
}

/** What an outbox needs, and whom it tells. */
export interface OutboxOptions {
  clock: Clock;
  table: Table<OutboxEntry>;
  /** The guest as the page named them. */
  owner: string | undefined;
  /** Whether anything may be stored: merely to look into a database makes one. */
  anyStored(): boolean;
  /** Where it is kept which key was the last, so that the next page can go on before it has looked into the table. */
  numbering: { readonly lastKey: number; numbered(key: number): void };
  /** Where pages share what is stored and cannot agree on one that sends: each sends its own, and what dead ones left. */
  lease: Lease | undefined;
  /** Whether messages are confirmed by events, so that several may be under way; otherwise each waits for its answer. */
  confirmedByEvents(): boolean;
  /** Hands a message to the line; rejects when there is none, with a `SendError` when it must not be sent at all. */
  transmit(send: Send): Promise<unknown>;
  /** Asks the line for a sign of life. @param owedForMs how long it has owed an ack */
  probe(owedForMs: number): void;
  /** The line lives but brings no ack, not even for what was repeated: another one may. */
  giveUp(): void;
  /** Messages of an earlier or another page were found. */
  onLoaded(entries: readonly OutboxEntry[]): void;
  /** A message of ours is stored, and another tab sends for all. */
  onHandOver(key: string, entry: OutboxEntry): void;
  onDelivery(clientId: string, state: Delivery, failure?: ChatMessage['failure']): void;
  /** A message is done with: it has arrived, or was refused for good. */
  onSettled?(arrived: boolean): void;
}

interface Item {
  readonly key: string;
  entry: OutboxEntry;
  state: 'storing' | 'waiting' | 'in-flight' | 'failed';
  /** Whether it was written in this tab. */
  readonly mine?: boolean;
}

/**
 * Guest messages on their way: stored before they are sent, sent in order, settled by an ack. One key per entry, so that
 * no write can damage another. What goes wrong temporarily is sent again from there on, in order, under the same ids.
 */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #overdue: Timer;
  readonly #pause: Timer;
  readonly #leftBehind: Timer;
  #items: Item[] = [];
  /** Ids that are done with: a table that is being read may still have them. */
  readonly #done = new Set<string>();
  /** Whether what is under way has been repeated without an ack since. */
  #repeated = false;
  #lastKey = 0;
  /** Whether this tab sends. */
  #leads = false;
  /** Until what is stored is here, nothing new goes out: it would overtake. */
  #loading = false;
  #open = false;
  /** Raised when everything is forgotten: what is on its way from the storage then comes too late. */
  #generation = 0;
  #pausedUntil = 0;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#overdue = new Timer(options.clock);
    this.#pause = new Timer(options.clock);
    this.#leftBehind = new Timer(options.clock);
  }

  /** How many messages wait to be acknowledged. */
  get waiting(): number {
    return this.#items.filter(({ state }) => state !== 'failed').length;
  }

  /** This tab sends from now on, for all tabs: takes up what is stored, before anything new. */
  async lead(): Promise<void> {
    this.#leads = this.#loading = true;
    this.#options.lease?.begin();
    const patience = new Timer(this.#options.clock);
    await Promise.race([this.#load(), new Promise<void>((resolve) => patience.set(LOAD_MS, resolve))]);
    patience.clear();
    this.#loading = false;
    this.#flush();
  }

  /** Another tab sends. What is stored is its affair; what this tab wrote it hands over once more, lest it be lost. */
  follow(): void {
    this.end();
    this.#items = this.#items.filter(({ mine, state }) => mine && state !== 'failed');
    for (const item of this.#items) if (item.state !== 'storing') this.#handOver(item);
  }

  /** This tab does not send any more, or not for now. */
  end(): void {
    this.close();
    this.#leads = this.#loading = false;
    this.#leftBehind.clear();
    this.#options.lease?.end();
  }

  /** Ids of messages that were written in this tab and are not done with. */
  get mine(): string[] {
    return this.#items.filter(({ mine }) => mine).map(({ entry }) => entry.clientId);
  }

  /** Takes a message that another tab has stored. */
  take(key: string, entry: OutboxEntry): void {
    if (this.#find(entry.clientId) >= 0) return;
    this.#insert({ key, entry, state: 'waiting' });
    this.#flush();
  }

  /** Stores a message, then sends it when its turn comes. */
  async add(entry: OutboxEntry): Promise<void> {
    const { lease } = this.#options;
    const written = lease ? { ...entry, page: lease.id } : entry;
    const item: Item = { key: this.#nextKey(entry), entry: written, state: 'storing', mine: true };
    this.#insert(item);
    await this.#store(item);
  }

  /** The line can take messages. */
  open(): void {
    this.#open = true;
    this.refresh();
    this.#flush();
  }

  /** Looks again at what is stored: a page may have gone between storing a message and handing it over. */
  refresh(): void {
    if (this.#leads && !this.#loading) void this.#load();
  }

  /** The line is gone: what was under way waits again. */
  close(): void {
    this.#open = false;
    this.#overdue.clear();
    this.#pause.clear();
    this.#pausedUntil = 0;
    this.#repeated = false;
    this.#recall(0, true);
  }

  /**
   * The server has a message: its entry is done.
   * @returns whether it was here
   */
  settle(clientId: string): boolean {
    const index = this.#find(clientId);
    if (index < 0) return false;
    const [item] = this.#items.splice(index, 1);
    this.#done.add(clientId);
    this.#repeated = false;
    void this.#options.table.delete(item!.key);
    this.#options.onSettled?.(true);
    this.#watch();
    this.#flush();
    return true;
  }

  /** The server refused a message: for good, or for `retryAfterMs`. */
  refuse({ clientId, code, message, retryAfterMs }: Omit<ServerEventOf<'nack'>, 'type'>): void {
    const index = this.#find(clientId);
    const item = this.#items[index];
    if (!item || item.state === 'failed') return;
    if (retryAfterMs === undefined) {
      this.#fail(item, { code, message });
      return;
    }
    this.#recall(index);
    const { clock } = this.#options;
    // A shorter pause does not cut a longer one short.
    this.#pausedUntil = Math.max(this.#pausedUntil, clock.now() + retryAfterMs);
    this.#pause.set(this.#pausedUntil - clock.now(), () => this.#flush());
  }

  /** Sends a refused message again, behind what waits, under the same id. */
  async retry(clientId: string): Promise<void> {
    const index = this.#find(clientId);
    if (this.#items[index]?.state !== 'failed') return;
    const [old] = this.#items.splice(index, 1);
    const { failure: _past, ...entry } = old!.entry;
    const item: Item = { key: this.#nextKey(entry), entry, state: 'storing', mine: old!.mine };
    this.#insert(item);
    this.#options.onDelivery(clientId, 'queued');
    await this.#store(item);
    await this.#options.table.delete(old!.key);
  }

  /**
   * Drops a message that is not under way.
   * @returns whether it was dropped
   */
  remove(clientId: string): boolean {
    const index = this.#find(clientId);
    const item = this.#items[index];
    if (!item || item.state === 'in-flight') return false;
    this.#items.splice(index, 1);
    this.#done.add(clientId);
    void this.#options.table.delete(item.key);
    return true;
  }

  /** Another tab has done with a message: it was refused for good, or given up. */
  drop(clientId: string): void {
    const index = this.#find(clientId);
    if (index >= 0) this.#items.splice(index, 1);
  }

  /** Forgets every message here; what is stored is the affair of whoever wants it forgotten. */
  forget(): void {
    this.#generation++;
    this.close();
    this.#leftBehind.clear();
    this.#items = [];
  }

  /** Forgets every message, here and in the storage. */
  async clear(): Promise<void> {
    this.forget();
    await this.#options.table.clear();
  }

  async #load(): Promise<void> {
    if (!this.#options.anyStored()) return;
    const { table, lease, owner, onLoaded } = this.#options;
    const generation = this.#generation;
    const stored = await table.entries();
    const found = new Map<string, Item>();
    let others = false;
    for (const [key, entry] of stored) {
      if (!isEntry(entry) || entry.owner !== owner || this.#done.has(entry.clientId)) continue;
      if (lease && !(await this.#claim(key, entry))) {
        others = true;
        continue;
      }
      // The same message twice: a page ended in the middle of Try again. The later one counts.
      found.delete(entry.clientId);
      found.set(entry.clientId, { key, entry, state: entry.failure ? 'failed' : 'waiting' });
    }
    if (generation !== this.#generation || !this.#leads) return;
    const fresh = [...found.values()].filter(
      ({ entry: { clientId } }) => this.#find(clientId) < 0 && !this.#done.has(clientId),
    );
    this.#lastKey = Math.max(this.#lastKey, ...stored.map(([key]) => Number.parseInt(key, 10) || 0));
    for (const item of fresh) this.#insert(item);
    if (others) this.#leftBehind.set(LEFT_BEHIND_MS, () => void this.#load());
    if (fresh.length) onLoaded(fresh.map(({ entry }) => entry));
    this.#flush();
  }

  /** Whether a stored message is ours to send: its page is ours, or gone. */
  async #claim(key: string, { page }: OutboxEntry): Promise<boolean> {
    const { table, lease } = this.#options;
    if (!lease || page === lease.id) return true;
    if (lease.holds(page)) return false;
    let ours = false;
    await table.update(key, (entry) => {
      ours = entry.page === page || entry.page === lease.id;
      return ours ? { ...entry, page: lease.id } : undefined;
    });
    return ours;
  }

  #handOver({ key, entry }: Item): void {
    this.#options.onHandOver(key, entry);
  }

  /** Puts an item where its key belongs: in the order of writing. */
  #insert(item: Item): void {
    let at = this.#items.length;
    while (at > 0 && byKey([this.#items[at - 1]!.key, 0], [item.key, 0]) > 0) at--;
    this.#items.splice(at, 0, item);
  }

  #find(clientId: string): number {
    return this.#items.findIndex(({ entry }) => entry.clientId === clientId);
  }

  /**
   * Keys sort in the order of writing, also over reloads and when the wall clock was set back in between. The id makes
   * them differ when two pages write in the same millisecond.
   */
  #nextKey({ clientId }: OutboxEntry): string {
    const { numbering, clock } = this.#options;
    this.#lastKey = Math.max(this.#lastKey + 1, numbering.lastKey + 1, clock.date());
    numbering.numbered(this.#lastKey);
    return `${String(this.#lastKey).padStart(16, '0')} ${clientId}`;
  }

  async #store(item: Item): Promise<void> {
    await this.#options.table.put(item.key, item.entry);
    if (item.state !== 'storing') return;
    item.state = 'waiting';
    if (this.#leads) this.#flush();
    else this.#handOver(item);
  }

  /** Sends what may go, in order: never past one that is not stored yet, never more than the window at once. */
  #flush(): void {
    if (!this.#leads || this.#loading || !this.#open || this.#pause.pending) return;
    const under = this.#items.filter(({ state }) => state === 'in-flight').length;
    let room = (this.#options.confirmedByEvents() ? WINDOW : 1) - under;
    for (const item of this.#items) {
      if (item.state === 'failed' || item.state === 'in-flight') continue;
      if (item.state === 'storing' || room-- <= 0) return;
      this.#transmit(item);
    }
  }

  #transmit(item: Item): void {
    const { writtenAt: _local, owner: _owner, failure: _past, page: _page, ...send } = item.entry;
    item.state = 'in-flight';
    this.#options.onDelivery(send.clientId, 'sending');
    this.#options.transmit(send).catch((error: unknown) => {
      if (error instanceof SendError) this.#fail(item, { code: error.code, message: error.message });
      // The line broke under it; its end is told by `close`, and the message waits.
      else this.#recall(this.#items.indexOf(item), true);
    });
    if (!this.#overdue.pending) this.#watch();
  }

  /** Watches the oldest message under way. */
  #watch(): void {
    this.#overdue.clear();
    if (!this.#items.some(({ state }) => state === 'in-flight')) return;
    // A wire with answers says itself when none comes, and to repeat a request that is being answered makes two of it.
    if (!this.#options.confirmedByEvents()) return;
    this.#overdue.set(PROBE_MS, () => {
      this.#options.probe(PROBE_MS);
      this.#overdue.set(RESEND_MS - PROBE_MS, () => {
        if (this.#repeated) return this.#options.giveUp();
        this.#repeated = true;
        this.#recall(0);
        this.#flush();
      });
    });
  }

  /** Takes back everything under way from an index on, so that it goes out again in order. */
  #recall(from: number, lineLost = false): void {
    if (from < 0) return;
    for (const item of this.#items.slice(from)) {
      if (item.state !== 'in-flight') continue;
      item.state = 'waiting';
      if (lineLost) this.#options.onDelivery(item.entry.clientId, 'queued');
    }
  }

  #fail(item: Item, failure: NonNullable<ChatMessage['failure']>): void {
    item.state = 'failed';
    item.entry = { ...item.entry, failure };
    void this.#options.table.put(item.key, item.entry);
    this.#options.onDelivery(item.entry.clientId, 'failed', failure);
    this.#options.onSettled?.(false);
    this.#watch();
    this.#flush();
  }
}

/** Whether what was stored has the form of an entry; an older or a foreign script may have written it. */
function isEntry(stored: OutboxEntry | undefined): stored is OutboxEntry {
  return (
    typeof stored?.clientId === 'string' &&
    typeof stored.text === 'string' &&
    Number.isFinite(stored.writtenAt)
  );
}
