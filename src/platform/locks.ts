/** Runs work under a name that no two tabs hold at once. */
export interface Locks {
  /** Waits for the lock, runs `work`, and gives the lock back when its promise settles. */
  hold<T>(name: string, work: () => Promise<T>): Promise<T>;
}

/** Web Locks where the browser has them (secure contexts); elsewhere the work runs without a lock. */
export const webLocks: Locks = {
  async hold(name, work) {
    const locks = globalThis.navigator?.locks;
    return locks ? locks.request(name, work) : work();
  },
};
