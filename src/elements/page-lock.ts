/**
 * Keeps the page from scrolling behind a panel that covers it, by a sheet of our own: nothing that the page has set is
 * touched, so that there is nothing to put back but the place to which it was scrolled.
 */
const holders = new Set<object>();
let sheet: CSSStyleSheet | undefined;
let place: ScrollToOptions = {};

/** Locks the page for as long as anybody holds it. */
export function lockPage(holder: object): void {
  if (holders.size === 0) {
    place = { left: scrollX, top: scrollY, behavior: 'instant' };
    // What the body says of overflow counts for the window while the root says nothing. Under our rule it would count for
    // the body, which would scroll by itself, and a short one would forget how far down the page was.
    const open = getComputedStyle(document.documentElement).overflow === 'visible';
    sheet = new CSSStyleSheet();
    sheet.replaceSync(
      `html{overflow:hidden!important;overscroll-behavior:none!important}${open ? 'body{overflow:visible!important}' : ''}`,
    );
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  holders.add(holder);
}

/** Gives the page back when nobody else holds it, where it was. */
export function unlockPage(holder: object): void {
  if (!holders.delete(holder) || holders.size > 0) return;
  document.adoptedStyleSheets = document.adoptedStyleSheets.filter((worn) => worn !== sheet);
  // With other scroll bars it was laid out anew, and a keyboard on the screen may have moved it.
  if (scrollX !== place.left || scrollY !== place.top) scrollTo(place);
}
