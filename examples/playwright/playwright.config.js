import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test',
  reporter: 'list',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  use: {
    launchOptions: {
      // Undefined: the browser that Playwright has downloaded.
      executablePath: process.env.CHROME_PATH,
      // Chrome refuses its sandbox to root, as in most containers.
      chromiumSandbox: process.getuid?.() !== 0,
    },
  },
});
