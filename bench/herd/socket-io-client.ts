import type { ClientKind, ClientModel } from './client-model.js';

const DELAY_MS = 1000;
const DELAY_MAX_MS = 5000;
const FACTOR = 2;
const JITTER = 0.5;

/** `Backoff` of socket.io-client with the defaults of its `Manager`. test/bench compares the two. */
export class SocketIoClient implements ClientModel {
  readonly #random: () => number;
  #attempts = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** The end of an open line sets the count back (`Manager.onclose`). */
  lost(): number {
    this.#attempts = 0;
    return this.failed();
  }

  started(): void {}

  failed(): number {
    const delay = DELAY_MS * FACTOR ** this.#attempts++;
    const die = this.#random();
    const deviation = Math.floor(die * JITTER * delay);
    // The same die gives the width and, by its first decimal, the direction.
    const jittered = Math.floor(die * 10) % 2 === 0 ? delay - deviation : delay + deviation;
    return Math.trunc(Math.min(jittered, DELAY_MAX_MS));
  }
}

/** Socket.IO's client. An attempt is counted once, though it may begin with long polling. */
export const socketIo: ClientKind = {
  name: 'socket.io-client 4.8.4',
  parameters: '1 s · 2ⁿ, ± 50 %, cut at 5 s (so without jitter from n = 4 on); timeout 20 s',
  source: '`build/esm/manager.js` and `build/esm/contrib/backo2.js` of the package',
  openTimeoutMs: 20_000,
  create: (clock) => new SocketIoClient(clock.random),
};
