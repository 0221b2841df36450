import type { LitElement } from 'lit';
import type { CwPanel } from '../cw-panel.js';

/** Moves focus into the panel and back to where it came from, on the guest's own action only. */
export class FocusController {
  readonly #host: LitElement;
  #opener: HTMLElement | null = null;
  #wanted = false;

  constructor(host: LitElement) {
    this.#host = host;
  }

  get #inside(): HTMLElement | null {
    return this.#host.shadowRoot!.activeElement as HTMLElement | null;
  }

  get #panel(): CwPanel | null {
    return this.#host.renderRoot.querySelector('cw-panel');
  }

  /**
   * The guest wants the panel open.
   * @param opener what has the focus now, and gets it back later
   */
  opening(opener: HTMLElement | null): void {
    this.#opener = opener;
    this.#wanted = true;
  }

  /** The panel is open: goes in, if that was the guest's wish. */
  opened(): void {
    if (this.#wanted) void this.enter();
    this.#wanted = false;
  }

  /** What the guest pressed may be gone: focus that would fall out of the panel goes to the message box. */
  settle(always = false): void {
    if (this.#inside !== this.#panel?.composer?.input) void this.enter(always);
  }

  /** To the message box; where that would bring up a keyboard on the screen, to the title. */
  async enter(always = false): Promise<void> {
    await this.#host.updateComplete;
    const panel = this.#panel;
    const composer = panel?.composer;
    const write = always || !matchMedia('(pointer: coarse)').matches;
    ((write && composer?.input) || panel?.heading)?.focus();
  }

  /** The panel is closed: focus that was in it goes back. */
  closed(): void {
    this.#wanted = false;
    if (!this.#panel?.contains(this.#inside)) return;
    const opener = this.#opener;
    const launcher = this.#host.renderRoot.querySelector<HTMLElement>('.launcher');
    (opener?.isConnected && opener !== document.body ? opener : launcher)?.focus();
  }
}
