import { chromium, type Browser } from '@playwright/test';
import { findBrowser, quietArgs, sandbox } from '../../test/browser.mjs';
import type { ContestantKind } from './contestants.js';
import type { Measure } from './measures.js';
import { Results, type Lack } from './results.js';
import { Session } from './session.js';
import type { Site } from './site.js';

/** Starts the Chromium of the tests. */
export async function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    chromiumSandbox: sandbox,
    // The heap is told to the byte, and can be swept.
    args: [...quietArgs, '--enable-precise-memory-info', '--js-flags=--expose-gc'],
  });
}

/**
 * Plays all measures with all contestants, in turn within each round, so that what changes on the machine meanwhile
 * meets all of them. Whoever was too slow or broke is not asked again.
 */
export async function play(
  site: Site,
  contestants: readonly ContestantKind[],
  measures: readonly Measure[],
  rounds: number,
  tell: (line: string) => void,
): Promise<Results> {
  const results = new Results();
  const out = new Set<string>();
  let browser = await startBrowser();
  for (const measure of measures) {
    for (let round = 0; round < (measure.once ? 1 : rounds); round++) {
      // Each round begins with another one.
      const turn = round % contestants.length;
      for (const { name } of [...contestants.slice(turn), ...contestants.slice(0, turn)]) {
        const key = `${name} ${measure.name}`;
        if (out.has(key)) continue;
        const lack = await once(browser, site, name, measure, results);
        tell(`${measure.name}, round ${round + 1}, ${name}: ${lack ? JSON.stringify(lack) : 'done'}`);
        if (!lack) continue;
        out.add(key);
        // One that hangs takes nothing with it.
        await browser.close();
        browser = await startBrowser();
      }
    }
  }
  await browser.close();
  return results;
}

async function once(
  browser: Browser,
  site: Site,
  name: string,
  measure: Measure,
  results: Results,
): Promise<Lack | undefined> {
  const kept = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let lack: Lack | undefined;
  try {
    const session = await Session.open(browser, site.url, name);
    const work = measure.run(
      session,
      (figure, value) => {
        kept.add(figure);
        results.add(name, figure, value);
      },
      browser,
    );
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, measure.limitSeconds * 1000, 'late');
    });
    const outcome = await Promise.race([work, late]);
    // What was going on breaks when the browser is closed.
    work.catch(() => {});
    if (outcome === 'late') lack = { notWithinSeconds: measure.limitSeconds };
    else {
      if (session.errors.length > 0) lack = { failed: session.errors[0]! };
      await session.close();
    }
  } catch (error) {
    lack = { failed: String(error).split('\n')[0]! };
  } finally {
    clearTimeout(timer);
  }
  if (lack) for (const figure of measure.figures) if (!kept.has(figure)) results.lack(name, figure, lack);
  return lack;
}
