import type { ClientKind, ClientModel } from './client-model.js';

const DELAY_MIN_MS = 3000;
const DELAY_MAX_MS = 10_000;
const GROW_FACTOR = 1.3;

/** `_getNextDelay` of partysocket with its defaults. test/bench compares the two. */
export class PartySocketClient implements ClientModel {
  #retries = 0;

  /** A line that was open for 5 s has set the count back. */
  lost(): number {
    this.#retries = 0;
    return this.failed();
  }

  started(): void {}

  failed(): number {
    return Math.min(DELAY_MAX_MS, DELAY_MIN_MS * GROW_FACTOR ** this.#retries++);
  }
}

/** PartyKit's reconnecting socket. Older versions, like reconnecting-websocket, drew the first delay from 1 to 5 s. */
export const partySocket: ClientKind = {
  name: 'partysocket 1.3.0',
  parameters: '3 s · 1.3ⁿ up to 10 s, no jitter; timeout 4 s',
  source: '`dist/ws.js` of the package (`DEFAULT`, `_getNextDelay`, `_connect`)',
  openTimeoutMs: 4000,
  create: () => new PartySocketClient(),
};
