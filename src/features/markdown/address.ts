import { decodeEntities } from './characters.js';

const SCHEMES: readonly string[] = ['http:', 'https:', 'mailto:', 'tel:'];

/** White space, control characters and everything that changes the direction of writing: no honest address has them. */
const DISHONEST = /[\s\p{Cc}\p{Cf}\uFFFD]/u;

/**
 * An address that may be followed, or undefined: absolute, http, https, mailto or tel, and without a name or password in
 * it, which only serve to look like another host.
 * @param written as it stands in the text; entities in it are read first, as a browser would
 */
export function safeAddress(written: string): URL | undefined {
  const text = decodeEntities(written).trim();
  if (DISHONEST.test(text)) return undefined;
  try {
    const url = new URL(text);
    return SCHEMES.includes(url.protocol) && !url.username && !url.password ? url : undefined;
  } catch {
    // It has no scheme, or is none at all.
    return undefined;
  }
}

/** The same for a picture: mail and telephones have none. */
export function pictureAddress(written: string): URL | undefined {
  const url = safeAddress(written);
  return url?.protocol.startsWith('http') ? url : undefined;
}
