import type { Page } from '@playwright/test';

/** What a page said and asked for while a test looked on. */
export interface Watch {
  /** Uncaught errors and unhandled rejections. */
  readonly errors: string[];
  /** Lines in the console, without those by which the browser itself tells of failed requests. */
  readonly console: string[];
  /** Addresses of all requests and WebSockets. */
  readonly requests: string[];
  /** `chat-error` events, as `code`. Only filled on pages that were opened after `watch()`. */
  chatErrors(): Promise<string[]>;
}

/** What Chromium writes when a request or a handshake fails; no page can keep it from doing so. */
const BY_THE_BROWSER = /^(?:WebSocket connection to '[^']*' failed|Failed to load resource)/;

/** Looks on from now. Call it before `page.goto()`. */
export async function watch(page: Page): Promise<Watch> {
  const errors: string[] = [];
  const lines: string[] = [];
  const requests: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (message) => {
    if (!BY_THE_BROWSER.test(message.text())) lines.push(`${message.type()}: ${message.text()}`);
  });
  page.on('request', (request) => requests.push(request.url()));
  page.on('websocket', (socket) => requests.push(socket.url()));
  await page.addInitScript(() => {
    const codes: string[] = [];
    Object.assign(globalThis, { chatErrors: codes });
    addEventListener('chat-error', (event) => codes.push((event as Event & { code: string }).code));
  });
  return {
    errors,
    console: lines,
    requests,
    chatErrors: () => page.evaluate(() => (globalThis as unknown as { chatErrors: string[] }).chatErrors),
  };
}
