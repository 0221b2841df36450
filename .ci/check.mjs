/** `npm run check`: builds, then runs every `check:*` script of package.json, each to its end, and says which failed. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { add } from './counts.mjs';

/** @type {{ scripts: Record<string, string> }} */
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
// Some look at dist, so the build is the first check.
const names = ['build', ...Object.keys(scripts).filter((name) => name.startsWith('check:'))];

/** @type {string[]} */
const failed = [];
for (const name of names) {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', name], {
    shell: true,
    encoding: 'utf8',
  });
  const passed = status === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}`);
  if (!passed) {
    console.log(`${stdout}${stderr}`.trim().replace(/^/gm, '        '));
    failed.push(name);
  }
  add(name, passed ? 1 : 0, passed ? 0 : 1);
}
console.log(failed.length > 0 ? `check: failed: ${failed.join(', ')}` : `check: all ${names.length} passed`);
process.exitCode = failed.length > 0 ? 1 : 0;
