import { nativeBackend } from '../../src/backends/native/index.js';
import { describeTransport } from './transport-suite.js';

describeTransport('WebSocket, in memory', (server) => server.backend().transport);

let address = 0;
describeTransport('WebSocket, on mock-socket', (server) => {
  const url = `wss://chat-${++address}.test/`;
  const { WebSocket } = server.listen(url);
  return nativeBackend({ url, WebSocket, clock: server.clock }).transport;
});
