/** What a server is able to do. */
export interface ServerLimits {
  /** Connections accepted per second, handshake and welcome included. */
  perSecond: number;
  /** Connections that may wait to be accepted; 0: what comes above the limit is refused at once. */
  backlog: number;
}

/** What the server says to an attempt at once. */
export type Answer = 'accepted' | 'waiting' | 'refused';

/**
 * A server that accepts so many connections a second, and no more.
 *
 * With a backlog it works evenly, one connection after the other; who comes meanwhile waits in the queue of the listening
 * socket, in order, and who finds that full is refused. Somebody who gave up waiting is noticed only when it is his
 * turn, and that turn is lost, as with a real accept queue.
 *
 * Without a backlog it is a rate limit in front (a token bucket that holds one second's worth): who finds no token is
 * refused.
 *
 * While it is down, everybody is refused.
 */
export class ServerModel {
  readonly #perTick: number;
  readonly #limits: ServerLimits;
  readonly #depth: number;
  readonly #queue: { client: number; attempt: number }[] = [];
  #first = 0;
  #credit: number;
  #up = false;

  constructor(limits: ServerLimits) {
    this.#limits = limits;
    this.#perTick = limits.perSecond / 1000;
    // Without a backlog what was not used up to a second ago may be used now; with one, idle time is lost.
    this.#depth = limits.backlog ? Math.max(1, this.#perTick) : limits.perSecond;
    this.#credit = this.#depth;
  }

  /** The server listens from now on. */
  start(): void {
    this.#up = true;
  }

  /** A connection arrives. */
  connect(client: number, attempt: number): Answer {
    if (!this.#up) return 'refused';
    if (this.#limits.backlog === 0) {
      if (this.#credit < 1) return 'refused';
      this.#credit--;
      return 'accepted';
    }
    if (this.#queue.length - this.#first >= this.#limits.backlog) return 'refused';
    this.#queue.push({ client, attempt });
    return 'waiting';
  }

  /**
   * A millisecond passes.
   * @param accept called for each connection whose turn it is
   */
  tick(accept: (client: number, attempt: number) => void): void {
    if (!this.#up) return;
    this.#credit = Math.min(this.#depth, this.#credit + this.#perTick);
    while (this.#credit >= 1 && this.#first < this.#queue.length) {
      this.#credit--;
      const { client, attempt } = this.#queue[this.#first++]!;
      accept(client, attempt);
    }
  }
}
