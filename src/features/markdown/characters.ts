/** What people and models write by name; others stay as they are written. */
const ENTITIES = new Map(
  (
    'amp& lt< gt> quot" apos\' nbsp\u00A0 copy© reg® trade™ hellip… mdash— ndash– lsquo‘ rsquo’ ldquo“ rdquo” laquo« ' +
    'raquo» bull• middot· deg° plusmn± times× divide÷ frac12½ frac14¼ frac34¾ sup2² sup3³ micro\u00B5 para¶ sect§ ' +
    'euro€ pound£ yen¥ cent¢ larr← uarr↑ rarr→ darr↓ harr↔ le≤ ge≥ ne≠ infin∞ check✓ iexcl¡ iquest¿'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, -1), entry.slice(-1)]),
);

/** Reads entities, named and numbered. What is none stays as it is. */
export function decodeEntities(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{2,31}));/gi, (whole, hex, decimal, name) => {
    if (name) return ENTITIES.get(name) ?? whole;
    const code = hex ? parseInt(hex, 16) : Number(decimal);
    return plainCharacters(code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD');
  });
}

/** Control characters but tab and line end, and the overrides of the direction. */
const UNSEEN = /[\u202D\u202E]|(?![\t\n])\p{Cc}/gu;

/**
 * Text without what is not to be seen: control characters, and overrides of the direction of writing, which make text
 * look like another.
 */
export function plainCharacters(text: string): string {
  return text.replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(UNSEEN, '');
}
