/**
 * What an address says when it is asked once more, without cookies, tokens or a body.
 *
 * - `status`: it answered, and this page may read it; `unreadable`: it answered, and this page may not read it
 * - `open`: the socket opened, and was closed at once
 * - `no-upgrade`: no socket opened, but the host answers HTTP
 * - `silent`: nothing that this page may learn of answered
 */
export type Reached =
  | { readonly answer: 'status'; readonly status: number }
  | { readonly answer: 'unreadable' | 'open' | 'no-upgrade' | 'silent' };

/** The network as a page sees it, replaceable by a fake. */
export interface Reach {
  /** Where the page is from; undefined outside of browsers. */
  readonly origin: string | undefined;
  /**
   * Asks an address, `http:`, `https:`, `ws:` or `wss:`, by the most harmless request there is. Never rejects.
   * @param signal ends it; what has not answered by then is silent
   */
  ask(url: string, signal: AbortSignal): Promise<Reached>;
}

/** The network of this page. */
export const pageReach: Reach = {
  get origin() {
    return globalThis.location?.origin;
  },
  async ask(url, signal) {
    if (/^wss?:/i.test(url)) {
      if (await opens(url, signal)) return { answer: 'open' };
      const host = new URL('/', url.replace(/^ws/i, 'http')).href;
      return { answer: (await fetched(host, 'no-cors', signal)) ? 'no-upgrade' : 'silent' };
    }
    const answer = await fetched(url, 'cors', signal);
    if (answer) return { answer: 'status', status: answer.status };
    return { answer: (await fetched(url, 'no-cors', signal)) ? 'unreadable' : 'silent' };
  },
};

async function fetched(url: string, mode: RequestMode, signal: AbortSignal): Promise<Response | undefined> {
  try {
    const answer = await fetch(url, { mode, credentials: 'omit', cache: 'no-store', signal });
    void answer.body?.cancel().catch(() => {});
    return answer;
  } catch {
    return undefined;
  }
}

function opens(url: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    if (signal.aborted || typeof WebSocket === 'undefined') return resolve(false);
    try {
      const socket = new WebSocket(url);
      const settle = (open: boolean): void => {
        resolve(open);
        socket.close();
      };
      socket.onopen = () => settle(true);
      socket.onerror = socket.onclose = () => settle(false);
      signal.addEventListener('abort', () => settle(false), { once: true });
    } catch {
      resolve(false);
    }
  });
}
