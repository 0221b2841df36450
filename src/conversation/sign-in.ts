import { Timer, type Clock } from '../platform/clock.js';
import type { ClientCommandOf, GuestProfile, PageInfo } from '../protocol/client-command.js';
import { exceedsBytes } from '../protocol/frame.js';
import type { Session } from '../protocol/session.js';
import { LinkError } from '../transports/transport.js';

/** Gives a fresh token for one connection. */
export type GetToken = () => string | Promise<string>;

/** A token must come within this time, like the socket itself, in milliseconds. */
const TOKEN_TIMEOUT_MS = 10_000;

/** Longest text about the page that is sent; a data: address can have megabytes. */
const MAX_PAGE_TEXT = 2048;

/**
 * Asks the page for a token, if it gives any.
 * @throws {LinkError} when it could not be had; that is a failed attempt
 */
export async function tokenFrom(
  getToken: GetToken | undefined,
  clock: Clock,
  onError: (error: unknown) => void,
): Promise<string | undefined> {
  if (!getToken) return undefined;
  const timer = new Timer(clock);
  try {
    return await Promise.race([
      getToken(),
      new Promise<never>((_resolve, reject) =>
        timer.set(TOKEN_TIMEOUT_MS, () => reject(new Error('getToken() took too long'))),
      ),
    ]);
  } catch (error) {
    onError(error);
    throw new LinkError({ reason: 'token', retry: 'backoff' });
  } finally {
    timer.clear();
  }
}

/**
 * A copy of what the page tells about a guest, as it will travel.
 * @param maxFrameBytes largest frame; beside it a hello has the page and the session to carry
 * @throws {TypeError} when it is no JSON, {RangeError} when it takes more than half a frame
 */
export function plainCopy(guest: GuestProfile, maxFrameBytes: number): GuestProfile {
  const text = JSON.stringify(guest);
  if (exceedsBytes(text, maxFrameBytes / 2)) throw new RangeError('identify: that is too much for a frame');
  return JSON.parse(text) as GuestProfile;
}

/** The first command of a connection: who is calling, and from where in the conversation to go on. */
export function helloFrom(
  { guestId, conversationId, resumeToken, token, epoch, cursor, deviceHint }: Session,
  { locale, page }: { locale?: string; page?: () => PageInfo },
  guest: GuestProfile | undefined,
): ClientCommandOf<'hello'> {
  const hello: ClientCommandOf<'hello'> = { type: 'hello', protocol: 1, guestId };
  const { url, title, referrer } = page?.() ?? {};
  const cut = (text = ''): string => text.slice(0, MAX_PAGE_TEXT);
  return Object.assign(
    hello,
    resumeToken && { resumeToken },
    token && { token },
    conversationId && { conversationId },
    deviceHint && { deviceHint },
    epoch !== undefined && { epoch, after: cursor },
    locale && { locale },
    url !== undefined && { page: { url: cut(url), title: cut(title), referrer: cut(referrer) } },
    guest && { guest },
  );
}
