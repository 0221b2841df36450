import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Made ready before the first test, and not in the middle of it.
  optimizeDeps: { include: ['chat-widget-element/define', 'chat-widget-element/testing'] },
  test: {
    testTimeout: 20_000,
    include: ['test/**/*.test.js'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          // Undefined: the browser that Playwright has downloaded.
          executablePath: process.env.CHROME_PATH,
          // Chrome refuses its sandbox to root, as in most containers.
          chromiumSandbox: process.getuid?.() !== 0,
        },
      }),
      instances: [{ browser: 'chromium' }],
    },
  },
});
