/** Markdown: read and drawn in linear time while it grows, harmless whatever it says. */
export { safeAddress } from './address.js';
export { MarkdownDocument, type Code } from './document.js';
export { draw } from './draw.js';
export { documentView } from './view.js';
