import type { ManualClock } from '../../../src/testing/index.js';

/** Handles from here on are of the story; what is below belongs to the page itself. */
const FIRST_HANDLE = 1e9;

/**
 * Lets the page live by the clock of the story: what the widget does after a while, or at most so often, it does when the
 * story says that time has passed. The story's time in turn waits for what is being stored, which takes real time.
 * @returns gives the page its own time back
 */
export function pageLivesBy(clock: ManualClock): () => void {
  const real = {
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    dateNow: Date.now,
    random: Math.random,
  };
  const set = (fn: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): number =>
    FIRST_HANDLE + (clock.setTimeout(() => fn(...args), ms) as number);
  const clear = (handle?: number): void => {
    if (handle !== undefined && handle >= FIRST_HANDLE) clock.clearTimeout(handle - FIRST_HANDLE);
    else real.clearTimeout.call(globalThis, handle);
  };
  Object.assign(globalThis, { setTimeout: set, clearTimeout: clear });
  // An own property hides the one of all clocks, and can be taken away again.
  Object.defineProperty(performance, 'now', { configurable: true, value: () => clock.now() });
  Date.now = () => clock.date();
  Math.random = () => clock.random();
  const leaveStorage = clock.waitsFor(watchStorage());
  return () => {
    leaveStorage();
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
    Reflect.deleteProperty(performance, 'now');
    Date.now = real.dateNow;
    Math.random = real.random;
  };
}

const underWay = new Set<Promise<unknown>>();
let watched = false;

/** @returns answers with a promise while the page's database has something to do */
function watchStorage(): () => Promise<void> | undefined {
  if (!watched) {
    const { open } = IDBFactory.prototype;
    const { transaction } = IDBDatabase.prototype;
    IDBFactory.prototype.open = function (...args) {
      return lasting(open.apply(this, args), 'success', 'error', 'blocked');
    };
    IDBDatabase.prototype.transaction = function (...args) {
      return lasting(transaction.apply(this, args), 'complete', 'abort', 'error');
    };
  }
  watched = true;
  return () => (underWay.size > 0 ? Promise.all(underWay).then(() => undefined) : undefined);
}

function lasting<T extends EventTarget>(work: T, ...ends: string[]): T {
  const done = new Promise<void>((resolve) => {
    const over = (): void => {
      underWay.delete(done);
      resolve();
    };
    for (const end of ends) work.addEventListener(end, over);
  });
  underWay.add(done);
  return work;
}

const startedAt = performance.timeOrigin;
const sinceStart = performance.now.bind(performance);

/** Real time that nothing on the page can change, in milliseconds since 1970: how long a story waits for what does not come. */
export const realTime = (): number => startedAt + sinceStart();
