import { chromium, type Browser } from '@playwright/test';
import { findBrowser, quietArgs, sandbox } from '../browser.mjs';

/** Does something in a browser of its own. */
export type InBrowser = <T>(act: (browser: Browser) => Promise<T>) => Promise<T>;

/**
 * A new browser each time, so that what one scenario does to its browser is no matter of the next. Where the browser as a
 * whole ends (not a page in it), nothing was measured: that is said, and done once more.
 */
export const inBrowser: InBrowser = async (act) => {
  for (let time = 1; ; time++) {
    const browser = await launch();
    try {
      return await act(browser);
    } catch (error) {
      if (browser.isConnected() || time > 1) throw error;
      console.error('the browser itself ended; once more');
    } finally {
      await browser.close();
    }
  }
};

async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findBrowser(),
    chromiumSandbox: sandbox,
    args: quietArgs,
    // So that a page that is left may be kept, as it is for guests.
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
}
