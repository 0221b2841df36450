/** Markdown: read in linear time while it grows, shown as templates, harmless whatever it says. */
export { safeAddress } from './address.js';
export { MarkdownDocument, type Code } from './document.js';
export { growing, type Growing } from './growing.js';
export { documentView } from './view.js';
