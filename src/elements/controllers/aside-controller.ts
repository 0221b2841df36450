import type { ReactiveController } from 'lit';
import type { ChatWidget } from '../chat-widget.js';

/** Room between the launcher and what it has made way for, in pixels. */
const GAP = 8;

/**
 * Lets those who use the page by keyboard see where they are: the launcher makes way for what has the focus in the page,
 * and a panel that covers it is closed by Esc, without a way through the panel.
 */
export class AsideController implements ReactiveController {
  readonly #host: ChatWidget;
  #listening: AbortController | undefined;

  constructor(host: ChatWidget) {
    this.#host = host;
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const look = { signal, passive: true, capture: true };
    for (const type of ['focusin', 'focusout', 'scroll']) addEventListener(type, this.#look, look);
    addEventListener('resize', this.#look, look);
    // Behind all listeners of the page: what takes the key says so.
    addEventListener('keydown', this.#pressed, { signal });
    this.#look();
  }

  hostDisconnected(): void {
    this.#listening?.abort();
  }

  hostUpdated(): void {
    this.#look();
  }

  get #launcher(): HTMLElement | null {
    return this.#host.renderRoot.querySelector<HTMLElement>('.launcher');
  }

  readonly #look = (): void => {
    const launcher = this.#launcher;
    if (!launcher) return;
    // Where it is when it has not made way.
    launcher.style.translate = '';
    const focused = this.#coveredBy(launcher);
    if (!focused) return;
    const up = launcher.getBoundingClientRect().bottom - focused.top + GAP;
    launcher.style.translate = `0 ${-up}px`;
  };

  readonly #pressed = (event: KeyboardEvent): void => {
    const { key, defaultPrevented, isComposing, keyCode } = event;
    if (key !== 'Escape' || defaultPrevented || isComposing || keyCode === 229) return;
    const panel = this.#host.renderRoot.querySelector<HTMLElement>('.panel.floating.open');
    if (panel && this.#coveredBy(panel)) this.#host.hide();
  };

  /** Where the focus of the page is, if all that is in the window of it is behind an element. */
  #coveredBy(element: HTMLElement): DOMRect | undefined {
    const focused = document.activeElement;
    if (!focused || focused === document.body || focused === this.#host || this.#host.contains(focused)) {
      return undefined;
    }
    const own = focused.getBoundingClientRect();
    const over = element.getBoundingClientRect();
    const [top, bottom] = [Math.max(own.top, 0), Math.min(own.bottom, innerHeight)];
    const [left, right] = [Math.max(own.left, 0), Math.min(own.right, innerWidth)];
    const seen = bottom > top && right > left;
    const behind = over.top <= top && over.bottom >= bottom && over.left <= left && over.right >= right;
    return seen && behind ? own : undefined;
  }
}
