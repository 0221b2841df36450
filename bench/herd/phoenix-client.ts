import type { ClientKind, ClientModel } from './client-model.js';

const DELAYS_MS = [10, 50, 100, 150, 200, 250, 500, 1000, 2000];
const LATER_MS = 5000;

/** `reconnectAfterMs` of Phoenix's `Socket`, counted by its `Timer`: as is, without jitter. */
export class PhoenixClient implements ClientModel {
  #tries = 0;

  /** The timer was reset when the line opened. */
  lost(): number {
    this.#tries = 0;
    return this.failed();
  }

  started(): void {}

  failed(): number {
    return DELAYS_MS[this.#tries++] ?? LATER_MS;
  }
}

/** Phoenix's client, in a visible page (in a hidden one it waits until it is seen). */
export const phoenix: ClientKind = {
  name: 'phoenix',
  parameters: '10, 50, 100, 150, 200, 250, 500, 1000, 2000, then 5000 ms, no jitter; no timeout of its own',
  source:
    '`assets/js/phoenix/socket.js` (`reconnectAfterMs`) and `timer.js` of github.com/phoenixframework/phoenix, commit 015d814',
  openTimeoutMs: Infinity,
  create: () => new PhoenixClient(),
};
