const NONE = -1;

/**
 * What is due in which millisecond. Each client has at most one thing before it, so a millisecond is a chain of clients
 * and everything costs the same, however many there are. What lies beyond the horizon never comes.
 */
export class Timetable {
  readonly #first: Int32Array;
  readonly #last: Int32Array;
  readonly #next: Int32Array;
  readonly #step: Uint8Array;

  constructor(clients: number, horizonMs: number) {
    this.#first = new Int32Array(horizonMs).fill(NONE);
    this.#last = new Int32Array(horizonMs).fill(NONE);
    this.#next = new Int32Array(clients);
    this.#step = new Uint8Array(clients);
  }

  /** Enters the next step of a client that has none. `atMs` may have a fraction. */
  enter(client: number, step: number, atMs: number): void {
    const slot = Math.floor(atMs);
    if (slot >= this.#first.length) return;
    this.#step[client] = step;
    this.#next[client] = NONE;
    const last = this.#last[slot]!;
    if (last === NONE) this.#first[slot] = client;
    else this.#next[last] = client;
    this.#last[slot] = client;
  }

  /** Takes what is due in this millisecond, in the order of entry; what is entered for it meanwhile comes, too. */
  run(ms: number, due: (client: number, step: number) => void): void {
    for (let client = this.#first[ms]!; client !== NONE; client = this.#first[ms]!) {
      this.#first[ms] = this.#next[client]!;
      if (this.#first[ms] === NONE) this.#last[ms] = NONE;
      due(client, this.#step[client]!);
    }
  }
}
