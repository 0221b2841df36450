import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';
import { listen } from '../e2e/support/listen.js';
import type { Site } from '../e2e/support/site.js';
import { TcpProxy } from '../e2e/support/tcp-proxy.js';
import { bundle } from './bundle.js';
import { peerSide } from './peer-side.js';
import type { SideMaker } from './side.js';

/** partysocket, and a server that takes JSON and says JSON to everybody who is connected. */
export function partysocket(site: Site): SideMaker {
  const name = 'partysocket';
  return {
    name,
    async make() {
      const heard: string[] = [];
      let count = 0;
      const open = async (port?: number) => {
        const http = createServer();
        const sockets = new WebSocketServer({ server: http });
        sockets.on('connection', (socket) => {
          socket.on('error', () => {});
          socket.on('message', (data) => heard.push((JSON.parse(String(data)) as { text: string }).text));
        });
        const { port: taken, close } = await listen(http, port);
        return {
          port: taken,
          say(text: string) {
            const frame = JSON.stringify({ number: ++count, text });
            for (const socket of sockets.clients) socket.send(frame);
          },
          async end(polite: boolean) {
            for (const socket of sockets.clients) polite ? socket.close(1012) : socket.terminate();
            await close();
          },
        };
      };
      const server = await open();
      const proxy = await TcpProxy.start(server.port);
      const script = await bundle('partysocket');
      const address = site.page(
        `<script>document.body.dataset.url = 'ws://${proxy.host}'</script><script type="module">${script}</script>`,
      );
      return peerSide({ name, proxy, address, heard, server, open });
    },
  };
}
