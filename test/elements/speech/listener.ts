/** Stands where a screen reader stands: hears what is put into the live regions of the page, in its order. */
export class Listener {
  /** What was heard, in order; what may interrupt is marked by an exclamation mark. */
  readonly heard: string[] = [];
  readonly #observer = new MutationObserver((records) => {
    for (const { addedNodes, target } of records) {
      for (const node of addedNodes) this.#hear(node, target as Element);
    }
  });
  readonly #onHeard: (words: string) => void;

  constructor(onHeard: (words: string) => void = () => {}) {
    this.#onHeard = onHeard;
    this.#observer.observe(document.body, { childList: true, subtree: true });
  }

  /** The live regions of the page. */
  get regions(): HTMLElement[] {
    return [...document.querySelectorAll<HTMLElement>('body > .chat-widget-announcer > [aria-live]')];
  }

  /** What can be found in them now. */
  get shown(): string[] {
    return this.regions.flatMap(({ children }) => [...children].map(({ textContent }) => textContent));
  }

  /** What was heard since it was last asked. */
  take(): string[] {
    return this.heard.splice(0);
  }

  end(): void {
    this.#observer.disconnect();
  }

  #hear(node: Node, region: Element): void {
    const live = region.getAttribute('aria-live');
    if (!live || live === 'off' || !region.matches('.chat-widget-announcer > *')) return;
    const words = `${live === 'assertive' ? '! ' : ''}${node.textContent}`;
    this.heard.push(words);
    this.#onHeard(words);
  }
}
