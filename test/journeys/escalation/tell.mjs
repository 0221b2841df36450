/**
 * Tells the escalation stories over and over, each time with other pauses: `npm run test:stories -- --times 100`, which is
 * also the default. Files may follow, for some of the stories.
 */
import { parseArgs } from 'node:util';
import { startTestRunner } from '@web/test-runner';
import base from '../../../web-test-runner.config.mjs';

const { values, positionals } = parseArgs({
  options: { times: { type: 'string', default: '100' } },
  allowPositionals: true,
});
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1) throw new Error('--times wants a whole number from 1');

await startTestRunner({
  readCliArgs: false,
  readFileConfig: false,
  config: {
    ...base,
    files: positionals.length > 0 ? positionals : ['test/journeys/escalation/*.test.ts'],
    testRunnerHtml: (framework) => `<!doctype html>
<html>
  <body>
    <script>globalThis.STORY_TIMES = ${times};</script>
    <script type="module" src="${framework}"></script>
  </body>
</html>`,
    // A telling takes a second at most on a machine that is not too busy, and no file has more than five stories.
    testsFinishTimeout: 120_000 + times * 15_000,
  },
});
