import type { Dialer } from './client-end.js';

/** What is used of a `WebSocketRoute` of Playwright 1.48 or newer. */
export interface PageSocket {
  /** The address that the page called. */
  url(): string;
  /** Tells the page. */
  send(message: string): void;
  /** Ends it towards the page. */
  close(options?: { code?: number; reason?: string }): Promise<void>;
  /** Hears the page. */
  onMessage(handler: (message: unknown) => void): void;
  /** Hears that the page has ended it. */
  onClose(handler: (code: number | undefined, reason: string | undefined) => void): void;
}

/** What is used of a `Page`, or a `BrowserContext`, of Playwright. */
export interface RoutablePage {
  /** Takes the sockets of the page. */
  routeWebSocket(url: string | RegExp, handler: (socket: PageSocket) => unknown): Promise<unknown>;
}

/** Which sockets of the page are taken. */
export interface AttachOptions {
  /** Address, as a glob or a regular expression. Default: every socket of the page. */
  url?: string | RegExp;
}

/**
 * Puts a mock server behind the sockets of a page under Playwright, faults and log included: the page runs in the browser,
 * the server in the test. Call it before the page opens its first socket.
 *
 * ```ts
 * const server = new MockChatServer({ scenarios: [aiReply()] });
 * await attachToPage(page, server);
 * await page.goto('https://shop.example/');
 * ```
 */
export async function attachToPage(
  page: RoutablePage,
  { network }: { readonly network: Dialer },
  { url = /./ }: AttachOptions = {},
): Promise<void> {
  await page.routeWebSocket(url, (socket) => {
    let over = false;
    const opening = new Promise<void>((resolve) => {
      const grip = network.dial(
        {
          opened: resolve,
          received: (text) => {
            if (!over) socket.send(text);
          },
          closed: (code, reason) => {
            resolve();
            if (over) return;
            over = true;
            // The page may be gone by now.
            void socket.close({ code, reason }).catch(() => {});
          },
        },
        socket.url(),
      );
      socket.onMessage((message) => grip.send(String(message)));
      socket.onClose((code, reason) => {
        if (over) return;
        over = true;
        grip.close(code ?? 1005, reason ?? '');
      });
    });
    // Playwright opens the socket in the page when this settles.
    return opening;
  });
}
