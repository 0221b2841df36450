/**
 * `npm run bench:hostile`: how long each text of test/fixtures/hostile-markdown.ts takes to be drawn, layout included, on top of what the
 * browser needs for the same text without form. Prints the slowest ones; `-- --limit 100` fails where one takes longer than so many
 * milliseconds.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { findBrowser, quietArgs, sandbox } from '../test/browser.mjs';
import { startSite } from '../test/e2e/support/site.js';
import { HOSTILE } from '../test/fixtures/hostile-markdown.js';

const { values } = parseArgs({ options: { limit: { type: 'string', default: 'Infinity' } } });

const site = await startSite();
const browser = await chromium.launch({
  executablePath: await findBrowser(),
  chromiumSandbox: sandbox,
  args: [...quietArgs],
});
const page = await browser.newPage();
const script = '<script type="module" src="/chat-widget.js"></script>';
await page.goto(site.page(`${script}<chat-widget open></chat-widget>`));
await page.addScriptTag({
  type: 'module',
  content: readFileSync(new URL('hostile-page.js', import.meta.url), 'utf8'),
});
await page.waitForFunction('globalThis.reader !== undefined');

const times: { ms: number; text: string }[] = [];
for (const text of HOSTILE) {
  const ms = await page.evaluate((words) => {
    const { measure } = globalThis as unknown as { measure(text: string): Promise<number> };
    return measure(words);
  }, text);
  times.push({ ms, text });
}
await browser.close();
await site.close();

times.sort((a, b) => b.ms - a.ms);
const middle = times[Math.floor(times.length / 2)]!.ms;
console.log(`${times.length} texts, median ${middle.toFixed(1)} ms, slowest:`);
for (const { ms, text } of times.slice(0, 8))
  console.log(`${ms.toFixed(1)} ms  ${JSON.stringify(text.slice(0, 60))}`);
if (times[0]!.ms > Number(values.limit)) process.exitCode = 1;
