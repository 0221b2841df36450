/** Unit tests in Chromium: what `npm run test:unit` runs. Any argument of Web Test Runner may follow, such as `--files`. */
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromeLauncher } from '@web/test-runner-chrome';
import { findBrowser, quietArgs, sandbox } from './test/browser.mjs';
import { wtrCounts } from './test/count-reporter.mjs';

/**
 * The `main` of mock-socket is UMD and it names no module; the modules of the Socket.IO client import CommonJS where they are
 * made for development. Both have a file that is a module.
 */
const FILES = new Map([
  ['mock-socket', '/node_modules/mock-socket/dist/mock-socket.es.mjs'],
  ['socket.io-client', '/node_modules/socket.io-client/dist/socket.io.esm.min.js'],
]);
const moduleFiles = {
  name: 'module-files',
  resolveImport: (/** @type {{ source: string }} */ { source }) => FILES.get(source),
};

/** @type {import('@web/test-runner').TestRunnerConfig} */
export default {
  files: ['test/**/*.test.ts', '!test/e2e/**'],
  // One page at a time: a second tab is hidden, and hidden pages get neither animation frames nor intersections.
  concurrency: 1,
  nodeResolve: { exportConditions: ['development', 'browser'] },
  plugins: [moduleFiles, esbuildPlugin({ ts: true, target: 'es2022', tsconfig: './tsconfig.json' })],
  filterBrowserLogs: ({ args }) => !String(args[0]).includes('Lit is in dev mode'),
  reporters: [defaultReporter(), wtrCounts()],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: await findBrowser(),
        args: [...(sandbox ? [] : ['--no-sandbox']), ...quietArgs],
      },
    }),
  ],
};
