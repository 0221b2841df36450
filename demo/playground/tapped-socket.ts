/** What is heard on a socket that is listened to. */
export type Overheard =
  | { readonly what: 'opened' }
  | { readonly what: 'closed'; readonly code: number; readonly reason: string }
  | { readonly what: 'frame'; readonly from: 'guest' | 'server'; readonly text: string };

/** The browser's own WebSocket, with somebody who listens on the line. */
export function tappedSocket(hear: (overheard: Overheard) => void): typeof WebSocket {
  return class TappedSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      this.addEventListener('open', () => hear({ what: 'opened' }));
      this.addEventListener('close', ({ code, reason }) => hear({ what: 'closed', code, reason }));
      this.addEventListener('message', ({ data }) =>
        hear({ what: 'frame', from: 'server', text: String(data) }),
      );
    }

    override send(data: string): void {
      hear({ what: 'frame', from: 'guest', text: String(data) });
      super.send(data);
    }
  };
}
