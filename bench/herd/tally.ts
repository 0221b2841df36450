/** Width of a count, in milliseconds; windows of a second slide by this much. */
const BIN_MS = 10;
const BINS_PER_SECOND = 1000 / BIN_MS;

/** Counts what reaches the server and who is back. */
export class Tally {
  readonly #bins: Uint32Array;
  readonly #attempts: Uint16Array;
  readonly #backAt: number[] = [];
  readonly #clients: number;

  constructor(clients: number, horizonMs: number) {
    this.#clients = clients;
    this.#bins = new Uint32Array(Math.ceil(horizonMs / BIN_MS));
    this.#attempts = new Uint16Array(clients);
  }

  /** An attempt reached the server, or the place where it was. */
  attempt(client: number, atMs: number): void {
    const bin = Math.floor(atMs / BIN_MS);
    this.#bins[bin] = (this.#bins[bin] ?? 0) + 1;
    this.#attempts[client] = (this.#attempts[client] ?? 0) + 1;
  }

  /** A client is back. Must be told in the order of time. */
  back(atMs: number): void {
    this.#backAt.push(atMs);
  }

  /** Whether everybody is back. */
  get complete(): boolean {
    return this.#backAt.length === this.#clients;
  }

  /** All attempts. */
  get total(): number {
    return this.#bins.reduce((sum, count) => sum + count, 0);
  }

  /** Most attempts within one second, wherever it begins from `fromMs` on, and where it begins. */
  peak(fromMs = 0): { attempts: number; atMs: number } {
    const first = Math.ceil(fromMs / BIN_MS);
    let best = { attempts: 0, atMs: fromMs };
    let sum = 0;
    for (let bin = first; bin < this.#bins.length; bin++) {
      sum += this.#bins[bin]!;
      const left = bin - BINS_PER_SECOND;
      if (left >= first) sum -= this.#bins[left]!;
      if (sum > best.attempts) best = { attempts: sum, atMs: Math.max(first, left + 1) * BIN_MS };
    }
    return best;
  }

  /** Attempts in the second that begins at `second`. */
  inSecond(second: number): number {
    const bins = this.#bins.subarray(second * BINS_PER_SECOND, (second + 1) * BINS_PER_SECOND);
    return bins.reduce((sum, count) => sum + count, 0);
  }

  /** When this share of all clients was back, in milliseconds; `undefined` if they never were. */
  backBy(share: number): number | undefined {
    return this.#backAt[Math.ceil(share * this.#clients) - 1];
  }

  /** The share that came back. */
  get backShare(): number {
    return this.#backAt.length / this.#clients;
  }

  /** Attempts of the client in the middle. */
  get medianAttempts(): number {
    return quantile(Array.from(this.#attempts), 0.5);
  }
}

/** The value that this share of all does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}
