import type { Clock, TimerHandle } from '../../src/platform/clock.js';
import type { LockHooks, TabMeans } from '../../src/platform/tab-means.js';

interface Request {
  readonly tab: FakeTab;
  readonly hooks: LockHooks;
}

/** A browser whose tabs live on one clock: locks, channels, and tabs that freeze and crash. */
export class FakeBrowser {
  readonly #clock: Clock;
  readonly #locks = new Map<string, Request[]>();
  readonly #listeners = new Set<{ tab: FakeTab; name: string; hear(message: unknown): void }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Opens a tab. */
  open(): FakeTab {
    return new FakeTab(this.#clock, {
      request: (tab, name, hooks, steal) => this.#request({ tab, hooks }, name, steal),
      openChannel: (tab, name, hear) => {
        const listener = { tab, name, hear };
        this.#listeners.add(listener);
        return {
          post: (message) => {
            const text = JSON.stringify(message);
            const others = [...this.#listeners].filter((other) => other !== listener && other.name === name);
            for (const other of others) {
              this.#clock.setTimeout(
                () =>
                  other.tab.run(() => {
                    if (this.#listeners.has(other)) other.hear(JSON.parse(text));
                  }),
                1,
              );
            }
          },
          close: () => this.#listeners.delete(listener),
        };
      },
      gone: (tab) => {
        for (const listener of this.#listeners) if (listener.tab === tab) this.#listeners.delete(listener);
        for (const [name, requests] of this.#locks) {
          for (const request of requests.filter((one) => one.tab === tab)) this.#drop(name, request);
        }
      },
    });
  }

  /** The first in line holds it. */
  #request(request: Request, name: string, steal: boolean): () => void {
    const line = this.#locks.get(name) ?? [];
    this.#locks.set(name, line);
    if (steal) {
      const robbed = line.shift();
      line.unshift(request);
      robbed?.tab.run(() => robbed.hooks.onStolen());
    } else line.push(request);
    if (line[0] === request) this.#grant(name, request);
    return () => this.#drop(name, request);
  }

  #drop(name: string, request: Request): void {
    const line = this.#locks.get(name)!;
    const index = line.indexOf(request);
    if (index < 0) return;
    line.splice(index, 1);
    if (index === 0 && line[0]) this.#grant(name, line[0]);
  }

  #grant(name: string, request: Request): void {
    this.#clock.setTimeout(() => {
      if (this.#locks.get(name)![0] === request) request.tab.run(() => request.hooks.onHeld());
    }, 1);
  }
}

interface Facilities {
  request(tab: FakeTab, name: string, hooks: LockHooks, steal: boolean): () => void;
  openChannel(
    tab: FakeTab,
    name: string,
    hear: (message: unknown) => void,
  ): ReturnType<TabMeans['openChannel']>;
  gone(tab: FakeTab): void;
}

/** One tab: what runs in it stands still while it is frozen, and ends when it crashes. */
export class FakeTab {
  readonly means: TabMeans;
  /** Time in this tab: timers that are due while it is frozen run when it thaws. */
  readonly clock: Clock;
  readonly #facilities: Facilities;
  #state: 'alive' | 'frozen' | 'gone' = 'alive';
  #held: (() => void)[] = [];

  constructor(clock: Clock, facilities: Facilities) {
    this.#facilities = facilities;
    this.means = {
      lock: { request: (name, hooks, steal = false) => facilities.request(this, name, hooks, steal) },
      openChannel: (name, hear) => facilities.openChannel(this, name, hear),
    };
    const cleared = new Set<TimerHandle>();
    this.clock = {
      now: () => clock.now(),
      date: () => clock.date(),
      random: () => clock.random(),
      setTimeout: (fn, ms) => {
        const handle: TimerHandle = clock.setTimeout(() => this.run(() => cleared.has(handle) || fn()), ms);
        return handle;
      },
      clearTimeout: (handle) => {
        cleared.add(handle);
        clock.clearTimeout(handle);
      },
    };
  }

  /** Whether things happen in it. */
  get alive(): boolean {
    return this.#state === 'alive';
  }

  /** Lets something happen in this tab: now, when it thaws, or never. */
  run(work: () => void): void {
    if (this.#state === 'alive') work();
    else if (this.#state === 'frozen') this.#held.push(work);
  }

  /** From now on nothing happens in it, without a word before. */
  freeze(): void {
    if (this.#state === 'alive') this.#state = 'frozen';
  }

  /** Goes on, with everything that has come meanwhile. */
  thaw(): void {
    if (this.#state !== 'frozen') return;
    this.#state = 'alive';
    for (const work of this.#held.splice(0)) this.run(work);
  }

  /** Ends, without a word. */
  crash(): void {
    this.#state = 'gone';
    this.#held = [];
    this.#facilities.gone(this);
  }
}
