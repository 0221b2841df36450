import type { Session } from '../protocol/session.js';
import type { Link } from './transport.js';

/** Where a request goes. */
export interface HttpAddress {
  /**
   * Path beyond the base address, such as `/chat/{conversationId}/messages`; an absolute address counts as it is. Names in
   * braces stand for fields of the data, else for `conversationId`, `guestId` or `deviceHint` of the session, URL-encoded.
   */
  path: string;
  /** Query parameters; the names in their values are filled in likewise, and one without a value is left out. */
  query?: Readonly<Record<string, string>>;
}

/** Headers beside, or instead of, those that are sent by themselves. */
export type HeadersFor = (session: Session, link: Link | undefined) => Readonly<Record<string, string>>;

/** An address could not be made: a value that its path names is missing, or is a secret. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/**
 * Makes the address of a request.
 * @param base absolute address that paths are appended to
 * @param data fields for the names in braces
 * @param rest appends the fields that no name in braces has used to the query, as a GET does
 * @throws {AddressError} when the path names something that is not there, or a secret of the session would stand in it
 */
export function addressOf(
  base: string,
  { path, query = {} }: HttpAddress,
  session: Session,
  data: unknown,
  rest = false,
): string {
  const fields = isRecord(data) ? data : {};
  const used = new Set<string>();
  const valueOf = (name: string): string | undefined => {
    used.add(name);
    const { conversationId, guestId, deviceHint } = session;
    const known: Readonly<Record<string, unknown>> = { conversationId, guestId, deviceHint };
    return textOf(Object.hasOwn(fields, name) ? fields[name] : known[name], session);
  };
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = valueOf(name);
    if (!value) throw new AddressError(`the path ${path} needs a value for ${name}`);
    // A step up in the path would lead elsewhere, and encoding does not change dots.
    if (value === '.' || value === '..') throw new AddressError(`${name} is no part of a path`);
    return encodeURIComponent(value);
  });
  const url = new URL(/^https?:/i.test(filled) ? filled : joined(base, filled));
  for (const [name, template] of Object.entries(query)) {
    const value = fill(template, valueOf);
    if (value !== undefined) url.searchParams.set(name, value);
  }
  for (const [name, value] of rest ? Object.entries(fields) : []) {
    const text = used.has(name) ? undefined : textOf(value, session);
    if (text !== undefined) url.searchParams.set(name, text);
  }
  return url.href;
}

/** The address of a path as diagnosis shows it: names in braces stay, since what they stand for says nothing of its failures. */
export function shownAddress(base: string, path: string): string {
  const url = /^https?:/i.test(path) ? path : joined(base, path);
  return url.replace(/%7B(\w+)%7D/gi, '{$1}');
}

/** A path is appended; the base keeps its query. */
function joined(base: string, path: string): string {
  if (path === '') return base;
  const url = new URL(base);
  const [before, query = ''] = path.split('?', 2) as [string, string?];
  url.pathname = `${url.pathname.replace(/\/$/, '')}/${before.replace(/^\//, '')}`;
  for (const [name, value] of new URLSearchParams(query)) url.searchParams.append(name, value);
  return url.href;
}

function fill(template: string, valueOf: (name: string) => string | undefined): string | undefined {
  let missing = false;
  const filled = template.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const value = valueOf(name);
    missing ||= value === undefined;
    return value ?? '';
  });
  return missing ? undefined : filled;
}

/** @throws {AddressError} when it is a secret: addresses stand in logs */
function textOf(value: unknown, { token, resumeToken }: Session): string | undefined {
  if (value === undefined || value === null) return undefined;
  const text = typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
  if (text && (text === token || text === resumeToken)) {
    throw new AddressError('a token must not stand in an address');
  }
  return text;
}

/**
 * The headers of a request: the session's token as a bearer, what keeps a broadcast from coming back to its sender
 * (`X-Socket-ID`), and what a page of our own has to prove.
 * @param link the line beside it, if there is one
 * @param csrf Laravel's proof, for requests that change something
 */
export function headersOf(
  session: Session,
  headers?: HeadersFor,
  link?: Link,
  csrf: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const token = session.token ?? session.resumeToken;
  const socketId = link && 'socketId' in link && link.socketId;
  return {
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(typeof socketId === 'string' && socketId && { 'X-Socket-ID': socketId }),
    ...csrf,
    ...headers?.(session, link),
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
