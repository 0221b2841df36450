import { DAY_MS, DEFAULT_HEARTBEAT_MS, MIN_HEARTBEAT_MS } from '../../protocol/offer.js';
import { webSocketTransport } from '../../transports/websocket.js';
import { BackendError, type CompleteBackend, type BackendOptions } from '../backend.js';
import { nativeCodec } from './codec.js';
import { SUBPROTOCOL, toFrame } from './wire.js';

/**
 * The backend that speaks the protocol of docs/protocol.md over WebSocket.
 * @throws {BackendError} when the address is not a WebSocket address
 */
export function nativeBackend({ url, WebSocket, clock }: BackendOptions): CompleteBackend {
  if (!/^wss?:$/.test(new URL(url).protocol)) {
    throw new BackendError('url-invalid', `the native backend takes a ws: or wss: address, not ${url}`);
  }
  return {
    name: 'native',
    codec: nativeCodec,
    transport: webSocketTransport({
      url,
      subprotocol: SUBPROTOCOL,
      WebSocket,
      clock,
      heartbeat: {
        intervalMs: DEFAULT_HEARTBEAT_MS,
        ping: (now) => toFrame({ type: 'ping', t: Math.round(now) }),
        announced: ({ event, data }) => {
          const ms = event === 'welcome' && (data as { heartbeatMs?: unknown }).heartbeatMs;
          return typeof ms === 'number' ? Math.min(Math.max(ms, MIN_HEARTBEAT_MS), DAY_MS) : undefined;
        },
      },
    }),
  };
}
