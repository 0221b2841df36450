import type { Listing, Piece, Shape } from './piece.js';

/** What has been drawn of lists that grow, by the element that holds them. */
const drawn = new WeakMap<Element, { list: unknown; settled: number }>();

/**
 * Makes what stands in an element what it is to be. An element or a text that fits already is kept, and only what differs in
 * it is changed, so that a text that grows is added to and nothing of it is made anew. A document has thousands of such
 * nodes, and templates would put a comment beside each of them to find it again.
 */
export function draw(parent: Element, inside: Shape['inside']): void {
  if ('list' in inside) return drawListing(parent, inside);
  let node = parent.firstChild;
  for (const piece of inside) {
    if (node && fits(node, piece)) adjust(node, piece);
    else {
      const made = make(piece);
      if (node) node.replaceWith(made);
      else parent.append(made);
      node = made;
    }
    node = node.nextSibling;
  }
  while (node) {
    const next: ChildNode | null = node.nextSibling;
    node.remove();
    node = next;
  }
}

/** What is settled and drawn is never looked at again: drawing costs as much as has changed, however long the list has become. */
function drawListing(parent: Element, { list, tag, view }: Listing): void {
  const { children } = parent;
  const past = drawn.get(parent);
  for (let i = past?.list === list ? past.settled : 0; i < list.items.length; i += 1) {
    const box = children[i] ?? document.createElement(tag);
    draw(box, view(list.items[i]));
    if (!box.parentNode) parent.append(box);
  }
  while (children.length > list.items.length) parent.lastChild!.remove();
  drawn.set(parent, { list, settled: list.settled });
}

function fits(node: Node, piece: Piece): boolean {
  if (typeof piece === 'string') return node instanceof Text;
  if (!(node instanceof Element) || node.localName !== piece.tag) return false;
  let given = 0;
  for (const [name, value] of Object.entries(piece.attributes)) {
    if (value !== undefined) given += 1;
    if (node.getAttribute(name) !== (value ?? null)) return false;
  }
  return node.attributes.length === given;
}

function adjust(node: Node, piece: Piece): void {
  if (typeof piece !== 'string') return fill(node as Element, piece);
  const text = node as Text;
  const { data } = text;
  if (data === piece) return;
  // What is only added to keeps what is selected in it.
  if (piece.startsWith(data)) text.appendData(piece.slice(data.length));
  else text.data = piece;
}

function make(piece: Piece): Element | Text {
  if (typeof piece === 'string') return new Text(piece);
  const element = document.createElement(piece.tag);
  for (const [name, value] of Object.entries(piece.attributes))
    if (value !== undefined) element.setAttribute(name, value);
  fill(element, piece);
  return element;
}

function fill(element: Element, { inside, properties }: Shape): void {
  // An element that is made of properties draws itself.
  if (properties) Object.assign(element, properties);
  else draw(element, inside);
}
