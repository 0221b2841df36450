import type { Manners } from './personality.js';

/** How a client called. */
export interface PusherCall {
  /** The address, of which path and query matter. Default: that of the app. */
  url?: string;
  /** What the browser says of the page. Default none, which every server takes. */
  origin?: string;
}

/** Why a call is not taken. */
export interface Objection {
  readonly code: number;
  readonly message: string;
}

/** What a call is held against. */
interface Rules {
  readonly key: string;
  readonly manners: Manners;
  readonly allowedOrigins: readonly string[] | undefined;
}

/** What a server has against a call: its path, its version, its page. */
export function objectionTo(
  { url, origin }: PusherCall,
  { key, manners, allowedOrigins }: Rules,
): Objection | undefined {
  const { pathname, searchParams } = new URL(url ?? `/app/${key}?protocol=7`, 'ws://pusher.invalid');
  const version = searchParams.get('protocol');
  const called = /\/app\/([^/]+)\/?$/.exec(pathname)?.[1] ?? '';
  if (decodeURIComponent(called) !== key) return { code: 4001, message: 'Application does not exist' };
  if (manners.checksVersion && version !== '7') {
    return version === null
      ? { code: 4008, message: 'No protocol version supplied' }
      : { code: 4007, message: 'Unsupported protocol version' };
  }
  if (!allowedOrigins || origin === undefined || allowedOrigins.includes(hostOf(origin))) return undefined;
  return { code: 4009, message: 'Origin not allowed' };
}

/** Reverb compares the host of an origin alone; a sandboxed frame says `null`, which has none. */
function hostOf(origin: string): string {
  return origin === 'null' ? '' : new URL(origin).hostname;
}
