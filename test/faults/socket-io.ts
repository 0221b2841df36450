import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { listen } from '../e2e/support/listen.js';
import type { Site } from '../e2e/support/site.js';
import { TcpProxy } from '../e2e/support/tcp-proxy.js';
import { bundle } from './bundle.js';
import { peerSide, type PeerServer } from './peer-side.js';
import { SPEED, type SideMaker } from './side.js';

/** Defaults of the server, in the time of the rig. */
const HEART = { pingInterval: 25_000 / SPEED, pingTimeout: 20_000 / SPEED };

/**
 * Socket.IO with its official server.
 * @param careful with `retries` and `ackTimeout` in the client, acks and connection state recovery in the server
 */
export function socketIo(site: Site, careful: boolean): SideMaker {
  const name = careful ? 'socket.io, retries and recovery' : 'socket.io';
  return {
    name,
    async make() {
      const heard: string[] = [];
      const open = (port?: number): Promise<PeerServer> => openServer(heard, careful, port);
      const server = await open();
      const proxy = await TcpProxy.start(server.port);
      const script = await bundle('socket-io');
      const data = { url: `http://${proxy.host}`, retries: careful ? 'yes' : 'no', speed: SPEED };
      const address = site.page(
        `<script>Object.assign(document.body.dataset, ${JSON.stringify(data)})</script><script type="module">${script}</script>`,
      );
      return peerSide({ name, proxy, address, heard, server, open });
    },
  };
}

async function openServer(heard: string[], careful: boolean, port?: number): Promise<PeerServer> {
  const http = createServer();
  const io = new Server(http, {
    ...HEART,
    cors: { origin: '*' },
    ...(careful && { connectionStateRecovery: { maxDisconnectionDuration: 120_000 / SPEED } }),
  });
  io.on('connection', (socket) => {
    socket.on('message', (text: string, done?: () => void) => {
      heard.push(text);
      done?.();
    });
  });
  const { port: taken, close } = await listen(http, port);
  return {
    port: taken,
    say: (text) => void io.emit('message', text),
    async end(polite) {
      if (!polite) {
        // Cut before anything can be said about it.
        for (const socket of io.sockets.sockets.values()) socket.conn.transport.removeAllListeners();
        http.closeAllConnections();
        for (const socket of io.sockets.sockets.values()) tearDown(socket.conn.transport);
      }
      await io.close();
      await close();
    },
  };
}

function tearDown(transport: object): void {
  (transport as { socket?: { terminate(): void } }).socket?.terminate();
}
