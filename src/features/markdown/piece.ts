import type { Growing } from './growing.js';

/** What is to stand in the page: a text, or an element. */
export type Piece = string | Shape;

/** An element as it is to be. Its name and the names of its attributes come from our code alone, never from a text. */
export interface Shape {
  readonly tag: string;
  /** By name; those without a value are left out. */
  readonly attributes: Readonly<Record<string, string | undefined>>;
  /** What stands in it, or a list that grows in it. */
  readonly inside: readonly Piece[] | Listing;
  /** Set on the element, for those that are made of them. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/** A list of which each item has an element of its own. */
export interface Listing {
  readonly list: Growing<unknown>;
  /** Name of the element around each item. */
  readonly tag: string;
  /** What stands in it. */
  view(item: unknown): readonly Piece[];
}

/** An element. */
export const shape = (
  tag: string,
  inside: Shape['inside'] = [],
  attributes: Shape['attributes'] = {},
  properties?: Shape['properties'],
): Shape => ({ tag, attributes, inside, ...(properties && { properties }) });

/** A list that grows. */
export const listing = <T>(list: Growing<T>, tag: string, view: (item: T) => readonly Piece[]): Listing => ({
  list,
  tag,
  view: view as Listing['view'],
});
