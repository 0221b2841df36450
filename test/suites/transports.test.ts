import { nativeBackend } from '../../src/backends/native/index.js';
import { websocketBackend } from '../../src/backends/websocket/index.js';
import type { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import { MockPusherServer } from '../../src/testing/pusher/mock-pusher-server.js';
import { readCloseCode } from '../../src/transports/close-codes.js';
import { readPusherCode } from '../../src/transports/pusher-codes.js';
import { pusherTransport } from '../../src/transports/pusher.js';
import { fallbackTransport } from '../../src/transports/fallback.js';
import { LinkError, type Transport } from '../../src/transports/transport.js';
import { describeTransport, type Wire } from './transport-suite.js';

const CLOSE_CODES = [1000, 1001, 1012, 4401, 4404, 4409, 4429];

/** The wire of our own protocol: the server says a number by answering a ping. */
function nativeWire(server: MockChatServer, transport: Transport): Wire {
  return {
    transport,
    network: server.network,
    sample: { event: 'ping', data: { t: 0 } },
    greet: (link) => link.send({ event: 'hello', data: { protocol: 1, guestId: 'g1' } }),
    greeting: ['welcome', 'history'],
    count: (link, n) => link.send({ event: 'ping', data: { t: n } }),
    numberIn: ({ event, data }) => (event === 'pong' ? (data as { t: unknown }).t : undefined),
    readClose: readCloseCode,
    stop: () => server.stop(),
  };
}

describeTransport('WebSocket, in memory', CLOSE_CODES, (clock) => {
  const server = new MockChatServer({ clock });
  return nativeWire(server, server.backend().transport);
});

let address = 0;
describeTransport('WebSocket, on mock-socket', CLOSE_CODES, (clock) => {
  const server = new MockChatServer({ clock });
  const url = `wss://chat-${++address}.test/`;
  const { WebSocket } = server.listen(url);
  return nativeWire(server, nativeBackend({ url, WebSocket, clock }).transport);
});

/** A chain of wires is a wire: whatever the first of them promises, it promises. */
describeTransport('WebSocket, the first of a chain', CLOSE_CODES, (clock) => {
  const server = new MockChatServer({ clock });
  const first = server.backend().transport;
  const never: Transport = {
    name: 'never',
    open: () => Promise.reject(new LinkError({ reason: 'refused', retry: 'never' })),
  };
  return nativeWire(server, fallbackTransport({ transports: [first, never], clock }));
});

/** The wire of any JSON: the same server, whose frames are a case of what can be described. */
describeTransport('WebSocket, described as data', CLOSE_CODES, (clock) => {
  const server = new MockChatServer({ clock });
  const url = `wss://chat-${++address}.test/`;
  const { WebSocket } = server.listen(url);
  const heartbeat = { ping: { event: 'ping', data: { t: '$t' } } };
  const { transport } = websocketBackend({ url, WebSocket, clock, heartbeat });
  const says = (type: string, data: object) => ({ event: type, data: [{ type, ...data }] });
  return {
    ...nativeWire(server, transport),
    sample: says('ping', { t: 0 }),
    greet: (link) => link.send(says('hello', { protocol: 1, guestId: 'g1' })),
    count: (link, n) => link.send(says('ping', { t: n })),
  };
});

const PUSHER_CODES = [1000, 1001, 1009, 4001, 4100, 4200, 4201, 4202, 4301];

/** The wire of Pusher channels: the server says a number by a broadcast. */
function pusherWire(
  clock: ManualClock,
  at: (server: MockPusherServer) => { url: string; WebSocket: typeof WebSocket },
): Wire {
  const server = new MockPusherServer({ clock });
  const channel = 'private-conversation.7';
  const { url, WebSocket } = at(server);
  const authorize = server.authorizer();
  return {
    transport: pusherTransport({ url, WebSocket, clock, authorize, channels: () => [channel] }),
    network: server.network,
    sample: { event: 'client-typing', data: { typing: true } },
    greet: async () => {},
    greeting: [],
    count: (_link, n) => server.host.broadcast(channel, 'message.sent', { n }),
    numberIn: ({ data }) => (data as { n: unknown }).n,
    readClose: readPusherCode,
    stop: () => server.stop(),
  };
}

describeTransport('Pusher, in memory', PUSHER_CODES, (clock) => pusherWire(clock, (server) => server));
describeTransport('Pusher, on mock-socket', PUSHER_CODES, (clock) =>
  pusherWire(clock, (server) => server.listen(`wss://pusher-${++address}.test`)),
);
