/**
 * Counts the tests of Node's runner for the closing line of `.ci/run`, like count-reporter.mjs does for the browsers':
 * one JSON line, appended to the file named in TEST_COUNTS. A skipped test counts as failed.
 */
import { appendFileSync } from 'node:fs';

/** @param {AsyncIterable<{ type: string, data: { skip?: unknown, todo?: unknown, name?: string, details?: { type?: string, error?: { message?: string, cause?: { message?: string } } } } }>} events */
export default async function* nodeCounts(events) {
  let [passed, failed] = [0, 0];
  /** @type {string[]} */
  const failures = [];
  for await (const { type, data } of events) {
    if (data.details?.type === 'suite') continue;
    if (type === 'test:fail' || (type === 'test:pass' && (data.skip || data.todo))) {
      failed++;
      const { error } = data.details ?? {};
      failures.push(`${data.name}: ${(error?.cause?.message ?? error?.message ?? 'skipped').slice(0, 600)}`);
    } else if (type === 'test:pass') passed++;
  }
  if (process.env.TEST_COUNTS) {
    const line = { suite: 'server tests, Node', passed, failed, failures };
    appendFileSync(process.env.TEST_COUNTS, `${JSON.stringify(line)}\n`);
  }
  // A reporter has to give out something; the counts go into the file.
  yield '';
}
