import { Timer, type Clock } from '../platform/clock.js';
import type { ClientCommandOf } from '../protocol/client-command.js';
import type { Message } from '../protocol/message.js';
import type { ServerEventOf } from '../protocol/server-event.js';
import type { LocalEvent } from './reduce.js';

/** Nothing that came ahead of a gap is held longer, and no request is waited for longer, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Messages asked for to fill a gap; the most one request may have. */
const GAP_LIMIT = 200;
/** Messages asked for when the guest scrolls up. */
const PAGE_LIMIT = 50;

type PageEvent = Extract<LocalEvent, { type: 'local/page' }>;

/** What `Resume` needs, and whom it tells. */
export interface ResumeOptions {
  clock: Clock;
  ask(command: ClientCommandOf<'history'>): void;
  onMessage(message: Message): void;
  onPage(event: PageEvent): void;
  /** What was missed is here: the outbox may flow. */
  onResumed(): void;
}

/** Where a numbering stands; what a `hello` carries. */
export interface Cursor {
  readonly epoch?: string;
  /** Last contiguous `seq` held. */
  readonly after?: number;
}

/**
 * Lets messages through in `seq` order, every one once. What arrives ahead of a gap is held while the server is asked;
 * a gap that one answer does not fill is skipped.
 */
export class Resume {
  readonly #options: ResumeOptions;
  readonly #patience: Timer;
  readonly #hold: Timer;
  #epoch: string | undefined;
  #cursor: number | undefined;
  /** Ahead of the cursor: messages to show, and `undefined` for numbers that acks have accounted for. */
  #held = new Map<number, Message | undefined>();
  #asked: PageEvent['page'] | undefined;
  #oldest: number | undefined;
  #resuming = false;
  /** How far the history after the welcome ought to reach; 0 when that has been asked for once more. */
  #promised = 0;
  /** Something is missing after the cursor, and could not be asked for yet. */
  #gap = false;

  constructor(options: ResumeOptions) {
    this.#options = options;
    this.#patience = new Timer(options.clock);
    this.#hold = new Timer(options.clock);
  }

  /** What the next `hello` tells the server. */
  get cursor(): Cursor {
    return this.#cursor === undefined ? {} : { epoch: this.#epoch, after: this.#cursor };
  }

  /** Goes on from where another tab stood. */
  adopt({ epoch, after }: Cursor): void {
    this.#epoch = epoch;
    this.#cursor = epoch === undefined ? undefined : after;
  }

  /** Forgets the numbering: the conversation is another one. */
  forget(): void {
    this.#epoch = this.#cursor = undefined;
    this.lost();
  }

  /** The line is gone: no answer will come, and the next history fills every gap. */
  lost(): void {
    this.#patience.clear();
    this.#hold.clear();
    this.#held.clear();
    this.#asked = undefined;
    this.#resuming = this.#gap = false;
  }

  /** A line was greeted; exactly one history will follow. */
  welcomed({
    epoch,
    resumed,
    lastSeq,
  }: Pick<ServerEventOf<'welcome'>, 'epoch' | 'resumed' | 'lastSeq'>): void {
    const continues = this.#cursor !== undefined && resumed && epoch === this.#epoch;
    if (!continues) this.#cursor = undefined;
    this.#epoch = epoch;
    this.#promised = lastSeq;
    this.#resuming = true;
    this.#await(continues ? 'after' : 'newest');
  }

  /** A page of history arrived. */
  history({ messages, hasMore }: ServerEventOf<'history'>): void {
    const last = messages.at(-1)?.seq ?? 0;
    // An answer that nobody waits for any more is told by what is in it.
    const page = this.#asked ?? (last <= (this.#cursor ?? 0) ? 'before' : 'after');
    const before = this.#cursor;
    this.#asked = undefined;
    this.#patience.clear();
    this.#options.onPage({ type: 'local/page', page, messages, hasMore });
    if (page === 'newest') this.#cursor = last;
    else if (page === 'after') this.#advance(last);
    // A server that says "more" and brings nothing new is not asked again.
    const more = page === 'after' && hasMore && this.#cursor !== before;
    const short = page !== 'before' && (this.#cursor ?? 0) < this.#promised;
    if (more || (page === 'before' && this.#gap)) this.#askAfter();
    else if (short) this.#askOnceMore();
    else if (page !== 'before') this.#release();
    this.#finish();
    this.#askOlder();
  }

  /** A message arrived. */
  message(message: Message): void {
    this.#account(message.seq, message);
  }

  /** An ack numbered one of our messages; it is shown already. */
  ack(seq: number): void {
    this.#account(seq, undefined);
  }

  /** Asks again from the cursor, because something is missing. */
  repair(): void {
    this.#gap = true;
    if (!this.#asked && this.#cursor !== undefined) this.#askAfter();
  }

  /** Asks for messages before `seq`. */
  older(seq: number): void {
    this.#oldest = seq;
    this.#askOlder();
  }

  #account(seq: number, message: Message | undefined): void {
    if (this.#cursor !== undefined && seq <= this.#cursor + 1) {
      if (message) this.#options.onMessage(message);
      this.#advance(seq);
      this.#drain();
      return;
    }
    if (message || !this.#held.has(seq)) this.#held.set(seq, message);
    if (!this.#hold.pending) this.#hold.set(PATIENCE_MS, () => this.#release());
    this.repair();
  }

  #advance(seq: number): void {
    this.#cursor = Math.max(this.#cursor ?? 0, seq);
  }

  /** Lets through what has become contiguous. */
  #drain(): void {
    for (const seq of this.#heldInOrder()) {
      if (seq > this.#cursor! + 1) return;
      this.#let(seq);
    }
    this.#hold.clear();
  }

  #heldInOrder(): number[] {
    return [...this.#held.keys()].sort((a, b) => a - b);
  }

  /** Lets everything through that is held, and goes on behind it. */
  #release(): void {
    this.#hold.clear();
    for (const seq of this.#heldInOrder()) this.#let(seq);
  }

  #let(seq: number): void {
    const message = this.#held.get(seq);
    this.#held.delete(seq);
    if (message) this.#options.onMessage(message);
    this.#advance(seq);
  }

  #askAfter(): void {
    this.#gap = false;
    this.#await('after');
    this.#options.ask({ type: 'history', after: this.#cursor ?? 0, limit: GAP_LIMIT });
  }

  /** The history that was to follow the welcome did not come, or not up to where the welcome said. */
  #askOnceMore(page: PageEvent['page'] = 'after'): void {
    const promised = this.#promised;
    this.#promised = 0;
    // What is held came at about the time of the question that was not answered: it waits for this one, too.
    if (this.#hold.pending) this.#hold.set(PATIENCE_MS, () => this.#release());
    if (page === 'after') return this.#askAfter();
    this.#await(page);
    this.#options.ask({ type: 'history', before: promised + 1, limit: PAGE_LIMIT });
  }

  /** One request is in flight at a time, and gaps go first. */
  #askOlder(): void {
    if (this.#oldest === undefined || this.#asked || this.#resuming) return;
    const before = this.#oldest;
    this.#oldest = undefined;
    this.#await('before');
    this.#options.ask({ type: 'history', before, limit: PAGE_LIMIT });
  }

  #await(page: PageEvent['page']): void {
    this.#asked = page;
    // A server that never answers must not stop the outbox or hold messages back.
    this.#patience.set(PATIENCE_MS, () => {
      this.#asked = undefined;
      if (this.#resuming && this.#promised > (this.#cursor ?? 0)) {
        this.#askOnceMore(page);
      } else {
        this.#cursor ??= 0;
        this.#release();
      }
      this.#finish();
    });
  }

  #finish(): void {
    if (!this.#resuming) return;
    this.#resuming = false;
    this.#options.onResumed();
  }
}
