import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Nearer to the end than this counts as being at the end, in pixels. */
const NEAR = 48;
/** Nearer to the beginning than this asks for what came before, in pixels. */
const EARLY = 200;

/** What a followed transcript tells and is asked. */
export interface Followed extends ReactiveControllerHost {
  /** The newest reply, if what was said last is one: it is held at its first line when it grows taller than the view. */
  newestReply(): HTMLElement | undefined;
  /** The reader is near the beginning. */
  nearStart(): void;
}

/**
 * Keeps a growing transcript at its end, as long as the reader is there. An upward gesture stops it; reaching the end
 * resumes it.
 */
export class FollowController implements ReactiveController {
  /** Whether new content is scrolled into view. */
  following = true;
  readonly #host: Followed;
  readonly #observer = new ResizeObserver(() => this.#grown());
  #scroller: HTMLElement | undefined;
  /** Height of the content when it was last looked at: a scroll event may come after it has grown again. */
  #height = 0;
  #held = false;
  /** Where the view stood when it was last looked at. */
  #top = 0;
  /** Distance from the end to be kept while older messages come in. */
  #anchor: number | undefined;
  #touchY = 0;

  constructor(host: Followed) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#scroller) this.watch(this.#scroller);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
  }

  /** Begins to watch an element that scrolls and the one child that grows in it. */
  watch(scroller: HTMLElement): void {
    this.#observer.observe(scroller);
    this.#observer.observe(scroller.firstElementChild!);
    if (scroller === this.#scroller) return;
    this.#scroller = scroller;
    const passive = { passive: true };
    scroller.addEventListener('scroll', () => this.#scrolled(), passive);
    scroller.addEventListener('wheel', (event) => this.#hold(event.deltaY < 0), passive);
    scroller.addEventListener('touchstart', (event) => (this.#touchY = event.touches[0]!.clientY), passive);
    scroller.addEventListener(
      'touchmove',
      (event) => this.#hold(event.touches[0]!.clientY > this.#touchY),
      passive,
    );
    scroller.addEventListener('keydown', ({ key }) => this.#hold(/^(?:ArrowUp|PageUp|Home)$/.test(key)));
  }

  #hold(upward: boolean): void {
    if (!upward) return;
    this.#held = true;
    this.#top = this.#scroller!.scrollTop;
  }

  /** Goes to the end and stays there. */
  toEnd(): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    this.resume();
    scroller.scrollTop = scroller.scrollHeight;
    this.#host.requestUpdate();
  }

  /** Follows from the next growth on; called before that is rendered. */
  resume(): void {
    this.#held = false;
    this.following = true;
  }

  /** Keeps what is on screen where it is while something is put above it; called before that is rendered. */
  keepPlace(): void {
    const scroller = this.#scroller;
    if (scroller) this.#anchor ??= scroller.scrollHeight - scroller.scrollTop;
  }

  #grown(): void {
    const scroller = this.#scroller!;
    const { scrollHeight, clientHeight, scrollTop } = scroller;
    if (this.#anchor !== undefined) {
      scroller.scrollTop = scrollHeight - this.#anchor;
      this.#anchor = undefined;
    } else if (this.following) {
      const end = scrollHeight - clientHeight;
      // Only the view has changed, as by a keyboard on the screen: what was at its end stays there.
      const resized = scrollHeight === this.#height;
      const top = resized ? end : (this.#host.newestReply()?.offsetTop ?? Infinity) - 8;
      // A reader who is already past the first line is reading on.
      const target = top + 1 < scrollTop ? end : Math.min(end, top);
      scroller.scrollTop = Math.max(target, scrollTop);
      if (end - target > NEAR) this.#set(false);
    }
    this.#height = scrollHeight;
    if (scroller.scrollTop < EARLY) this.#host.nearStart();
  }

  #scrolled(): void {
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller!;
    // The event may come after the content has grown, and also because it has shrunk: then nobody has left the end.
    const left = Math.min(this.#height, scrollHeight) - clientHeight - scrollTop;
    // Only who has come down to the end is there again: the event may be of before the gesture, or of its first pixel.
    if (left < 2 && scrollTop > this.#top) this.#held = false;
    this.#top = scrollTop;
    this.#set(left <= NEAR && !this.#held);
    if (scrollTop < EARLY) this.#host.nearStart();
  }

  #set(following: boolean): void {
    if (this.following === following) return;
    this.following = following;
    this.#host.requestUpdate();
  }
}
