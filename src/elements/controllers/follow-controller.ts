import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Nearer to the end than this counts as being at the end, in pixels. */
const NEAR = 48;
/** Nearer to the beginning than this asks the server for what came before, in pixels. */
const EARLY = 200;
/** What a reader holds on to: what is said, and what happened. A day's line moves up when more of the day is drawn. */
const LANDMARKS = '.bubble:not(.rich), .md > *, .system';

/** Something in the transcript, and how far below the top of the view it stands, in pixels. */
interface Landmark {
  readonly element: Element;
  readonly top: number;
}

/** What a followed transcript tells and is asked. */
export interface Followed extends ReactiveControllerHost {
  /** The newest reply, if what was said last is one: it is held at its first line when it grows taller than the view. */
  newestReply(): HTMLElement | undefined;
  /** Whether what is drawn goes to the end of the conversation. */
  readonly atEnd: boolean;
  /**
   * The reader is less than a view away from the first thing drawn.
   * @param beginning whether they are nearly there
   */
  nearStart(beginning: boolean): void;
  /** The reader is less than a view away from the last thing drawn. */
  nearEnd(): void;
}

/**
 * Keeps a growing transcript at its end, as long as the reader is there. An upward gesture stops it; reaching the end
 * resumes it. For who is not at the end, what they read stays where it is, whatever comes, goes or loads above it: browsers
 * can do that themselves, except Safari, and those that can hold on to the picture beside a group, which moves as it grows.
 */
export class FollowController implements ReactiveController {
  /** Whether new content is scrolled into view. */
  following = true;
  readonly #host: Followed;
  readonly #observer = new ResizeObserver(() => this.#grown());
  #scroller: HTMLElement | undefined;
  /** Height of the content when it was last looked at: a scroll event may come after it has grown again. */
  #height = 0;
  /** Height of the view at that time. */
  #view = 0;
  #held = false;
  /** Where the view stood when it was last looked at. */
  #top = 0;
  /** What the reader holds on to, and its distance from the top of the view. */
  #anchor: Landmark | undefined;
  /** Where the view was put last. */
  #placedAt = 0;
  /** What stood first in the view when it was last looked at. */
  #seen: Landmark | undefined;
  #touchY = 0;
  #frame: number | undefined;
  /** Whether something was drawn that no observer may tell of. */
  #unsettled = false;
  /** Whether the view has yet to go to the end: where it stands until then says nothing. */
  #resuming = false;

  constructor(host: Followed) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.#scroller) this.watch(this.#scroller);
  }

  hostDisconnected(): void {
    this.#observer.disconnect();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#frame = undefined;
  }

  /** Begins to watch an element that scrolls and the one child that grows in it. */
  watch(scroller: HTMLElement): void {
    this.#observer.observe(scroller);
    this.#observer.observe(scroller.firstElementChild!);
    if (scroller === this.#scroller) return;
    this.#scroller = scroller;
    const passive = { passive: true };
    scroller.addEventListener('scroll', () => this.#scrolled(), passive);
    scroller.addEventListener('wheel', (event) => this.gesture(event.deltaY < 0), passive);
    scroller.addEventListener('touchstart', (event) => (this.#touchY = event.touches[0]!.clientY), passive);
    scroller.addEventListener(
      'touchmove',
      (event) => this.gesture(event.touches[0]!.clientY > this.#touchY),
      passive,
    );
    scroller.addEventListener('keydown', ({ key }) => this.gesture(/^(?:ArrowUp|PageUp|Home)$/.test(key)));
  }

  /** The reader scrolls, or is about to. */
  gesture(upward: boolean): void {
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
    this.#anchor = undefined;
    this.#resuming = true;
    this.settle();
  }

  /** Keeps what is read where it is, also at the end, while something above it goes; called before that is rendered. */
  hold(): void {
    // What has come since stands below it. To look again now would lay the page out for each message.
    const still = !this.#held && this.#seen?.element.isConnected;
    this.#anchor ??= still ? this.#seen : this.#landmark();
    // Both are new then, the content and where the view stands in it.
    this.#height = Infinity;
  }

  /** The reader goes elsewhere. */
  leave(): void {
    this.#held = true;
    this.#set(false);
  }

  /** Goes to an element and stays there, with some of what stands before it in view. */
  show(element: Element): void {
    const scroller = this.#scroller;
    if (!scroller) return;
    const { top } = element.getBoundingClientRect();
    scroller.scrollTop += top - scroller.getBoundingClientRect().top - scroller.clientHeight / 4;
    this.#anchor = this.#landmark();
  }

  /** What is drawn changes, perhaps at both ends, and may be as high as before, which no observer tells. */
  settle(): void {
    this.#unsettled = true;
    this.#lookAroundSoon();
  }

  #grown(): void {
    this.#place();
    this.#lookAroundSoon();
  }

  /** Not while sizes are told: what is drawn then has a size that could not be told any more, which is an error. */
  #lookAroundSoon(): void {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = undefined;
      // What was drawn in this frame is told after it.
      if (this.#unsettled || this.#scroller!.scrollHeight !== this.#height) this.#place();
      this.#lookAround();
    });
  }

  #place(): void {
    const scroller = this.#scroller!;
    // Nothing to see while the panel is closed.
    if (scroller.clientHeight === 0) return;
    this.#unsettled = this.#resuming = false;
    this.#restore();
    const { scrollHeight, clientHeight, scrollTop } = scroller;
    if (this.following) {
      const end = scrollHeight - clientHeight;
      // What fitted into the view as it was, and what has not changed, stays at its end, also above a keyboard on the screen.
      const start = scrollHeight === this.#height ? undefined : this.#host.newestReply()?.offsetTop;
      const top = (start ?? Infinity) - 8;
      const fitted = top >= scrollHeight - (this.#view || clientHeight);
      // A reader who is already past the first line is reading on.
      const target = fitted || top + 1 < scrollTop ? end : Math.min(end, top);
      scroller.scrollTop = Math.max(target, scrollTop);
      if (end - target > NEAR) this.#set(false);
    }
    this.#height = scrollHeight;
    this.#view = clientHeight;
    this.#placedAt = scroller.scrollTop;
    this.#seen = this.#anchor ?? this.#landmark(scroller.getElementsByClassName('bubble'));
  }

  #scrolled(): void {
    // Of before; the view is about to go to the end.
    if (this.#resuming) return;
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller!;
    // The event may come after the content has grown, or the view become lower, and also because the content has shrunk: then
    // nobody has left the end.
    const left = Math.min(this.#height, scrollHeight) - Math.max(this.#view, clientHeight) - scrollTop;
    // Only who has come down to the end is there again: the event may be of before the gesture, or of its first pixel.
    if (left < 2 && scrollTop > this.#top) this.#held = false;
    this.#top = scrollTop;
    this.#set(left <= NEAR && !this.#held && this.#host.atEnd);
    // Where it was put, the view has been looked at.
    if (!this.following || scrollTop !== this.#placedAt) this.#seen = this.#landmark();
    this.#anchor = this.following ? undefined : this.#seen;
    this.#lookAround();
  }

  /** Asks for more of what the reader comes near to. */
  #lookAround(): void {
    const { scrollHeight, clientHeight, scrollTop } = this.#scroller!;
    const left = scrollHeight - clientHeight - scrollTop;
    // Closed; or they have left the end in this moment, which the event will say.
    if (clientHeight === 0 || (this.following && left > NEAR)) return;
    if (scrollTop < Math.max(EARLY, clientHeight)) this.#host.nearStart(scrollTop < EARLY);
    else if (left < clientHeight) this.#host.nearEnd();
  }

  /** The first thing in view, of those that can be held on to. */
  #landmark(marks: ArrayLike<Element> = this.#marks()): Landmark | undefined {
    const edge = this.#scroller?.getBoundingClientRect().top ?? 0;
    let [low, high] = [0, marks.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (marks[middle]!.getBoundingClientRect().bottom > edge) high = middle;
      else low = middle + 1;
    }
    const element = marks[low];
    return element && { element, top: element.getBoundingClientRect().top - edge };
  }

  #marks(): ArrayLike<Element> {
    return this.#scroller?.querySelectorAll(LANDMARKS) ?? [];
  }

  /** Puts the view back to what the reader holds on to. */
  #restore(): void {
    const [scroller, anchor] = [this.#scroller!, this.#anchor];
    if (anchor?.element.isConnected) {
      const top = anchor.element.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      // Less than a pixel is rounding, and would come back as a scroll event.
      if (Math.abs(top - anchor.top) >= 1) scroller.scrollTop += top - anchor.top;
    }
    this.#anchor = this.following ? undefined : this.#landmark();
  }

  #set(following: boolean): void {
    if (this.following === following) return;
    this.following = following;
    this.#anchor = following ? undefined : this.#landmark();
    this.#host.requestUpdate();
  }
}
