import type { Group } from './draw.js';

/** What is drawn beyond the view, on either side, in heights of the view. */
const MARGIN = 1;
/** What a group is taken for before it was ever in the page, in pixels. */
const GUESS = 110;
/** Groups above the view are let go in bunches, so that not every message moves the window. */
const SLACK = 12;

/** Keeps only the groups around the view in the page; empty boxes stand for the others. */
export class GroupWindow {
  readonly #scroller: HTMLElement;
  readonly #content: HTMLElement;
  readonly #groups: readonly Group[];
  readonly #make: (group: Group) => HTMLElement;
  readonly #above = document.createElement('div');
  readonly #below = document.createElement('div');
  readonly #sizes: ResizeObserver;
  readonly #owners = new WeakMap<Element, Group>();
  #from: number;
  #to: number;
  /** Height of the view, as its observer told it: to ask would force a layout. */
  #view = 0;
  #aboveHeight = 0;
  #belowHeight = 0;

  constructor(
    scroller: HTMLElement,
    content: HTMLElement,
    groups: readonly Group[],
    make: (group: Group) => HTMLElement,
  ) {
    this.#scroller = scroller;
    this.#content = content;
    this.#groups = groups;
    this.#make = make;
    this.#from = this.#to = groups.length;
    this.#aboveHeight = groups.length * GUESS;
    this.#sizes = new ResizeObserver((entries) => {
      for (const { target, borderBoxSize } of entries) {
        const height = borderBoxSize[0]!.blockSize;
        const group = this.#owners.get(target);
        if (group?.drawn) group.height = height;
        else if (target === scroller) this.#view = height;
      }
    });
    this.#sizes.observe(scroller);
    content.append(this.#above, this.#below);
  }

  /** Draws the groups at the end. */
  toEnd(): void {
    this.#view = this.#scroller.clientHeight;
    for (let room = (1 + MARGIN) * this.#view; room > 0 && this.#from > 0; room -= GUESS) this.#drawAbove();
    this.#space();
  }

  /** Takes in the newest group: draws it for a reader at the end, and lets go of some at the other side. */
  append(following: boolean): void {
    if (!following || this.#to < this.#groups.length - 1) {
      this.#belowHeight += GUESS;
      this.#space();
      return;
    }
    this.#below.before(this.#draw(this.#to++));
    const most = Math.ceil(((1 + MARGIN) * this.#view) / GUESS) + SLACK;
    if (this.#to - this.#from > most) {
      while (this.#to - this.#from > most - SLACK) this.#dropAbove();
      this.#space();
    }
  }

  /** The reader has scrolled. */
  look(): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const [top, bottom] = [scrollTop - MARGIN * clientHeight, scrollTop + (1 + MARGIN) * clientHeight];
    const before = [this.#from, this.#to].join();
    let end = this.#content.offsetHeight - this.#belowHeight;
    while (this.#aboveHeight > top && this.#from > 0) this.#drawAbove();
    while (end < bottom && this.#to < this.#groups.length) {
      end += this.#groups[this.#to]!.height ?? GUESS;
      this.#belowHeight -= this.#groups[this.#to]!.height ?? GUESS;
      this.#below.before(this.#draw(this.#to++));
    }
    while (this.#from < this.#to - 1 && this.#aboveHeight + this.#heightOf(this.#from) < top - clientHeight)
      this.#dropAbove();
    while (this.#to - 1 > this.#from && end - this.#heightOf(this.#to - 1) > bottom + clientHeight) {
      const height = this.#heightOf(--this.#to);
      end -= height;
      this.#belowHeight += height;
      this.#remove(this.#groups[this.#to]!);
    }
    if ([this.#from, this.#to].join() !== before) this.#space();
  }

  destroy(): void {
    this.#sizes.disconnect();
  }

  #heightOf(index: number): number {
    return this.#groups[index]!.height ?? GUESS;
  }

  #drawAbove(): void {
    this.#aboveHeight -= this.#heightOf(--this.#from);
    this.#above.after(this.#draw(this.#from));
  }

  #dropAbove(): void {
    this.#aboveHeight += this.#heightOf(this.#from);
    this.#remove(this.#groups[this.#from++]!);
  }

  #draw(index: number): HTMLElement {
    const group = this.#groups[index]!;
    const root = this.#make(group);
    this.#owners.set(root, group);
    this.#sizes.observe(root);
    return root;
  }

  #remove(group: Group): void {
    this.#sizes.unobserve(group.drawn!.root);
    group.drawn!.root.remove();
    delete group.drawn;
  }

  #space(): void {
    this.#above.style.blockSize = `${Math.max(0, this.#aboveHeight)}px`;
    this.#below.style.blockSize = `${Math.max(0, this.#belowHeight)}px`;
  }
}
