import type { IncomingHttpHeaders } from 'node:http';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a socket may come from the page it says it comes from: from a program without a page, from the same host under
 * any port, or from a page of this machine to this machine.
 */
export function isTrustedOrigin({ origin, host = '' }: IncomingHttpHeaders): boolean {
  if (origin === undefined) return true;
  const from = hostnameOf(origin);
  const to = hostnameOf(`http://${host}`);
  if (from === undefined || to === undefined) return false;
  return from === to || (LOOPBACK.has(from) && LOOPBACK.has(to));
}

function hostnameOf(address: string): string | undefined {
  return URL.canParse(address) ? new URL(address).hostname : undefined;
}
