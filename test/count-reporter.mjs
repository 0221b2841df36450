/**
 * Counts tests for the closing line of `.ci/run`: one JSON line per suite and browser, appended to the file named in
 * TEST_COUNTS. Without that variable nothing is written. A skipped test counts as failed: nothing is left out silently.
 *
 * Web Test Runner takes `wtrCounts()`; Playwright loads this module by path and takes its default class.
 */
import { appendFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: string[] }} Counts */
/** @typedef {import('@web/test-runner').TestSuiteResult} TestSuiteResult */

function write(/** @type {string} */ suite, /** @type {Counts} */ counts) {
  if (counts.skipped > 0) console.log(`${suite}: ${counts.skipped} skipped, counted as failed`);
  const { passed, failures } = counts;
  const line = { suite, passed, failed: counts.failed + counts.skipped, failures };
  if (process.env.TEST_COUNTS) appendFileSync(process.env.TEST_COUNTS, `${JSON.stringify(line)}\n`);
}

/** @returns {Counts} */
const none = () => ({ passed: 0, failed: 0, skipped: 0, failures: [] });

/** The beginning of an error's message, without the colours of a terminal. */
function reason(/** @type {string | undefined} */ message = 'no message') {
  // oxlint-disable-next-line no-control-regex -- that is what colours are made of
  return message.replace(/\u001B\[[\d;]*m/g, '').slice(0, 600);
}

function addSuite(/** @type {Counts} */ counts, /** @type {TestSuiteResult} */ suite, path = '') {
  for (const test of suite.tests) {
    counts[test.skipped ? 'skipped' : test.passed ? 'passed' : 'failed']++;
    if (!test.passed) counts.failures.push(`${path}${test.name}: ${reason(test.error?.message)}`);
  }
  for (const child of suite.suites) addSuite(counts, child, `${path}${child.name} › `);
}

/** @returns {import('@web/test-runner').Reporter} */
export function wtrCounts() {
  return {
    onTestRunFinished({ sessions }) {
      /** @type {Map<string, Counts>} */
      const byBrowser = new Map();
      for (const session of sessions) {
        const counts = byBrowser.get(session.browser.name) ?? none();
        byBrowser.set(session.browser.name, counts);
        const before = counts.failed;
        if (session.testResults) addSuite(counts, session.testResults);
        // A file that did not load, or an error outside any test, has no failed test of its own to show for it.
        if (!session.passed && counts.failed === before) {
          counts.failed++;
          counts.failures.push(`${session.testFile}: ${reason(session.errors[0]?.message)}`);
        }
      }
      for (const [name, counts] of byBrowser) write(`unit tests, ${name}`, counts);
    },
  };
}

/** Playwright's reporter. */
export default class PlaywrightCounts {
  #counts = none();
  /** @type {import('@playwright/test/reporter').Suite | undefined} */
  #root;

  onBegin(/** @type {unknown} */ _config, /** @type {import('@playwright/test/reporter').Suite} */ suite) {
    this.#root = suite;
  }

  /** An error outside any test: a file that does not load, a fixture that breaks while it is taken down. */
  onError(/** @type {import('@playwright/test/reporter').TestError} */ error) {
    this.#counts.failed++;
    this.#counts.failures.push(`outside any test: ${reason(error.message)}`);
  }

  onEnd() {
    for (const test of this.#root?.allTests() ?? []) {
      const outcome = test.outcome();
      this.#counts[outcome === 'skipped' ? 'skipped' : outcome === 'expected' ? 'passed' : 'failed']++;
      if (outcome === 'expected') continue;
      const errors = test.results.flatMap((result) => result.errors).map(({ message }) => reason(message));
      this.#counts.failures.push(
        `${test.titlePath().filter(Boolean).join(' › ')}: ${errors.join('\n') || outcome}`,
      );
    }
    write('end-to-end tests', this.#counts);
  }

  printsToStdio() {
    return false;
  }
}
