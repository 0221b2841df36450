/** Nearer to the end than this counts as being there, in pixels. */
const NEAR = 48;

/** Keeps a scroller at its end while it grows, unless its reader has left it; holds a tall answer at its first line. */
export class FollowEnd {
  following = true;
  /** The bubble that is not to leave the view at the top. */
  newest: HTMLElement | undefined;
  readonly #scroller: HTMLElement;
  readonly #observer: ResizeObserver;
  #height = 0;

  constructor(scroller: HTMLElement, content: HTMLElement, onScroll: () => void) {
    this.#scroller = scroller;
    this.#observer = new ResizeObserver(() => this.#grown());
    this.#observer.observe(content);
    this.#observer.observe(scroller);
    scroller.addEventListener(
      'scroll',
      () => {
        const { scrollTop, clientHeight, scrollHeight } = scroller;
        this.following = Math.min(scrollHeight, this.#height) - clientHeight - scrollTop < NEAR;
        onScroll();
      },
      { passive: true },
    );
  }

  /** Follows from the next growth on. */
  resume(): void {
    this.following = true;
  }

  toEnd(): void {
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
  }

  destroy(): void {
    this.#observer.disconnect();
  }

  #grown(): void {
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller;
    if (this.following) {
      const end = scrollHeight - clientHeight;
      const first = this.newest?.isConnected ? this.newest.offsetTop - 8 : Infinity;
      const target = first + 1 < scrollTop ? end : Math.min(end, first);
      if (target > scrollTop) this.#scroller.scrollTop = target;
      if (end - target > NEAR) this.following = false;
    }
    this.#height = scrollHeight;
  }
}
