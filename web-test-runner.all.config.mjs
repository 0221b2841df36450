/**
 * Unit tests in every engine the machine has: Chromium, Firefox (no geckodriver needed) and WebKitGTK, or in those that
 * ENGINES lists, such as `firefox,webkit`. What is asked for and missing is named in one line; with REQUIRE_ALL_ENGINES
 * set, as in CI, that is an error.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { chromeLauncher } from '@web/test-runner-chrome';
import { webdriverLauncher } from '@web/test-runner-webdriver';
import { findFirefox, findWebKit } from './test/browser.mjs';
import base from './web-test-runner.config.mjs';

/** @type {import('node:child_process').ChildProcess[]} */
const children = [];
process.on('exit', () => children.forEach((child) => child.kill()));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1));

/** Starts a virtual screen and WebKit's driver on it. */
async function webkitLauncher(
  /** @type {NonNullable<ReturnType<typeof findWebKit>>} */ { driver, xvfb, browser },
) {
  const screen = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  children.push(screen);
  const display = await new Promise((resolve, reject) => {
    screen.on('error', reject);
    screen.stdio[3]?.once('data', (number) => resolve(`:${String(number).trim()}`));
  });
  const port = await freePort();
  children.push(
    spawn(driver, [`--port=${port}`, '--host=127.0.0.1'], {
      env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_COMPOSITING_MODE: '1', NO_AT_BRIDGE: '1' },
      stdio: 'ignore',
    }),
  );
  await answering(`http://127.0.0.1:${port}/status`);
  /** @type {object} the types of the driver's client do not know this vendor's option */
  const webkitgtk = { 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } };
  return webdriverLauncher({
    automationProtocol: 'webdriver',
    hostname: '127.0.0.1',
    port,
    path: '/',
    logLevel: 'error',
    capabilities: {
      browserName: 'MiniBrowser',
      'wdio:enforceWebDriverClassic': true,
      ...webkitgtk,
    },
  });
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

async function answering(/** @type {string} */ url) {
  for (let tries = 0; ; tries++) {
    try {
      return await fetch(url);
    } catch (error) {
      if (tries === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

const asked = (process.env.ENGINES ?? 'chromium,firefox,webkit').split(',');
const firefox = asked.includes('firefox') && findFirefox();
const webkit = asked.includes('webkit') && findWebKit();
const missing = [
  ...(firefox === undefined ? ['Firefox (Debian: firefox-esr)'] : []),
  ...(webkit === undefined ? ['WebKitGTK (Debian: webkit2gtk-driver, xvfb)'] : []),
];
if (missing.length > 0) {
  console.log(`Not run, because not on this machine: ${missing.join(', ')}.`);
  if (process.env.REQUIRE_ALL_ENGINES) process.exit(1);
}

function firefoxLauncher(/** @type {string} */ executablePath) {
  const launcher = chromeLauncher({ launchOptions: { browser: 'firefox', executablePath, headless: true } });
  launcher.name = 'Firefox'; // it calls every browser that it drives "Chrome"
  return launcher;
}

/** Needs `setViewport`, which WebKit's driver does not have. */
const SMALL_SCREEN = 'test/elements/small-screen.test.ts';
const resizable = [
  ...(asked.includes('chromium') ? (base.browsers ?? []) : []),
  ...(firefox ? [firefoxLauncher(firefox)] : []),
];

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  ...base,
  files: [...[base.files ?? []].flat(), `!${SMALL_SCREEN}`],
  groups: resizable.length > 0 ? [{ name: 'small screen', files: SMALL_SCREEN, browsers: resizable }] : [],
  concurrentBrowsers: 1,
  browserStartTimeout: 60_000,
  testsStartTimeout: 60_000,
  testsFinishTimeout: 120_000,
  browsers: [...resizable, ...(webkit ? [await webkitLauncher(webkit)] : [])],
};
