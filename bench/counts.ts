/**
 * `npm run bench:counts`: what can be counted of the widget's work, whatever the machine: nodes, renders, bytes, leftovers.
 * Fails where one is above its limit in bench/performance/limits.json. The long form, with times, is `npm run bench`.
 */
import { readFileSync } from 'node:fs';
import { add } from '../.ci/counts.mjs';
import { bundle } from './performance/build.js';
import { countAll } from './performance/counts.js';
import { judge, lines, type Limit } from './performance/limits.js';
import { startBrowser } from './performance/play.js';
import { startSite } from './performance/site.js';

const LIMITS = new URL('performance/limits.json', import.meta.url);

const files = new Map([...(await bundle('page', 'harness')), ...(await bundle('page', 'chat-widget'))]);
const site = await startSite(files);
const browser = await startBrowser();
try {
  const counts = await countAll(browser, site.url);
  const limits = JSON.parse(readFileSync(LIMITS, 'utf8')) as Record<string, Limit>;
  const judged = judge(counts, limits);
  for (const line of lines(judged)) console.log(line);
  const failed = judged.filter(({ ok }) => !ok).length;
  add('bench:counts', judged.length - failed, failed);
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await browser.close();
  await site.close();
}
