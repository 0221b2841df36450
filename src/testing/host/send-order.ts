/**
 * Keeps messages of one connection in order while one of them is refused for a moment: what came behind it is refused,
 * too, until the widget starts again from the refused one.
 */
export class SendOrder {
  #first: string | undefined;
  #until = 0;
  readonly #behind = new Set<string>();

  /** A message was refused for `retryAfterMs`. `now` is monotonic time in milliseconds. */
  refused(clientId: string, retryAfterMs: number, now: number): void {
    this.#first = clientId;
    this.#until = now + retryAfterMs;
  }

  /**
   * Whether a message comes behind a refused one.
   * @returns how long to wait, in milliseconds; undefined when it may pass
   */
  blocks(clientId: string, now: number): number | undefined {
    if (this.#first === undefined || this.#passes(clientId, now)) {
      this.#first = undefined;
      this.#behind.clear();
      return undefined;
    }
    this.#behind.add(clientId);
    // Never zero: a widget that comes back at once would ask again and again in the meantime.
    return Math.max(1, Math.ceil(this.#until - now));
  }

  /**
   * The refused one itself passes. When the time is over and one comes again that was refused as behind, the guest
   * deleted the refused one: widgets start again from the first that is left.
   */
  #passes(clientId: string, now: number): boolean {
    return clientId === this.#first || (now >= this.#until && this.#behind.has(clientId));
  }
}
