import { Timer, type Clock } from './clock.js';

/** A lease is renewed this often while somebody looks at the page, in milliseconds. */
const RENEW_MS = 2000;
/** A visible page that has not renewed its lease for this long is gone, in milliseconds. */
const VISIBLE_TERM_MS = 6000;
/** The same for a hidden page, whose timers the browser may slow down to one a minute, in milliseconds. */
const HIDDEN_TERM_MS = 150_000;

/**
 * Says of a page that it is there, for browsers without Web Locks: it renews a lease in localStorage as long as it lives.
 * A page that crashed is noticed when its lease runs out. Terms stand on the wall clock, the only one that pages share; a
 * clock that jumps makes a page look gone for a moment, or for at most the longest term.
 */
export class Lease {
  /** Names this page. */
  readonly id: string;
  readonly #prefix: string;
  readonly #clock: Clock;
  readonly #visible: () => boolean;
  readonly #renewal: Timer;

  /** @param name what the leases are about; shared by all pages that shall see each other */
  constructor(name: string, id: string, clock: Clock, visible: () => boolean) {
    this.id = id;
    this.#prefix = `${name} lease `;
    this.#clock = clock;
    this.#visible = visible;
    this.#renewal = new Timer(clock);
  }

  /** Takes the lease and keeps it until `end()`. */
  begin(): void {
    const term = this.#visible() ? VISIBLE_TERM_MS : HIDDEN_TERM_MS;
    try {
      localStorage.setItem(this.#prefix + this.id, String(this.#clock.date() + term));
    } catch {
      // Where nothing can be written there is nothing to share either.
      return;
    }
    this.#renewal.set(RENEW_MS, () => this.begin());
  }

  /** Gives it up. */
  end(): void {
    this.#renewal.clear();
    this.#remove(this.id);
  }

  /** Whether the page of an id lives. What has run out is cleared away. */
  holds(id: string | undefined): boolean {
    if (id === undefined) return false;
    if (id === this.id) return true;
    try {
      const left = Number(localStorage.getItem(this.#prefix + id)) - this.#clock.date();
      if (left > 0 && left <= HIDDEN_TERM_MS) return true;
    } catch {
      return false;
    }
    this.#remove(id);
    return false;
  }

  #remove(id: string): void {
    try {
      localStorage.removeItem(this.#prefix + id);
    } catch {
      // Denied storage holds no lease.
    }
  }
}
