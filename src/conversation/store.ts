/** One immutable snapshot, one writer, many readers. */
export interface Store<S, E> {
  /** The current snapshot; never changes in place. */
  get(): S;
  /**
   * Reduces an event into the next snapshot and tells the subscribers if it changed.
   * @returns the snapshot this event has led to; a subscriber may have gone on from it
   */
  dispatch(event: E): S;
  /**
   * Calls `fn` after every change, in the order of the changes.
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
  const changes: [state: S, previous: S][] = [];
  const tell = ([next, previous]: [S, S]): void => {
    for (const fn of [...subscribers]) {
      try {
        fn(next, previous);
      } catch (error) {
        onError(error);
      }
    }
  };
  return {
    get: () => state,
    dispatch(event) {
      const previous = state;
      const next = (state = reduce(state, event));
      if (next === previous) return next;
      changes.push([next, previous]);
      // A subscriber that dispatches again is told when the others know of the change before.
      if (changes.length > 1) return next;
      while (changes[0]) {
        tell(changes[0]);
        changes.shift();
      }
      return next;
    },
    subscribe(fn) {
      subscribers.add(fn);
      return () => subscribers.delete(fn);
    },
  };
}
