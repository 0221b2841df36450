/**
 * What the package is to those who install it: packs it, installs the tarball into each project of examples/, into a copy outside of
 * this repository, and runs its tests. Then the path of a new user, in a fresh folder: the first test of docs/testing.md as it
 * stands there passes, fails usefully when the story is wrong, and the command serves. dist/ must be built.
 *
 * `--lock` only writes the lockfiles of the projects anew, after a change of what they or the package depend on.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { findBrowser } from '../test/browser.mjs';
import { add } from './counts.mjs';

/** Longest that one command may take, in milliseconds. */
const PATIENCE_MS = 120_000;
const TARBALL = 'chat-widget-element.tgz';
/** Hides the settings of `npm run`, which starts this script, from the npm of the projects. */
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^npm_(?:lifecycle|package)_/i.test(name)),
);
env.CHROME_PATH = await findBrowser();
// What a runner prints is kept and looked at.
env.NO_COLOR = '1';

const home = mkdtempSync(path.join(tmpdir(), 'chat-widget-examples-'));

/**
 * Runs a command, all it starts included, and keeps what it printed.
 *
 * @returns {Promise<{ code: number | null, printed: string }>}
 */
async function run(/** @type {string} */ folder, /** @type {string[]} */ [command = '', ...args]) {
  const child = spawn(command, args, {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: PATIENCE_MS,
    shell: process.platform === 'win32',
  });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text) => (printed += stripVTControlCharacters(text)));
  const [code] = await once(child, 'close');
  return { code, printed };
}

/** @throws what was printed, when the command fails */
async function must(/** @type {string} */ folder, /** @type {string[]} */ ...command) {
  const { code, printed } = await run(folder, command);
  if (code !== 0) throw new Error(`${command.join(' ')}: ended with ${code}\n${printed}`);
  return printed;
}

async function check(/** @type {string} */ name, /** @type {() => Promise<void>} */ act) {
  const begun = performance.now();
  let passed = true;
  try {
    await act();
  } catch (error) {
    passed = false;
    console.error(String(error instanceof Error ? error.message : error).replace(/^/gm, '        '));
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
  add(`examples: ${name}`, passed ? 1 : 0, passed ? 0 : 1);
  if (!passed) process.exitCode = 1;
}

const INSTALL = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];

/** Of the tarball a lockfile may not say what is in it: that is another with each build. */
function writeLock(/** @type {string} */ name, /** @type {string} */ folder) {
  const lock = JSON.parse(readFileSync(path.join(folder, 'package-lock.json'), 'utf8'));
  delete lock.packages['node_modules/chat-widget-element'].integrity;
  writeFileSync(path.join('examples', name, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
}

/** The first test of the documentation, as it stands there. */
function firstTest() {
  const [, code] = /^```js\n([^]*?)^```$/m.exec(readFileSync('docs/testing.md', 'utf8')) ?? [];
  if (code === undefined) throw new Error('docs/testing.md has no ```js block');
  return code;
}

/** As root, or with a browser at an unusual place, a runner needs to be told. */
const LAUNCHER = `import { chromeLauncher } from '@web/test-runner-chrome';
const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
export default { browsers: [chromeLauncher({ launchOptions: { executablePath: process.env.CHROME_PATH, args } })] };
`;

const TEST = ['npx', 'web-test-runner', 'chat.test.js', '--node-resolve'];

async function seePass(/** @type {string} */ folder) {
  writeFileSync(path.join(folder, 'chat.test.js'), firstTest());
  const printed = await must(folder, ...TEST);
  if (!printed.includes('1 passed, 0 failed')) throw new Error(`nothing passed:\n${printed}`);
}

/** The story says something else than the test expects: the failure has both, and who said what. */
async function seeFail(/** @type {string} */ folder) {
  const test = firstTest();
  const wrong = test.replace(/text: '[^']*'/, "text: 'It arrives today, by noon.'");
  if (wrong === test) throw new Error('the test of docs/testing.md has no text to change');
  writeFileSync(path.join(folder, 'chat.test.js'), wrong);
  const { code, printed } = await run(folder, TEST);
  if (code === 0) throw new Error(`it passed:\n${printed}`);
  for (const part of [
    'nobody said "It arrives tomorrow"',
    'Where is my order?',
    'It arrives today, by noon.',
  ]) {
    if (!printed.includes(part)) throw new Error(`the failure does not name ${part}:\n${printed}`);
  }
}

/** The command of the package serves the widget and answers a message. */
async function seeServe(/** @type {string} */ folder) {
  const bin = path.join(folder, 'node_modules', 'chat-widget-element', 'dist', 'command.js');
  const help = await must(folder, 'npx', 'chat-widget-element', 'mock', '--help');
  if (!help.includes('staff-escalation')) throw new Error(`its help names no story:\n${help}`);
  const server = spawn(process.execPath, [bin, 'mock', '--port', '0', '--scenario', 'faq'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let printed = '';
    server.stdout.setEncoding('utf8').on('data', (text) => (printed += text));
    while (!printed.includes('Ends with')) await Promise.race([once(server.stdout, 'data'), ended(server)]);
    const [, url] = /(http:\S+?)\/\s/.exec(printed) ?? [];
    const page = await (await fetch(`${url}/`)).text();
    const script = /src="([^"]+)"/.exec(page)?.[1] ?? '';
    if (!(await fetch(url + script)).ok) throw new Error(`no widget at ${url}${script}`);
    const answer = await fetch(`${url}/chat`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: 'Hello', session_id: 'guest', client_id: 'a' }),
    });
    if (answer.status !== 201) throw new Error(`a message was answered by ${answer.status}`);
  } finally {
    server.kill();
  }
}

async function ended(/** @type {import('node:child_process').ChildProcess} */ server) {
  const [code] = await once(server, 'exit');
  throw new Error(`it ended with ${code}`);
}

/** @typedef {{ name: string, folder: string }} Project */

/** A copy of each project, with the tarball beside it, where nothing of this repository can be found by accident. */
async function layOut() {
  const packed = await must('.', 'npm', 'pack', '--silent', '--json', '--pack-destination', home);
  const [{ filename }] = JSON.parse(packed);
  renameSync(path.join(home, filename), path.join(home, TARBALL));
  const entries = readdirSync('examples', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return entries.map(({ name }) => {
    const folder = path.join(home, name);
    const isOurs = (/** @type {string} */ source) => path.basename(source) !== 'node_modules';
    cpSync(path.join('examples', name), folder, { recursive: true, filter: isOurs });
    return { name, folder };
  });
}

async function renewLock(/** @type {Project} */ { name, folder }) {
  // Lockfiles name no registry host here.
  cpSync('.npmrc', path.join(folder, '.npmrc'));
  rmSync(path.join(folder, 'package-lock.json'), { force: true });
  await must(folder, 'npm', 'install', '--package-lock-only', ...INSTALL);
  writeLock(name, folder);
}

async function tryAll(/** @type {Project[]} */ projects) {
  const fresh = path.join(home, 'fresh');
  mkdirSync(fresh);
  // Installing waits for the network, so all do it at once; what runs in a browser has the machine for itself.
  const installing = projects.map(({ folder }) => must(folder, 'npm', 'ci', ...INSTALL));
  const beginning = must(fresh, 'npm', 'init', '-y').then(() =>
    must(fresh, 'npm', 'install', '--save-dev', `../${TARBALL}`, '@web/test-runner@1', ...INSTALL),
  );
  await Promise.allSettled([...installing, beginning]);
  console.log(`installed after ${Math.round(performance.now() / 1000)} s`);
  for (const [index, { name, folder }] of projects.entries()) {
    await check(name, async () => {
      await installing[index];
      await must(folder, 'npm', 'test');
    });
  }
  await check('a first test passes', async () => {
    await beginning;
    writeFileSync(path.join(fresh, 'web-test-runner.config.mjs'), LAUNCHER);
    await seePass(fresh);
  });
  await check('a wrong story fails usefully', () => seeFail(fresh));
  await check('the command serves', () => seeServe(fresh));
}

try {
  const projects = await layOut();
  if (process.argv.includes('--lock')) for (const project of projects) await renewLock(project);
  else await tryAll(projects);
} finally {
  rmSync(home, { recursive: true, force: true });
}
