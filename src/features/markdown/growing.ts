import { noChange, render } from 'lit';
import { directive, Directive, PartType, type ElementPart, type PartInfo } from 'lit/directive.js';

/** A list that grows at its end. The same object grows; when a text is read anew, there is a new one. */
export interface Growing<T> {
  readonly items: readonly T[];
  /** How many of them, from the first on, will never change. */
  readonly settled: number;
}

/**
 * Gives each item of a growing list an element of its own. What is settled and drawn is never looked at again: drawing
 * costs as much as has changed, however long the list has become.
 */
class GrowingDirective extends Directive {
  readonly #boxes: HTMLElement[] = [];
  #list: unknown;
  #settled = 0;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT)
      throw new TypeError('growing() stands in the tag of the element that grows');
  }

  render(_list: Growing<never>, _tag: string, _view: (item: never) => unknown): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [list, tag, view]: Parameters<this['render']>): unknown {
    if (list !== this.#list) this.#settled = 0;
    this.#list = list;
    for (let i = this.#settled; i < list.items.length; i += 1) {
      this.#boxes[i] ??= element.appendChild(document.createElement(tag));
      render(view(list.items[i]!), this.#boxes[i]!);
    }
    while (this.#boxes.length > list.items.length) this.#boxes.pop()!.remove();
    this.#settled = list.settled;
    return noChange;
  }
}

const grow = directive(GrowingDirective);

/**
 * Fills an element from a list that grows.
 * @param tag name of the element around each item
 */
export const growing = <T>(list: Growing<T>, tag: string, view: (item: T) => unknown): unknown =>
  grow(list as Growing<never>, tag, view as (item: never) => unknown);
