import { defineConfig } from '@playwright/test';
import { findBrowser, quietArgs, sandbox } from './test/browser.mjs';

/**
 * Whole stories in a real browser against real servers, which the tests start themselves through fixtures. Chromium
 * only: Playwright cannot drive the Firefox and WebKit of a distribution, so those two run the unit tests instead.
 */
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  // The fonts of the pictures are in the repository, so that one picture does for all systems.
  snapshotPathTemplate: '{testDir}/baselines/{arg}{ext}',
  workers: 2,
  retries: 0,
  // The first story on a cold machine waits for everything to be compiled; where all is well none comes near it.
  timeout: 90_000,
  forbidOnly: true,
  fullyParallel: true,
  reporter: [['list'], ['./test/count-reporter.mjs']],
  use: {
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: await findBrowser(),
      chromiumSandbox: sandbox,
      // The last three make screenshots the same on every machine that has the same fonts.
      args: [...quietArgs, '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    },
  },
  expect: {
    // Two cores that compile, draw and answer at once are slow; what does not come at all is still found.
    timeout: 15_000,
    toHaveScreenshot: { maxDiffPixelRatio: 0.002, animations: 'disabled', caret: 'hide' },
  },
});
