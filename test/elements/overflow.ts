import type { Opened } from './open-widget.js';

/** What may be cut off at its end: names and what the page has called itself. */
const TRUNCATING = '.title, .author bdi';
/** What is there for screen readers alone. */
const UNSEEN = '.vh, .edge, .vh *';
/** What has something around it on purpose: a badge, a ring. */
const ADORNED = '.frame, .launcher, .queue-rail b';

/** What scrolls by itself. */
const SCROLLS = '.transcript, .welcome, .empty, .table, pre';

const seen = (element: Element): boolean => {
  const { width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 && !element.matches(UNSEEN) && element.checkVisibility();
};

const nameOf = (element: Element): string =>
  `${element.localName}.${element.getAttribute('class') ?? ''} “${element.textContent!.trim().slice(0, 40)}”`;

/** What sticks out of the panel or of itself, is cut off, or is too small to be hit, in words. */
export function overflows(
  { all, find, widget }: Pick<Opened, 'all' | 'find' | 'widget'>,
  truncating = TRUNCATING,
): string[] {
  const found: string[] = [];
  const panel = widget.open ? find('.panel') : find('.frame');
  const bounds = widget.open
    ? panel.getBoundingClientRect()
    : { left: 0, right: document.documentElement.clientWidth };
  for (const element of [panel, ...all<HTMLElement>('.frame *')]) {
    if (!(element instanceof HTMLElement) || !panel.contains(element) || !seen(element)) continue;
    const { left, right, width, height } = element.getBoundingClientRect();
    if (left < bounds.left - 0.5 || right > bounds.right + 0.5) found.push(`${nameOf(element)} sticks out`);
    if (element.matches(truncating) || element.matches(ADORNED)) continue;
    // Inline boxes have no width of their own.
    if (element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1)
      found.push(`${nameOf(element)} is ${element.scrollWidth} wide in ${element.clientWidth}`);
    const cut = getComputedStyle(element).overflowY !== 'visible' && !element.matches(SCROLLS);
    if (cut && element.scrollHeight > element.clientHeight + 1)
      found.push(`${nameOf(element)} shows ${element.clientHeight} of ${element.scrollHeight}`);
    if (element.localName !== 'button') continue;
    if (element.scrollHeight > element.clientHeight + 1)
      found.push(`${nameOf(element)} is ${element.scrollHeight} high in ${element.clientHeight}`);
    if (width < 24 || height < 24) found.push(`${nameOf(element)} is only ${width} × ${height}`);
  }
  return found;
}
