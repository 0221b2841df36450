import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { lockPage, unlockPage } from '../page-lock.js';

/** Gives the panel the whole screen where there is little of it, and keeps it above the keyboard of a phone. */
export class FullScreenController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #small = matchMedia('(width < 480px), (height < 480px)');
  #panel: HTMLElement | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement) {
    this.#host = host;
    host.addController(this);
  }

  /** Whether the screen is too small for a floating panel. */
  get small(): boolean {
    return this.#small.matches;
  }

  hostConnected(): void {
    this.#small.addEventListener('change', this.#changed);
    globalThis.visualViewport?.addEventListener('resize', this.#fit);
    globalThis.visualViewport?.addEventListener('scroll', this.#fit);
  }

  hostDisconnected(): void {
    this.#small.removeEventListener('change', this.#changed);
    globalThis.visualViewport?.removeEventListener('resize', this.#fit);
    globalThis.visualViewport?.removeEventListener('scroll', this.#fit);
    this.cover(undefined);
  }

  /** Locks the page and fits the panel while it covers the screen; undefined gives the page back. */
  cover(panel: HTMLElement | undefined): void {
    if (panel === this.#panel) return;
    this.#panel = panel;
    if (panel) lockPage(this);
    else unlockPage(this);
    this.#fit();
  }

  /** The first and the last place that Tab can reach, for focus that must not leave the panel. */
  edges(panel: HTMLElement): HTMLElement[] {
    const places = panel.querySelectorAll<HTMLElement>(
      'button, textarea, a[href], [tabindex="0"]:not(.edge)',
    );
    return [places[0]!, places[places.length - 1]!];
  }

  readonly #changed = (): void => this.#host.requestUpdate();

  readonly #fit = (): void => {
    const viewport = globalThis.visualViewport;
    // While the guest zooms in, the panel stays as it is.
    if (!viewport || !this.#panel || viewport.scale > 1) return;
    const { style, currentCSSZoom = 1 } = this.#panel;
    // What the page is zoomed by its own styles is counted already in what the window says.
    style.setProperty('--_top', `${viewport.offsetTop / currentCSSZoom}px`);
    style.setProperty('--_height', `${viewport.height / currentCSSZoom}px`);
  };
}
