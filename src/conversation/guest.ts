import type { Clock } from '../platform/clock.js';
import type { Note } from '../platform/note.js';
import { uuid } from '../platform/uuid.js';
import type { GuestProfile } from '../protocol/client-command.js';
import type { ServerEventOf } from '../protocol/server-event.js';

/** What is kept of a guest between visits. */
export interface GuestNote {
  readonly guestId: string;
  readonly conversationId?: string;
  readonly resumeToken?: string;
  /** Names the numbering of `readUpTo`. */
  readonly epoch?: string;
  readonly readUpTo?: number;
  /** Last contiguous `seq` that this device has had, as of the last time the page was left. */
  readonly heldUpTo?: number;
  /** Number of the last message that was written; see `Outbox`. */
  readonly lastKey?: number;
  /** What the page had asked for; the server may have given others. */
  readonly asked?: { readonly guestId?: string; readonly conversationId?: string };
  /** When it was last used, in milliseconds since 1970. */
  readonly usedAt: number;
}

/** How a guest is remembered. */
export interface GuestOptions {
  clock: Clock;
  note: Note<GuestNote>;
  /** How long a conversation is resumed, in hours. */
  resumeHours: number;
  /** Given by the page; made at random otherwise. */
  guestId?: string;
  conversationId?: string;
  /** Told when the storage refuses; what it would have kept lives as long as the page. */
  onDenied(error: Error): void;
  /** Something is known of the guest that was not before. */
  onChange?(): void;
}

/** Who the guest is, as tabs tell each other. */
export interface SharedGuest {
  readonly note: GuestNote;
  /** Whether it is stored. */
  readonly stored: boolean;
  readonly profile: GuestProfile | undefined;
}

const HOUR_MS = 3_600_000;

/** Who the guest is: restored from the last visit, adopted from the server, stored from the first use on. */
export class Guest {
  readonly #options: GuestOptions;
  #note: GuestNote;
  #used = false;
  /** Whether the note stands in the storage. */
  #kept = false;
  #profile: GuestProfile | undefined;

  constructor(options: GuestOptions) {
    this.#options = options;
    this.#note = this.#restore() ?? this.#fresh();
  }

  /** What is known, whether stored or not. */
  get note(): GuestNote {
    return this.#note;
  }

  /** Whether something of this guest is stored. */
  get remembered(): boolean {
    return this.#used;
  }

  /** Whether a conversation of an earlier visit can be opened again. */
  get resumable(): boolean {
    return this.#used && this.#note.resumeToken !== undefined;
  }

  /** What the page or a form told about the guest. */
  get profile(): GuestProfile | undefined {
    return this.#profile;
  }

  /** Keeps what is told about the guest, for every hello from now on. */
  describe(profile: GuestProfile): void {
    this.#profile = { ...this.#profile, ...profile };
    this.#options.onChange?.();
  }

  /** What other tabs have to know. */
  get shared(): SharedGuest {
    return { note: this.#note, stored: this.#used, profile: this.#profile };
  }

  /** Takes over what the tab with the line knows. What it has stored is stored for all. */
  mirror({ note, stored, profile }: SharedGuest): void {
    const lastKey = Math.max(note.lastKey ?? 0, this.lastKey);
    this.#note = lastKey ? { ...note, lastKey } : note;
    this.#used ||= stored;
    this.#kept ||= stored;
    this.#profile = profile;
    // What this tab wants remembered, the other did not know of yet.
    if (this.#used && !stored) this.#save({});
  }

  /** Looks again at what is stored: other tabs may have written since, or have forgotten the guest. */
  refresh(): void {
    const stored = this.#restore();
    if (stored) this.#note = stored;
    else if (this.#kept) this.forget(false);
  }

  /** The guest does something worth remembering: from now on things are stored. */
  use(): void {
    if (this.#used) return;
    // Another tab may have begun meanwhile: then this is the guest, unless this tab has a conversation of its own.
    if (this.#note.resumeToken === undefined) this.#note = this.#restore() ?? this.#note;
    this.#used = true;
    this.#save({});
  }

  /** Takes over what the server says about the guest. */
  adopt({ guestId, conversationId, resumeToken, epoch }: ServerEventOf<'welcome'>): void {
    const before = this.#note;
    const renumbered = before.conversationId !== conversationId || before.epoch !== epoch;
    this.#save({
      guestId,
      conversationId,
      resumeToken,
      epoch,
      readUpTo: renumbered ? undefined : before.readUpTo,
      heldUpTo: renumbered ? undefined : before.heldUpTo,
    });
  }

  /** Remembers how far the guest has read. */
  read(upTo: number): void {
    this.#save({ readUpTo: upTo });
  }

  /** Remembers what this device has had, so that the next visit knows what it missed. */
  held(upTo: number): void {
    if (this.#used && upTo !== this.#note.heldUpTo) this.#save({ heldUpTo: upTo });
  }

  /** Number of the last message that was written, in any tab. */
  get lastKey(): number {
    return this.#note.lastKey ?? 0;
  }

  /** Remembers the number of a message that is being written. */
  numbered(lastKey: number): void {
    this.#save({ lastKey });
  }

  /** The conversation is gone; the guest stays who they are. */
  leave(): void {
    this.#save({
      conversationId: undefined,
      resumeToken: undefined,
      readUpTo: undefined,
      heldUpTo: undefined,
    });
  }

  /**
   * Forgets everything; the next conversation is a stranger's.
   * @param stored whether also what is stored; not when another tab has done that already
   */
  forget(stored = true): void {
    if (stored) this.#options.note.delete();
    this.#used = this.#kept = false;
    this.#profile = undefined;
    // Whom the page has named stays who they are; the conversation it had named is over.
    const { conversationId: _over, ...stranger } = this.#fresh();
    this.#note = stranger;
    this.#options.onChange?.();
  }

  #save(change: Partial<GuestNote>): void {
    this.#note = { ...this.#note, ...change, usedAt: this.#options.clock.date() };
    this.#options.onChange?.();
    if (!this.#used) return;
    const { note } = this.#options;
    // Another tab may have numbered more messages than this one knows of.
    const lastKey = Math.max(this.lastKey, Number(note.read()?.lastKey) || 0);
    if (lastKey) this.#note = { ...this.#note, lastKey };
    try {
      note.write(this.#note);
      this.#kept = true;
    } catch (error) {
      this.#options.onDenied(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** Reads the last visit; what does not have the form of a note is treated as not there. */
  #restore(): GuestNote | undefined {
    const { note, resumeHours, clock, guestId, conversationId } = this.#options;
    const stored = note.read();
    if (typeof stored?.guestId !== 'string' || typeof stored.usedAt !== 'number') return undefined;
    const { asked } = stored;
    // Another login, or none any more: a stranger, whose note this is not.
    if (guestId !== asked?.guestId && guestId !== stored.guestId) return undefined;
    this.#used = this.#kept = true;
    const over = clock.date() - stored.usedAt > resumeHours * HOUR_MS;
    const other =
      conversationId && conversationId !== stored.conversationId && conversationId !== asked?.conversationId;
    const { lastKey } = stored;
    return over || other
      ? { ...this.#fresh(), guestId: stored.guestId, ...(lastKey && { lastKey }) }
      : stored;
  }

  #fresh(): GuestNote {
    const { guestId, conversationId, clock } = this.#options;
    const asked = { ...(guestId && { guestId }), ...(conversationId && { conversationId }) };
    return {
      guestId: guestId ?? uuid(),
      ...(conversationId && { conversationId }),
      ...((guestId ?? conversationId) && { asked }),
      usedAt: clock.date(),
    };
  }
}
