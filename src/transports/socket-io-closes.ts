import type { LinkClose } from './transport.js';

/** What a server said when it refused a connection. */
export interface SocketIoRefusal {
  /** Message of the error that a middleware passed on. */
  readonly message: string;
  /** Its `data`, as it came. */
  readonly data: unknown;
}

/** Words by which servers say that a token is missing or not valid any more. */
const UNAUTHORIZED = /\b401\b|unauthori[sz]ed|authenticat|jwt|credentials|token\b/i;

/** Codes of the handshake that the server answers with HTTP 400 (engine.io, "errors"). */
const UNKNOWN_SESSION = 1;
const UNSUPPORTED_VERSION = 5;

/** Begins the client's own words about a server of version 2. */
const VERSION_2 = /Socket\.IO server in v2/;

const CALL_AGAIN = 'the server speaks version 2; it needs the option allowEIO3';

/**
 * Reads why a middleware of the server refused. A token is at fault where the message, or `code`, `type`, `status`, `name` or
 * `message` of the data, has one of 401, unauthorized, authenticat(ion, ed), JWT, credentials, token. Everything else is final.
 */
export function readRefusal({ message, data }: SocketIoRefusal): LinkClose {
  const { code, type, status, name, message: more } = fieldsOf(data);
  const said = [message, data, code, type, status, name, more]
    .filter((word) => typeof word === 'string' || typeof word === 'number')
    .join(' ');
  return UNAUTHORIZED.test(said)
    ? { reason: 'unauthorized', retry: 'now', detail: message }
    : { reason: 'refused', retry: 'never', detail: message };
}

/** Reads why the wire could not be opened; what is not known better is worth another attempt. */
export function readConnectError(error: unknown): LinkClose {
  const { message, description: status, context } = fieldsOf(error);
  const detail = String(message);
  if (VERSION_2.test(detail)) return { reason: 'refused', retry: 'never', detail: CALL_AGAIN };
  const code = codeOf(fieldsOf(context)['responseText']);
  if (code === UNSUPPORTED_VERSION)
    return { reason: 'refused', retry: 'never', code: 400, detail: CALL_AGAIN };
  // Another node than the one that knows the session, or the same one after a restart: the next attempt begins afresh.
  if (code === UNKNOWN_SESSION) return { reason: 'lost', retry: 'backoff', code: 400, detail };
  if (status === 401) return { reason: 'unauthorized', retry: 'now', code: 401, detail };
  if (status === 403) return { reason: 'refused', retry: 'never', code: 403, detail };
  return { reason: 'lost', retry: 'backoff', ...(typeof status === 'number' && { code: status }), detail };
}

/**
 * Reads why an open connection ended.
 * @param warned whether an event `unauthorized` came before it
 */
export function readDisconnect(reason: string, warned: boolean): LinkClose {
  // A server that drops a connection gives no reason. Most do it on a restart or for idleness, so it counts as lost; the
  // one word that authentication libraries say before it is `unauthorized`.
  if (reason === 'io server disconnect' && warned) {
    return { reason: 'unauthorized', retry: 'now', detail: reason };
  }
  return { reason: reason === 'parse error' ? 'fault' : 'lost', retry: 'backoff', detail: reason };
}

function codeOf(body: unknown): unknown {
  try {
    return fieldsOf(JSON.parse(String(body)))['code'];
  } catch {
    // A proxy's own page, or none.
    return undefined;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
