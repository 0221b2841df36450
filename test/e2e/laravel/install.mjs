/**
 * Fetches Laravel and Reverb for the end-to-end tests, once: `npm run test:laravel`. What cannot be had is said in one line,
 * and is no failure.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { lookAtPhp } from './php.mjs';

const FOLDER = fileURLToPath(new URL('build/install/', import.meta.url));
const WHY = fileURLToPath(new URL('build/why.txt', import.meta.url));

/**
 * Reverb itself, or what Laravel needs to speak to one.
 *
 * @type {Record<string, string>[]}
 */
const CHOICES = [{ 'laravel/reverb': '^1.4' }, { 'pusher/pusher-php-server': '^7.2' }];

console.log(`Laravel: ${install()}`);

/** @returns {string} what came of it */
function install() {
  const php = lookAtPhp();
  if (php.missing) return php.missing;
  if (existsSync(path.join(FOLDER, 'vendor/autoload.php'))) return 'installed already';
  mkdirSync(FOLDER, { recursive: true });
  let why = '';
  for (const choice of CHOICES) {
    const said = compose(choice);
    if (said === undefined) {
      writeFileSync(WHY, why);
      return why ? `installed without Reverb (${why}); a stand-in takes its place` : 'installed with Reverb';
    }
    why ||= said;
  }
  // Half an installation would be taken for one.
  rmSync(FOLDER, { recursive: true, force: true });
  writeFileSync(WHY, why);
  return `cannot be had: ${why}`;
}

/** @returns {string | undefined} why it could not be installed */
function compose(/** @type {Record<string, string>} */ choice) {
  const description = {
    require: { php: '^8.2', 'laravel/framework': '^12.0', ...choice },
    autoload: { 'psr-4': { 'App\\': 'app/' } },
  };
  writeFileSync(path.join(FOLDER, 'composer.json'), JSON.stringify(description, undefined, 2));
  const { status, error, stderr } = spawnSync(
    'composer',
    ['update', '--no-interaction', '--no-progress', '--no-ansi', '--no-audit'],
    { cwd: FOLDER, encoding: 'utf8', timeout: 120_000 },
  );
  if (status === 0) return undefined;
  if (error) return `composer: ${error.message}`;
  const lines = stderr.split('\n').map((line) => line.trim());
  const line = lines.find((each) => /could not be (?:found|resolved)|requires|curl error|failed/i.test(each));
  const told = lines.find((each) => each.startsWith('- ')) ?? line ?? lines.findLast(Boolean);
  return (told ?? 'composer failed')
    .replace(/^- (?:Root composer\.json requires )?/, '')
    .replace(/, there may be a typo.*/, '')
    .slice(0, 200);
}
