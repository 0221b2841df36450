/**
 * The list of counts behind the closing line of `.ci/run`: JSON lines `{suite, passed, failed, failures}` in the file
 * named by TEST_COUNTS. The test runners append theirs in test/count-reporter.mjs.
 *
 * `node .ci/counts.mjs` prints what failed once more, what was counted and, last, `N passed, N failed`: the end of a
 * long output is what is kept of it. It fails unless something passed and nothing failed. `node .ci/counts.mjs add SUITE PASSED FAILED` appends.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const file = process.env.TEST_COUNTS;

export function add(/** @type {string} */ suite, passed = 0, failed = 0) {
  if (file) appendFileSync(file, `${JSON.stringify({ suite, passed, failed })}\n`);
}

/** @returns {{ suite: string, passed: number, failed: number, failures?: string[] }[]} */
function all() {
  const text = file && existsSync(file) ? readFileSync(file, 'utf8') : '';
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function report() {
  let [passed, failed] = [0, 0];
  for (const { suite, failures = [] } of all()) {
    for (const failure of failures) console.log(`\nFAILED in ${suite}: ${failure}`);
  }
  console.log('');
  for (const entry of all()) {
    console.log(
      `${entry.failed > 0 ? 'FAILED' : 'ok    '}  ${entry.suite}: ${entry.passed} passed, ${entry.failed} failed`,
    );
    passed += entry.passed;
    failed += entry.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = passed > 0 && failed === 0 ? 0 : 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [command, suite = '', passed, failed] = process.argv.slice(2);
  if (command === 'add') add(suite, Number(passed), Number(failed));
  else report();
}
