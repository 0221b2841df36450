/**
 * What the browser tells about network and attention.
 *
 * - `online`, `offline`: the network came or went; `visible`, `hidden`: the page did
 * - `resume`: the page comes back from the back/forward cache or from being frozen
 * - `suspend`: the page is left, for good or into the back/forward cache, or is frozen
 * - `pressed`: somebody pressed a key or a pointer in the page
 */
export type WakeSignal = 'online' | 'offline' | 'visible' | 'hidden' | 'resume' | 'suspend' | 'pressed';

/** Network and attention, replaceable by a fake. */
export interface WakeSignals {
  /** False only when the browser is sure that there is no network. */
  readonly online: boolean;
  /** Whether the page can be seen. */
  readonly visible: boolean;
  /** @returns a function that ends the subscription */
  subscribe(fn: (signal: WakeSignal) => void): () => void;
}

/** The page's own signals; outside a browser always online and visible. */
export const pageSignals: WakeSignals = {
  get online() {
    // Node has a `navigator` without `onLine`.
    return globalThis.navigator?.onLine !== false;
  },
  get visible() {
    return globalThis.document?.visibilityState !== 'hidden';
  },
  subscribe(fn) {
    if (typeof document === 'undefined') return () => {};
    const listening = new AbortController();
    const { signal } = listening;
    const on = (target: EventTarget, type: string, tell: (event: Event) => WakeSignal | undefined): void =>
      target.addEventListener(
        type,
        (event) => {
          const told = tell(event);
          if (told) fn(told);
        },
        { signal, passive: true, capture: true },
      );
    on(window, 'online', () => 'online');
    on(window, 'offline', () => 'offline');
    on(document, 'visibilitychange', () => (document.visibilityState === 'hidden' ? 'hidden' : 'visible'));
    on(window, 'pageshow', (event) => ((event as PageTransitionEvent).persisted ? 'resume' : undefined));
    // Not only when the page may come back: a page that is left for good hands its line over at once, too.
    on(window, 'pagehide', () => 'suspend');
    on(document, 'freeze', () => 'suspend');
    on(document, 'resume', () => 'resume');
    on(document, 'pointerdown', () => 'pressed');
    on(document, 'keydown', () => 'pressed');
    return () => listening.abort();
  },
};
