/** A name of this origin that one page at a time can hold. */
export interface TabLock {
  /**
   * Asks for the name and waits for it in line.
   * @param steal takes it at once, whoever holds it; the holder hears that it was lost
   * @returns a function that lets go of it, or leaves the line
   */
  request(name: string, hooks: LockHooks, steal?: boolean): () => void;
}

/** What becomes of a request for a lock. */
export interface LockHooks {
  /** It is ours. */
  onHeld(): void;
  /** Another page has taken it from us, perhaps before we knew that it was ours. */
  onStolen(): void;
  /** The browser does not give locks to this page. */
  onDenied(): void;
}

/** A way to talk to the other pages of this origin that know its name. */
export interface TabChannel {
  /** Tells all others, in order; never itself. What cannot be copied is an error of ours. */
  post(message: unknown): void;
  close(): void;
}

/** What tabs need to act as one, replaceable by a fake. */
export interface TabMeans {
  readonly lock: TabLock;
  /** @throws what the browser throws, for example in a sandboxed frame */
  openChannel(name: string, onMessage: (message: unknown) => void): TabChannel;
}

/** Web Locks: the browser frees a lock when its page is gone, however it went. */
const webLock: TabLock = {
  request(name, { onHeld, onStolen, onDenied }, steal = false) {
    let letGo = (): void => {};
    const wanted = new AbortController();
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const hold = (): Promise<void> => {
      if (!wanted.signal.aborted) onHeld();
      return held;
    };
    // A request that steals cannot be withdrawn: it is granted at once.
    const request = steal
      ? navigator.locks.request(name, { steal }, hold)
      : navigator.locks.request(name, { signal: wanted.signal }, hold);
    request.catch((error: unknown) => {
      if (wanted.signal.aborted) return;
      if ((error as Error).name === 'AbortError') onStolen();
      else onDenied();
    });
    return () => {
      wanted.abort();
      letGo();
    };
  },
};

/**
 * The browser's own means.
 * @returns undefined where one is missing: outside a browser, on insecure addresses, in old browsers
 */
export function browserTabMeans(): TabMeans | undefined {
  const { BroadcastChannel: Channel } = globalThis;
  if (typeof document === 'undefined' || !Channel || !globalThis.navigator?.locks) return undefined;
  return {
    lock: webLock,
    openChannel(name, onMessage) {
      const channel = new Channel(name);
      channel.onmessage = ({ data }) => onMessage(data);
      return {
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target: it ends at its origin
        post: (message) => channel.postMessage(message),
        close() {
          channel.onmessage = null;
          channel.close();
        },
      };
    },
  };
}

/** For a client that is alone: it always leads, and nobody hears it. */
export const soloTabMeans: TabMeans = {
  lock: {
    request(_name, { onHeld }) {
      onHeld();
      return () => {};
    },
  },
  openChannel: () => ({ post() {}, close() {} }),
};
