/** This file is longer than others because a switch between wires is only safe as long as all of its steps are seen together. */
import { Timer, systemClock, type Clock } from '../platform/clock.js';
import type { Frame } from '../protocol/frame.js';
import type { Session } from '../protocol/session.js';
import {
  LinkError,
  type CloseReason,
  type Link,
  type LinkClose,
  type LinkEvents,
  type LinkReport,
  type Transport,
} from './transport.js';

/**
 * A wire that has not opened after this time is not waited for any longer before the next is tried beside it, in milliseconds. A
 * chat wants a line within 5 s of a failure, and the connection may have waited for one of them already.
 */
const PATIENCE_MS = 3000;
/** First pause before a better wire is tried again, in milliseconds; it doubles with each failure. */
const BETTER_MS = 60_000;
const MAX_BETTER_MS = 600_000;
/** A signal that the network has changed makes up for the pause, but not more often than this, in milliseconds. */
const EAGER_GAP_MS = 10_000;
/** A wire that says "never" is left out for this long, in milliseconds: somebody may have corrected the server. */
const REST_MS = 600_000;

/** Reasons that are about the guest or the conversation; another wire would say the same. */
const VERDICTS: ReadonlySet<CloseReason> = new Set(['gone', 'ended', 'replaced']);

/** How several wires stand in for one another. */
export interface FallbackOptions {
  /** The wires, the best first. They carry the same conversation; what a worse one cannot carry up, it drops. */
  transports: readonly Transport[];
  /** How long one is waited for before the next is tried beside it, in milliseconds. Default 3000. */
  patienceMs?: number;
  /** First pause before a better one is tried again, in milliseconds; doubled up to ten minutes. Default 60000. */
  betterMs?: number;
  /** Default: the real clock. */
  clock?: Clock;
}

/**
 * Tries wires in order and keeps to the best that works. The next one is tried as soon as one fails, or beside one that takes
 * too long. While a worse one carries, better ones are tried again in the background; it is let go only when the better
 * one is open and everything that the worse one still had was fetched. So nothing is lost in a switch, and nothing is told in
 * another order; what both wires bring is told twice, and known by its id.
 *
 * A line that is lost ends the whole: the next `open` begins with the best again.
 */
export function fallbackTransport(options: FallbackOptions): Transport {
  const { transports, clock = systemClock } = options;
  if (transports.length === 1) return transports[0]!;
  const resting = new Map<Transport, number>();
  return {
    name: transports.map(({ name }) => name).join(', '),
    async open(session, events, signal) {
      signal.throwIfAborted();
      const now = clock.now();
      const usable = transports.filter((each) => (resting.get(each) ?? -Infinity) <= now);
      const candidates = usable.length ? usable : transports;
      const link = new FallbackLink({ ...options, clock, resting, transports: candidates, session, events });
      await link.begin(signal);
      return link;
    },
  };
}

interface FallbackParts extends FallbackOptions {
  clock: Clock;
  /** Until when wires are left out, on the monotonic clock. */
  resting: Map<Transport, number>;
  session: Session;
  events: LinkEvents;
}

/** One try with one wire, and its line once it is open. */
interface Slot {
  readonly rank: number;
  readonly ending: AbortController;
  readonly begun: number;
  link?: Link;
  /** What its wire has told of itself. */
  wire?: LinkReport;
  /** What it has brought while another one carries. */
  held?: Frame[];
}

class FallbackLink implements Link {
  readonly #parts: FallbackParts;
  readonly #patience: Timer;
  readonly #better: Timer;
  readonly #closes: LinkClose[] = [];
  readonly #trying = new Set<Slot>();
  #settle: { resolve(): void; reject(error: unknown): void } | undefined;
  #current: Slot | undefined;
  /** How many wires were tried since the line was wanted. */
  #tried = 0;
  #pauses = 0;
  #lastLook = -Infinity;
  #over = false;

  constructor(parts: FallbackParts) {
    this.#parts = parts;
    this.#patience = new Timer(parts.clock);
    this.#better = new Timer(parts.clock);
  }

  /** Id of the connection, where the wire that carries has one; see `PusherLink`. */
  get socketId(): string | undefined {
    const link = this.#current?.link;
    return link && 'socketId' in link ? (link.socketId as string) : undefined;
  }

  /** @throws {LinkError} when none of the wires opens; an `AbortError` when `signal` fired */
  async begin(signal: AbortSignal): Promise<void> {
    const opened = new Promise<void>((resolve, reject) => (this.#settle = { resolve, reject }));
    const onAbort = (): void => {
      this.close();
      this.#settle?.reject(signal.reason);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    this.#next();
    try {
      await opened;
    } finally {
      this.#settle = undefined;
      signal.removeEventListener('abort', onAbort);
    }
  }

  async send(frame: Frame): Promise<Frame | void> {
    if (!this.#current?.link) throw new Error('the line is not open');
    return this.#current.link.send(frame);
  }

  probe(patienceMs?: number, owedForMs?: number): void {
    this.#current?.link?.probe(patienceMs, owedForMs);
    if (this.#parts.clock.now() - this.#lastLook >= EAGER_GAP_MS && this.#better.pending) this.#look();
  }

  async drain(): Promise<void> {
    await this.#current?.link?.drain?.();
  }

  close(reason?: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#patience.clear();
    this.#better.clear();
    for (const slot of this.#trying) this.#giveUp(slot);
    this.#current?.link?.close(reason);
  }

  /** Begins with the next wire, beside those that are still being tried. */
  #next(): void {
    const { transports, patienceMs = PATIENCE_MS } = this.#parts;
    const rank = this.#tried++;
    this.#try(rank);
    if (this.#tried < transports.length) this.#patience.set(patienceMs, () => this.#next());
  }

  #try(rank: number): void {
    const { transports, session, events, clock } = this.#parts;
    const slot: Slot = { rank, ending: new AbortController(), begun: clock.now() };
    this.#trying.add(slot);
    slot.held = [];
    const told: LinkEvents = {
      onFrame: (frame) => {
        if (slot.held) slot.held.push(frame);
        else if (slot === this.#current) this.#tell(frame);
      },
      onFault: (error) => this.#over || events.onFault(error),
      onClose: (close) => this.#closed(slot, close),
      onReport: (report) => {
        if (report.kind === 'wire') slot.wire = report;
        if (report.kind !== 'wire' || slot === this.#current) this.#report(report);
      },
    };
    transports[rank]!.open(session, told, slot.ending.signal).then(
      (link) => void this.#opened(slot, link),
      (error: unknown) => this.#failed(slot, error),
    );
  }

  async #opened(slot: Slot, link: Link): Promise<void> {
    // It may have been given up, or have ended, in the moment in which it opened.
    if (this.#over || !this.#trying.has(slot)) return link.close();
    slot.link = link;
    this.#reportAttempt(slot);
    const before = this.#current;
    if (before) {
      // Whatever the worse one has and has not told comes first, or the better one would be ahead of it.
      const drained = await this.#drained(before);
      if (this.#over || !this.#trying.has(slot)) return;
      if (!drained) {
        this.#trying.delete(slot);
        link.close();
        return this.#rest();
      }
    }
    this.#trying.delete(slot);
    this.#carry(slot);
    before?.link?.close('a better line has taken over');
  }

  async #drained({ link }: Slot): Promise<boolean> {
    try {
      await link?.drain?.();
      return true;
    } catch {
      return false;
    }
  }

  /** From here on this one carries. */
  #carry(slot: Slot): void {
    const { transports } = this.#parts;
    this.#patience.clear();
    this.#current = slot;
    this.#pauses = 0;
    // Worse ones are not needed any more; better ones may still open.
    for (const other of this.#trying) if (other.rank > slot.rank) this.#giveUp(other);
    this.#report(slot.wire ?? { kind: 'wire', provider: transports[slot.rank]!.name });
    const held = slot.held ?? [];
    slot.held = undefined;
    for (const frame of held) this.#tell(frame);
    this.#settle?.resolve();
    if (slot.rank > 0 && this.#trying.size === 0) this.#rest();
    else if (slot.rank === 0) this.#better.clear();
  }

  #giveUp(slot: Slot): void {
    this.#trying.delete(slot);
    slot.ending.abort();
    slot.link?.close();
  }

  /** A wire did not open. */
  #failed(slot: Slot, error: unknown): void {
    if (this.#over || !this.#trying.delete(slot)) return;
    const close = error instanceof LinkError ? error.close : lost(error);
    this.#reportAttempt(slot, close);
    this.#remember(slot, close);
    if (this.#current) {
      if (VERDICTS.has(close.reason)) return this.#end(close);
      if (!this.#tryBetter(slot.rank + 1) && this.#trying.size === 0) this.#rest();
      return;
    }
    this.#closes.push(close);
    if (VERDICTS.has(close.reason)) return this.#refuse(close);
    if (this.#tried < this.#parts.transports.length) this.#next();
    else if (this.#trying.size === 0) this.#refuse(worst(this.#closes));
  }

  /** A line is over: the one that carries, or one that waits to take over. */
  #closed(slot: Slot, close: LinkClose): void {
    if (this.#over) return;
    this.#remember(slot, close);
    if (slot === this.#current) return this.#end(close);
    if (this.#trying.delete(slot) && this.#trying.size === 0) this.#rest();
  }

  /** Tries what is better than what carries, the best first; where one fails, the next one follows. */
  #look(): void {
    this.#better.clear();
    this.#lastLook = this.#parts.clock.now();
    if (!this.#tryBetter(0)) this.#rest();
  }

  /** Tries the next wire from a rank on that is better than the one that carries. @returns whether there is one */
  #tryBetter(from: number): boolean {
    const { transports, resting, clock } = this.#parts;
    const below = this.#current?.rank ?? 0;
    for (let rank = from; rank < below; rank++) {
      const isTried = [...this.#trying].some((slot) => slot.rank === rank);
      if (isTried || (resting.get(transports[rank]!) ?? -Infinity) > clock.now()) continue;
      this.#try(rank);
      return true;
    }
    return false;
  }

  /** Waits before the better ones are tried again. */
  #rest(): void {
    const { betterMs = BETTER_MS, clock } = this.#parts;
    const pause = Math.min(MAX_BETTER_MS, betterMs * 2 ** this.#pauses++);
    // A fifth more or less, so that those who fell back together do not come back together.
    this.#better.set(pause * (0.8 + clock.random() * 0.4), () => this.#look());
  }

  #remember({ rank }: Slot, { retry, reason }: LinkClose): void {
    const { transports, resting, clock } = this.#parts;
    if (retry === 'never' && !VERDICTS.has(reason)) resting.set(transports[rank]!, clock.now() + REST_MS);
  }

  #tell(frame: Frame): void {
    if (!this.#over) this.#parts.events.onFrame(frame);
  }

  #report(report: LinkReport): void {
    if (!this.#over) this.#parts.events.onReport?.(report);
  }

  #reportAttempt({ rank, begun }: Slot, close?: LinkClose): void {
    const { transports, clock } = this.#parts;
    const { name, url } = transports[rank]!;
    this.#report({
      kind: 'attempt',
      transport: name,
      outcome: close?.reason ?? 'open',
      ms: clock.now() - begun,
      ...(url && { url }),
      ...(close?.code !== undefined && { code: close.code }),
      ...(close?.detail && { detail: close.detail }),
    });
  }

  /** None of the wires carries. */
  #refuse(close: LinkClose): void {
    this.close();
    this.#settle?.reject(new LinkError(close));
  }

  #end(close: LinkClose): void {
    this.close();
    this.#parts.events.onClose(close);
  }
}

function lost(error: unknown): LinkClose {
  return { reason: 'lost', retry: 'backoff', detail: error instanceof Error ? error.message : String(error) };
}

/**
 * What it means that none of the wires opened. A token that was not taken can be renewed, so that comes first; then what leaves
 * hope, the soonest first. It is final only where all are.
 */
function worst(closes: readonly LinkClose[]): LinkClose {
  const hopeful = closes
    .filter(({ retry }) => retry !== 'never')
    .toSorted((a, b) => (a.retryAfter ?? 0) - (b.retryAfter ?? 0));
  return closes.find(({ reason }) => reason === 'unauthorized') ?? hopeful[0] ?? closes[0]!;
}
