import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FaultProxy } from '../e2e/support/fault-proxy.js';
import { LiveServer } from '../e2e/support/live-server.js';
import type { Site } from '../e2e/support/site.js';
import { bundle } from './bundle.js';
import type { Side, SideMaker } from './side.js';

/** A `<chat-widget>` and the live server of this repository. */
export function ours(site: Site): SideMaker {
  const name = 'chat-widget';
  return {
    name,
    async make(): Promise<Side> {
      const folder = await mkdtemp(path.join(tmpdir(), 'faults-'));
      const server = await LiveServer.start(path.join(folder, 'chat.jsonl'));
      const proxy = await FaultProxy.before(server.url);
      const script = await bundle('ours');
      /** What servers that forgot everything had taken. */
      let past: string[] = [];
      return {
        name,
        proxy,
        frames: proxy,
        address: site.page(
          `<chat-widget url="${proxy.url}" eager></chat-widget>` +
            `<script type="module" src="/chat-widget.js"></script><script type="module">${script}</script>`,
        ),
        get heard() {
          // What went into a conversation that is gone may come again into the one that took its place.
          const now = server.heard;
          const all = [...past, ...server.heardBefore];
          return [...all.filter((text) => !now.includes(text)), ...now];
        },
        say: (text) => server.say(text),
        keeps: (text) => server.stored.some((message) => message.text === text),
        kill: () => server.kill(),
        stop: () => server.stop(),
        async start(keep = true) {
          if (!keep) past = [...past, ...server.heard];
          await server.start(keep);
        },
        async close() {
          await proxy.close();
          await server.kill();
          await rm(folder, { recursive: true, force: true });
        },
      };
    },
  };
}
