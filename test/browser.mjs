/**
 * Finds the Chromium that unit and end-to-end tests run in, so that `npm test` works on a machine with any of:
 * a path in CHROME_PATH, an installed Chromium, Chrome or Edge, or nothing but npm (the browser of `@sparticuz/chromium`,
 * also chosen by CHROME_PATH=npm). `node test/browser.mjs` prints what was found.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const env = process.env;

/** Where installers put a Chromium, likeliest first. */
const PLACES = {
  linux: [
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
      (name) => `/usr/bin/${name}`,
    ),
    '/opt/google/chrome/chrome',
    '/snap/bin/chromium',
    '/usr/bin/microsoft-edge',
  ],
  darwin: ['Google Chrome', 'Chromium', 'Microsoft Edge'].flatMap((name) =>
    ['', env.HOME ?? ''].map((home) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
  ),
  win32: [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].flatMap((root) =>
    root === undefined
      ? []
      : ['Google\\Chrome', 'Chromium', 'Microsoft\\Edge'].map(
          (name) => `${root}\\${name}\\Application\\${name.endsWith('Edge') ? 'msedge' : 'chrome'}.exe`,
        ),
  ),
};

const HOW_TO =
  'No browser for the tests: install Chromium or Chrome, or set CHROME_PATH to one, or run `npm install @sparticuz/chromium` on Linux x64.';

/** Chromium refuses its sandbox to root, as in most containers. */
export const sandbox = process.getuid?.() !== 0;

/** Keep the browser from calling home while tests run. */
export const quietArgs = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-quic',
  '--disable-sync',
  '--no-first-run',
];

/**
 * The path of a Chromium. It is also left in CHROME_PATH, so that worker processes do not search again. Exits with one
 * line of advice when there is none.
 */
export async function findBrowser() {
  const asked = env.CHROME_PATH;
  const found =
    asked && asked !== 'npm' ? asked : ((asked === 'npm' ? undefined : installed()) ?? (await fromNpm()));
  if (found === undefined || !existsSync(found)) {
    console.error(found === undefined ? HOW_TO : `CHROME_PATH names no file: ${found}`);
    process.exit(1);
  }
  env.CHROME_PATH = found;
  return found;
}

function installed() {
  return PLACES[/** @type {keyof typeof PLACES} */ (process.platform)]?.find((place) => existsSync(place));
}

/** Unpacks the browser that lies compressed in `@sparticuz/chromium`, once per install. */
async function fromNpm() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const home = fileURLToPath(new URL('../node_modules/.cache/chromium', import.meta.url));
  const binary = path.join(home, 'chromium');
  try {
    if (!existsSync(binary)) await unpack(home);
  } catch (error) {
    console.error(`The browser of @sparticuz/chromium could not be unpacked: ${error}`);
    return undefined;
  }
  if (!existsSync('/etc/fonts/fonts.conf')) env.FONTCONFIG_PATH ??= path.join(home, 'fonts');
  if (!starts(binary)) {
    // A bare machine lacks NSS and NSPR; the package brings them for the cloud function it was made for.
    env.LD_LIBRARY_PATH = [path.join(home, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':');
    if (!starts(binary)) return undefined;
  }
  return binary;
}

/** Unpacks beside `home` and renames at the end, so that an interrupted run leaves no half of a browser behind. */
async function unpack(/** @type {string} */ home) {
  const { default: chromium, inflate } = await import('@sparticuz/chromium');
  const draft = `${home}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const { TMPDIR } = env;
  env.TMPDIR = draft; // the package unpacks into the system's folder for temporary files, wherever that is
  try {
    await chromium.executablePath();
    await inflate(fileURLToPath(new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'))));
  } finally {
    if (TMPDIR === undefined) delete env.TMPDIR;
    else env.TMPDIR = TMPDIR;
  }
  if (!existsSync(home)) renameSync(draft, home);
}

function starts(/** @type {string} */ binary) {
  return spawnSync(binary, ['--version'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}

/** The Firefox that `npm run test:unit:all` uses, if there is one. */
export function findFirefox() {
  return [
    env.FIREFOX_PATH ?? '',
    '/usr/bin/firefox-esr',
    '/usr/bin/firefox',
    '/snap/bin/firefox',
    '/Applications/Firefox.app/Contents/MacOS/firefox',
  ].find((place) => place && existsSync(place));
}

/** WebKitGTK: its driver, its small browser and, where no screen is, a virtual one. Debian: webkit2gtk-driver, xvfb. */
export function findWebKit() {
  const driver = '/usr/bin/WebKitWebDriver';
  const xvfb = '/usr/bin/Xvfb';
  const browser = existsSync('/usr/lib')
    ? readdirSync('/usr/lib')
        .flatMap((triple) =>
          ['4.1', '6.0'].map((version) => `/usr/lib/${triple}/webkit2gtk-${version}/MiniBrowser`),
        )
        .concat('/usr/libexec/webkit2gtk-4.1/MiniBrowser')
        .find((place) => existsSync(place))
    : undefined;
  return browser && existsSync(driver) && existsSync(xvfb) ? { driver, xvfb, browser } : undefined;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await findBrowser());
