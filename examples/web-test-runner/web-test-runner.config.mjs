import { chromeLauncher } from '@web/test-runner-chrome';

export default {
  files: 'test/**/*.test.js',
  nodeResolve: true,
  browsers: [
    chromeLauncher({
      launchOptions: {
        // Undefined: the Chrome that is installed.
        executablePath: process.env.CHROME_PATH,
        // Chrome refuses its sandbox to root, as in most containers.
        args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
      },
    }),
  ],
};
