/**
 * How long the tasks are in which a widget is mounted and opened, on a processor that is four times slower: the longest
 * that the main thread was busy without a break, by its own clock and not by that of the wall. Needs a build.
 */
import { chromium } from '@playwright/test';
import { startChatServer } from '../server/chat-server.js';
import { findBrowser, quietArgs, sandbox } from '../test/browser.mjs';
import { startSite } from '../test/e2e/support/site.js';

const RATE = 4;
const ROUNDS = 5;

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;

const site = await startSite();
const server = await startChatServer({ port: 0 });
const address = site.page(
  `<script type="module" src="/chat-widget.js"></script><chat-widget url="${server.url}" heading="Shop"></chat-widget>`,
);
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  chromiumSandbox: sandbox,
  args: quietArgs,
});
const longest: Record<string, number[]> = { 'mounts, closed': [], 'is opened': [] };
for (let round = 0; round < ROUNDS; round += 1) {
  const page = await browser.newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: RATE });
  const steps: Record<string, () => Promise<unknown>> = {
    'mounts, closed': async () => {
      await page.goto(address);
      await page.locator('[part=launcher]').waitFor();
    },
    'is opened': async () => {
      await page.evaluate(() =>
        (document.querySelector('chat-widget') as unknown as { show(): void }).show(),
      );
      await page.locator('[part=input]').waitFor();
      await page.waitForFunction(
        () => document.querySelector('chat-widget')?.getAttribute('data-status') === 'online',
      );
    },
  };
  for (const [name, step] of Object.entries(steps)) {
    await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', '__metadata'] });
    await step();
    const trace = JSON.parse(String(await browser.stopTracing())) as { traceEvents: TraceEvent[] };
    const main = new Set(
      trace.traceEvents
        .filter((event) => event.name === 'thread_name' && event.args.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${pid} ${tid}`),
    );
    const tasks = trace.traceEvents
      .filter((event) => event.name.endsWith('RunTask') && main.has(`${event.pid} ${event.tid}`))
      .map(({ tdur = 0 }) => tdur / 1000);
    longest[name]!.push(Math.max(...tasks));
  }
  await page.close();
}
for (const [name, values] of Object.entries(longest)) {
  const all = values.map((value) => value.toFixed(1)).join(', ');
  console.log(`a widget that ${name}: longest task ${median(values).toFixed(1)} ms of ${all}`);
}
await browser.close();
await server.kill();
await site.close();
