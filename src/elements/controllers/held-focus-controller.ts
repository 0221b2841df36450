import type { LitElement, ReactiveController } from 'lit';

/** Keeps the focus from falling out of the panel when what has it goes: it moves to something near that stays. */
export class HeldFocusController implements ReactiveController {
  readonly #host: LitElement;
  readonly #pass: () => void;
  #held: Element | null = null;

  /** @param pass passes the focus on */
  constructor(host: LitElement, pass: () => void) {
    this.#host = host;
    this.#pass = pass;
  }

  hostUpdate(): void {
    const held = (this.#host.getRootNode() as ShadowRoot).activeElement;
    this.#held = this.#host.contains(held) ? held : null;
  }

  hostUpdated(): void {
    if (this.#held?.isConnected === false) this.#pass();
    this.#held = null;
  }
}
