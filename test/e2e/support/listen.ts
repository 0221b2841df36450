import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Host of everything the tests start: an address of this machine that needs no name to be looked up. */
export const HOST = '127.0.0.1';

/** Starts an HTTP server on a free port, or on the one given. */
export async function listen(
  server: Server,
  port = 0,
): Promise<{ url: string; port: number; close(): Promise<void> }> {
  server.listen(port, HOST);
  await once(server, 'listening');
  const taken = (server.address() as AddressInfo).port;
  return {
    url: `http://${HOST}:${taken}`,
    port: taken,
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** A port that nobody listens on at the moment. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:http');
  const server = createServer();
  const { port } = await listen(server);
  server.close();
  await once(server, 'close');
  return port;
}
