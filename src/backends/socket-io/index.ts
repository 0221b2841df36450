import type { Session } from '../../protocol/session.js';
import { socketIoTransport } from '../../transports/socket-io.js';
import { BackendError, type Backend, type BackendOptions } from '../backend.js';
import { newestBackendId } from '../known-id.js';
import { compileTemplate, rejectOption, valuesOf } from '../mapping.js';
import { socketIoSpeech } from './codec.js';
import type { SocketIoOptions } from './wire.js';

const WIRES = 'a list of websocket, polling, or both';

/**
 * A backend for servers on Socket.IO 4 (or 3). Without options they speak with our own names; see docs/backends/socket-io.md.
 * @throws {BackendError} `url-invalid` for an address of another kind, `options-invalid` for options that are wrong
 */
export function socketIoBackend(options: BackendOptions & SocketIoOptions): Backend {
  const { codec, manners } = socketIoSpeech(options);
  const { io, transports, withCredentials, probeEvent, readRefusal, clock } = options;
  if (io !== undefined && typeof io !== 'function') rejectOption('io', 'the function io of socket.io-client');
  const wires: unknown[] = Array.isArray(transports) ? transports : [];
  if (transports && !wires.length) rejectOption('transports', WIRES);
  if (wires.some((name) => name !== 'websocket' && name !== 'polling')) rejectOption('transports', WIRES);
  return {
    name: 'socket-io',
    codec,
    transport: socketIoTransport({
      ...addressOf(options),
      io,
      transports,
      withCredentials,
      probeEvent,
      readRefusal,
      clock,
      manners,
      auth: readAuth(options),
    }),
  };
}

/** Where a server is. A path in the address is a namespace, except that of the server itself. */
function addressOf({ url, path }: BackendOptions & SocketIoOptions): { url: string; path?: string } {
  const address = new URL(url.replace(/^ws/, 'http'));
  if (!/^https?:$/.test(address.protocol)) {
    throw new BackendError('url-invalid', `Socket.IO takes an address with http(s): or ws(s):, not ${url}`);
  }
  const own = /\/socket\.io\/?$/.exec(address.pathname) ? address.pathname : undefined;
  if (own !== undefined && path === undefined) {
    address.pathname = '/';
    return { url: address.href, path: own };
  }
  address.pathname = address.pathname.replace(/\/+$/, '');
  return { url: address.href, ...(path !== undefined && { path }) };
}

/** What a connection says of itself: the page's token, the newest message that is known, and what the options add. */
function readAuth({ auth }: SocketIoOptions): (session: Session) => Record<string, unknown> {
  const fill = compileTemplate({ token: '$token', after: '$afterId', ...auth }, 'auth');
  return (session) =>
    fill({ ...valuesOf({ type: 'end' }, session), afterId: newestBackendId(session) }) as Record<
      string,
      unknown
    >;
}
