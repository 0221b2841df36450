/* oxlint-disable no-empty-pattern -- Playwright reads from this pattern what a fixture needs, also when it is nothing */
/** What the stories stand on: each test has a chat server of its own; plain pages and the demo are shared by a worker. */
import { test as base } from '@playwright/test';
import { startDemo, type Demo } from '../../../demo/start.js';
import { startChatServer, type ChatServer } from '../../../server/chat-server.js';
import { aiReply, staffEscalation } from '../../../src/testing/index.js';
import { HOST, freePort } from './listen.js';
import { startSite, type Site } from './site.js';
import { startWiretap, type Wiretap } from './wiretap.js';

export { expect } from '@playwright/test';

interface TestFixtures {
  /** A live chat server in this process, whose script speaks quickly. */
  server: ChatServer;
  /** The way to that server on which everything is written down. */
  tap: Wiretap;
}

interface WorkerFixtures {
  /** A web server for plain pages and the built files. */
  site: Site;
  /** What `npm start` starts. */
  demo: Demo;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startChatServer({
        port: 0,
        scenarios: [staffEscalation(), aiReply({ thinkMs: 200, wordMs: 20 })],
      });
      await use(server);
      await server.kill();
    },
    { scope: 'test' },
  ],
  tap: async ({ server }, use) => {
    const tap = await startWiretap(server.url);
    await use(tap);
    await tap.close();
  },
  site: [
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],
  demo: [
    async ({}, use) => {
      const [port, chatPort] = [await freePort(), await freePort()];
      const demo = await startDemo({ host: HOST, port, chatPort, watch: false });
      await use(demo);
      await demo.close();
    },
    { scope: 'worker' },
  ],
});
