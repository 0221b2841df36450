/** One immutable snapshot, one writer, many readers. */
export interface Store<S, E> {
  /** The current snapshot; never changes in place. */
  get(): S;
  /** Reduces an event into the next snapshot and tells the subscribers if it changed. */
  dispatch(event: E): void;
  /**
   * Calls `fn` after every change.
   * @returns a function that ends the subscription
   */
  subscribe(fn: (state: S, previous: S) => void): () => void;
}

/**
 * Makes a store around a pure reducer.
 * @param onError told when a subscriber throws; the others still hear of the change
 */
export function createStore<S, E>(
  initial: S,
  reduce: (state: S, event: E) => S,
  onError: (error: unknown) => void = () => {},
): Store<S, E> {
  let state = initial;
  const subscribers = new Set<(state: S, previous: S) => void>();
  return {
    get: () => state,
    dispatch(event) {
      const previous = state;
      state = reduce(state, event);
      if (state === previous) return;
      const current = state;
      for (const fn of [...subscribers]) {
        try {
          fn(current, previous);
        } catch (error) {
          onError(error);
        }
      }
    },
    subscribe(fn) {
      subscribers.add(fn);
      return () => subscribers.delete(fn);
    },
  };
}
