/** This file is long because who leads, and how the others notice that nobody does, is best read in one piece. */
import { Timer, type Clock } from '../platform/clock.js';
import type { TabChannel, TabMeans } from '../platform/tab-means.js';

/** A tab that looks on asks the leader for a sign of life after this much silence, in milliseconds. */
const BEAT_VISIBLE_MS = 300;
/** The same in a hidden tab, which nobody watches. */
const BEAT_HIDDEN_MS = 10_000;
/** A leader that says nothing for this long after it was asked is frozen, in milliseconds. */
const PATIENCE_MS = 500;
/** A timer this late means that this very tab stood still: then the silence was its own. */
const STOOD_STILL_MS = 250;
/**
 * A leader that has been hidden for this long gives way to a tab that somebody looks at, in milliseconds: browsers slow its
 * timers down to one a minute after five minutes, and then nothing notices a dead line in time.
 */
const HIDDEN_LONG_MS = 60_000;
/** A tab that asked for a sign of life this long ago still counts as looked at, in milliseconds. */
const LOOKED_AT_MS = 2000;

/** Where this tab stands. `joining` until a leader has answered or nobody else is there. */
export type TabRole = 'apart' | 'joining' | 'leader' | 'follower';

/** What one tab says to the others, or to one of them. What is inside is the affair of those who talk. */
type Word =
  | { readonly word: 'join' }
  | { readonly word: 'lead'; readonly greeting: unknown }
  | { readonly word: 'ping'; readonly visible: boolean }
  | { readonly word: 'pong'; readonly hiddenMs: number }
  | { readonly word: 'say'; readonly said: unknown }
  | { readonly word: 'ask'; readonly id: number; readonly asked: unknown }
  | { readonly word: 'took'; readonly id: number };

/** A word on its way. */
type Letter = Word & { readonly from: string; readonly to?: string };

/** What a relay needs, and whom it tells. `Greeting`, `Said` and `Asked` are the languages of its owner. */
export interface TabRelayOptions<Greeting, Said, Asked> {
  /** Asked for at each `join`. */
  means(): TabMeans;
  /** Tabs of one name have one leader. */
  name: string;
  /** Random, for this tab alone. */
  id: string;
  clock: Clock;
  visible(): boolean;
  /** How long nobody has looked at this tab, in milliseconds; 0 while somebody does. */
  hiddenMs(): number;
  /** This tab leads from now on. What others asked and nobody took follows as `onAsked`. */
  onLead(): void;
  /** This tab led, and another took over because it stood still. */
  onDeposed(): void;
  /** What a leader tells whoever joins, and everybody when it begins to lead. */
  greeting(): Greeting;
  /** Another tab leads. */
  onFollow(greeting: Greeting): void;
  /** The leader told all. */
  onSaid(said: Said): void;
  /** Another tab has joined this one, which leads. */
  onJoined(): void;
  /** Something to be done by the leader, which is us. */
  onAsked(asked: Asked): void;
}

/**
 * One line for all tabs: one of them leads and has the line, the others hear everything from it and ask it for what they
 * want. Who leads is settled by a lock, which the browser frees when a page is gone; a leader that stands still is noticed
 * by its silence and loses the lock. What was asked is repeated to the next leader until one has taken it.
 */
export class TabRelay<Greeting, Said, Asked> {
  readonly #options: TabRelayOptions<Greeting, Said, Asked>;
  readonly #beat: Timer;
  readonly #patience: Timer;
  /** What nobody has taken yet, in order. */
  readonly #open = new Map<number, Asked>();
  /** When other tabs that somebody looks at were last heard of. */
  readonly #lookedAt = new Map<string, number>();
  #role: TabRole = 'apart';
  #means: TabMeans | undefined;
  #channel: TabChannel | undefined;
  #release: (() => void) | undefined;
  #leader: string | undefined;
  #heardAt = 0;
  /** Whether there has been another tab at any time; as long as there was none, nothing has to be said. */
  #others = false;
  #nextId = 1;

  constructor(options: TabRelayOptions<Greeting, Said, Asked>) {
    this.#options = options;
    this.#beat = new Timer(options.clock);
    this.#patience = new Timer(options.clock);
  }

  /** Where this tab stands. */
  get role(): TabRole {
    return this.#role;
  }

  /** Whether somebody looks at another tab; known to the leader only. */
  get othersVisible(): boolean {
    const since = this.#options.clock.now() - LOOKED_AT_MS;
    return [...this.#lookedAt.values()].some((time) => time >= since);
  }

  /** Takes part, as the leader if there is none. Does nothing while it takes part already. */
  join(): void {
    if (this.#role !== 'apart') return;
    this.#role = 'joining';
    try {
      this.#means = this.#options.means();
      this.#channel = this.#means.openChannel(this.#options.name, (letter) => this.#hear(letter as Letter));
      this.#request(false);
    } catch {
      return this.#alone();
    }
    // Where nobody has to be asked, the lock was granted on the spot.
    if ((this.#role as TabRole) === 'joining') this.#call();
  }

  /** Takes no part any more; if it led, the next in line does. What nobody has taken waits for the next `join`. */
  leave(): void {
    this.#beat.clear();
    this.#patience.clear();
    this.#lookedAt.clear();
    this.#release?.();
    this.#channel?.close();
    this.#release = this.#channel = this.#leader = undefined;
    this.#role = 'apart';
  }

  /** Tells all other tabs; for the leader. */
  say(said: Said): void {
    if (this.#role === 'leader' && this.#others) this.#post({ word: 'say', said });
  }

  /** Has the leader do something; at once if that is us. Before there is a leader it waits. */
  ask(asked: Asked): void {
    if (this.#role === 'leader') return this.#options.onAsked(asked);
    const id = this.#nextId++;
    this.#open.set(id, asked);
    if (this.#role === 'follower') this.#post({ word: 'ask', id, asked });
  }

  /** Forgets what nobody has taken. */
  forget(): void {
    this.#open.clear();
  }

  /** Makes sure that the leader lives, for example when somebody looks at this tab again. */
  check(): void {
    if (this.#role === 'follower') this.#ping();
  }

  /** Asks whoever leads to show itself. */
  #call(): void {
    this.#post({ word: 'join' });
    this.#await();
  }

  #request(steal: boolean): void {
    // Not all requests are granted later: one that steals is granted while it is made.
    const release = this.#means!.lock.request(
      this.#options.name,
      { onHeld: () => this.#lead(), onStolen: () => this.#lose(), onDenied: () => this.#alone() },
      steal,
    );
    this.#release = release;
  }

  #lead(): void {
    this.#beat.clear();
    this.#patience.clear();
    this.#role = 'leader';
    this.#leader = this.#options.id;
    this.#options.onLead();
    if (this.#role !== 'leader') return;
    this.#post({ word: 'lead', greeting: this.#options.greeting() });
    const waiting = [...this.#open.values()];
    this.#open.clear();
    for (const asked of waiting) this.#options.onAsked(asked);
  }

  #lose(): void {
    if (this.#role === 'apart') return;
    const led = this.#role === 'leader';
    if (led) {
      this.#leader = undefined;
      this.#role = 'joining';
      this.#options.onDeposed();
      // The owner may have left meanwhile.
      if ((this.#role as TabRole) !== 'joining') return;
    }
    this.#request(false);
    if (led) this.#call();
  }

  /** Without the browser's help every tab is its own leader. */
  #alone(): void {
    this.leave();
    this.#role = 'joining';
    this.#lead();
  }

  #follow(leader: string, greeting: Greeting): void {
    this.#leader = leader;
    this.#role = 'follower';
    this.#alive();
    // A new leader does not know yet whether somebody looks at this tab.
    this.#post({ word: 'ping', visible: this.#options.visible() });
    this.#options.onFollow(greeting);
    for (const [id, asked] of this.#open) this.#post({ word: 'ask', id, asked });
  }

  #hear(letter: Letter): void {
    const { from, to } = letter;
    this.#others = true;
    if (this.#role === 'apart' || (to !== undefined && to !== this.#options.id)) return;
    if (this.#role === 'leader') return this.#serve(letter);
    if (letter.word === 'lead') return this.#follow(from, letter.greeting as Greeting);
    // A leader that stood still does not know at once that another took its place. Whoever asks does not lead, and two that
    // lead cannot be: then only the one who leads now can say who it is.
    const leads = letter.word === 'say' || letter.word === 'pong' || letter.word === 'took';
    if (leads !== (from === this.#leader)) return this.#doubt();
    if (!leads) return;
    this.#alive();
    if (letter.word === 'say') this.#options.onSaid(letter.said as Said);
    else if (letter.word === 'took') this.#open.delete(letter.id);
    else if (letter.word === 'pong' && letter.hiddenMs >= HIDDEN_LONG_MS && this.#options.visible())
      this.#take();
  }

  #doubt(): void {
    if (this.#role === 'follower' && !this.#patience.pending) this.#call();
  }

  /** What a leader answers. It holds the lock, so it takes nobody's word for leading. */
  #serve(letter: Letter): void {
    const { from } = letter;
    switch (letter.word) {
      case 'join':
        this.#post({ word: 'lead', greeting: this.#options.greeting() }, from);
        return this.#options.onJoined();
      case 'ping':
        if (letter.visible) this.#lookedAt.set(from, this.#options.clock.now());
        else this.#lookedAt.delete(from);
        return this.#post({ word: 'pong', hiddenMs: this.#options.hiddenMs() }, from);
      case 'ask':
        this.#post({ word: 'took', id: letter.id }, from);
        this.#options.onAsked(letter.asked as Asked);
    }
  }

  /** The leader has shown a sign of life. */
  #alive(): void {
    const { clock, visible } = this.#options;
    this.#heardAt = clock.now();
    this.#patience.clear();
    if (!this.#beat.pending) this.#beat.set(visible() ? BEAT_VISIBLE_MS : BEAT_HIDDEN_MS, () => this.#tick());
  }

  #tick(): void {
    const { clock, visible } = this.#options;
    const interval = visible() ? BEAT_VISIBLE_MS : BEAT_HIDDEN_MS;
    const silence = clock.now() - this.#heardAt;
    if (silence < interval) this.#beat.set(interval - silence, () => this.#tick());
    else this.#ping();
  }

  #ping(): void {
    this.#post({ word: 'ping', visible: this.#options.visible() });
    this.#await();
  }

  /** Waits for a sign of the leader, and takes its place when none comes. */
  #await(): void {
    if (this.#patience.pending) return;
    const { clock, visible } = this.#options;
    // Two tabs that wait for the same leader do not take its place in the same moment.
    const wait = PATIENCE_MS * (1 + clock.random() / 4);
    const due = clock.now() + wait;
    this.#patience.set(wait, () => {
      if (clock.now() - due > STOOD_STILL_MS) return this.#role === 'follower' ? this.#ping() : this.#call();
      // The lock frees itself when a page is gone. To take it from one that stands still is for a tab that needs it now.
      if (this.#role === 'follower' && !visible()) return this.#alive();
      this.#take();
    });
  }

  /** Takes the leader's place. */
  #take(): void {
    if (this.#role === 'leader') return;
    this.#release?.();
    this.#request(true);
  }

  #post(word: Word, to?: string): void {
    try {
      this.#channel?.post({ from: this.#options.id, ...(to && { to }), ...word });
    } catch {
      // Something in it cannot be copied; the outbox and the snapshot have their own word for that.
    }
  }
}
