/**
 * What a page pays: exact gzip -9 sizes of the built files against their budgets, and what must not be in them.
 * `--report` only prints the sizes.
 */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'vite';

/**
 * Budgets in bytes. `from` names the files that a page loads, each with all it imports statically; `needs` names modules
 * that are loaded on demand and yet belong to the sum; `alone` leaves out what they import, which is there already.
 *
 * @type {{ what: string, from: string[], needs?: string[], alone?: boolean, budget: number }[]}
 */
const BUDGETS = [
  { what: 'a closed launcher', from: ['chat-widget.js'], budget: 10_000 },
  {
    what: 'what shows an open, empty chat',
    from: ['chat-widget.js'],
    needs: ['src/elements/backstage.ts', 'src/elements/parts/panel.ts'],
    budget: 23_900,
  },
  {
    what: 'the same, and the client that connects it',
    from: ['chat-widget.js'],
    needs: ['src/elements/parts/panel.ts', 'src/conversation/chat-client.ts'],
    budget: 46_700,
  },
  {
    what: 'all of it: a conversation',
    from: ['chat-widget.js'],
    needs: [
      'src/elements/parts/panel.ts',
      'src/conversation/chat-client.ts',
      'src/elements/parts/thread.ts',
      'src/platform/idb-table.ts',
    ],
    budget: 64_300,
  },
  { what: 'Markdown', from: [], needs: ['src/features/markdown/document.ts'], alone: true, budget: 18_000 },
  {
    what: 'what formatted answers look like',
    from: [],
    needs: ['src/elements/parts/rich-text.ts'],
    alone: true,
    budget: 3_600,
  },
  { what: 'the embed loader', from: ['embed.js'], budget: 2_000 },
];

/** Most that one file of texts costs, in bytes. */
const TEXTS_BUDGET = 1_500;

/** Namespaces, which nothing requests. */
const HARMLESS_URL = /^https?:\/\/www\.w3\.org\//;

const scripts = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.js'));

const read = (/** @type {string} */ file) => readFileSync(`dist/${file}`, 'utf8');
const gzipped = (/** @type {string} */ file) => gzipSync(read(file), { level: 9 }).length;

/** The modules that went into a built file, such as `src/define.ts`, as its source map names them. */
function sourcesOf(/** @type {string} */ file) {
  const map = `${file}.map`;
  if (!existsSync(`dist/${map}`)) return [];
  /** @type {{ sources: string[] }} */
  const { sources } = JSON.parse(read(map));
  return sources.map((source) => source.replace(/^(?:\.\.\/)+/, ''));
}

/**
 * The files of dist that a file names: those it imports, and those that it fetches later.
 *
 * @returns {{ name: string, isFetched: boolean }[]}
 */
function importsOf(/** @type {string} */ file) {
  const text = read(file);
  const { module } = parseSync(file, text);
  const named = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) => entries.map((entry) => entry.moduleRequest?.value)),
  ].map((name) => ({ name, isFetched: false }));
  const fetched = module.dynamicImports.map(({ moduleRequest: { start, end } }) => ({
    name: text.slice(start + 1, end - 1),
    isFetched: true,
  }));
  return [...named, ...fetched].flatMap(({ name, isFetched }) =>
    name?.startsWith('.') ? [{ name: new URL(name, `file:///${file}`).pathname.slice(1), isFetched }] : [],
  );
}

/** A file and all that a browser fetches with it before it runs. */
function closure(/** @type {string} */ file, seen = new Set([file])) {
  for (const { name, isFetched } of importsOf(file)) {
    if (!isFetched && !seen.has(name)) closure(name, seen.add(name));
  }
  return seen;
}

/** @type {string[]} */
const problems = [];

function measure(/** @type {typeof BUDGETS[number]} */ { what, from, needs = [], alone = false, budget }) {
  const loaded = new Set(from.flatMap((file) => [...closure(file)]));
  for (const module of needs) {
    const chunks = scripts.filter(
      (file) => !file.includes('/') && file.startsWith('chat-widget') && sourcesOf(file).includes(module),
    );
    if (chunks.length === 0)
      problems.push(`${module} is in no file of dist; is the table of budgets still right?`);
    for (const chunk of chunks) for (const file of alone ? [chunk] : closure(chunk)) loaded.add(file);
  }
  const bytes = [...loaded].reduce((sum, file) => sum + gzipped(file), 0);
  console.log(`${String(bytes).padStart(7)} of ${budget}  ${what}: ${[...loaded].join(', ')}`);
  if (bytes > budget) problems.push(`${what}: ${bytes - budget} bytes over its budget`);
}

/** Each language brings its texts in files of their own, and small ones. */
function measureTexts() {
  const texts = scripts
    .filter((file) => file.startsWith('chat-widget-'))
    .flatMap((file) =>
      sourcesOf(file)
        .filter((source) => /^src\/i18n\/[\w-]+\//.test(source))
        .map((source) => ({ file, source })),
    )
    .filter(({ source }) => !source.startsWith('src/i18n/en/'))
    .map(({ file, source }) => ({ source, bytes: gzipped(file) }))
    .toSorted((one, other) => other.bytes - one.bytes);
  const [largest] = texts;
  if (!largest) return void problems.push('no file of dist has texts of a language');
  console.log(
    `${String(largest.bytes).padStart(7)} of ${TEXTS_BUDGET}  the largest of ${texts.length} files of texts: ${largest.source}`,
  );
  for (const { source, bytes } of texts) {
    if (bytes > TEXTS_BUDGET)
      problems.push(`${source}: ${bytes - TEXTS_BUDGET} bytes over the budget for texts`);
  }
}

function checkContents(/** @type {string} */ file) {
  const text = read(file);
  if (/^\s*@\w+\(/m.test(text.replace(/\/\*[^]*?\*\//g, '')))
    problems.push(`${file}: a decorator was left in`);
  checkHarness(file);
  if (!file.startsWith('chat-widget') || harness.has(file)) return;
  for (const [url] of text.matchAll(/https?:\/\/[^\s"'`)]+/g)) {
    if (!HARMLESS_URL.test(url))
      problems.push(`${file}: names ${url}; the widget talks to its backend alone`);
  }
}

/** Entries that are the harness, or stand on it. */
const HARNESS_ENTRIES = ['testing.js', 'command.js'];
/** The module that may fetch it in the normal build, and what it fetches: the backend `mock`. */
const HARNESS_DOOR = { from: 'src/backends/load.ts', to: 'src/testing/mock-backend.ts' };

/** Files that contain something of the harness. */
const harness = new Set(
  scripts.filter((file) => sourcesOf(file).some((source) => /^src\/testing\/|mock-socket/.test(source))),
);

/** Nothing of the harness comes with another file: it is imported by its own, and fetched through its door. */
function checkHarness(/** @type {string} */ file) {
  if (harness.has(file)) {
    const own = sourcesOf(file).find((source) => /^src\/elements\/|^src\/conversation\//.test(source));
    if (own) problems.push(`${file}: contains ${own} beside the harness`);
  }
  if (harness.has(file) || HARNESS_ENTRIES.includes(file)) return;
  for (const { name, isFetched } of importsOf(file)) {
    if (!harness.has(name)) continue;
    const isDoor = sourcesOf(file).includes(HARNESS_DOOR.from) && sourcesOf(name).includes(HARNESS_DOOR.to);
    if (!isFetched || !isDoor) problems.push(`${file}: loads ${name}, which contains the harness`);
  }
}

console.log('gzip -9 bytes:');
for (const file of scripts.toSorted()) console.log(`${String(gzipped(file)).padStart(7)}  ${file}`);
console.log('budgets:');
BUDGETS.forEach(measure);
measureTexts();
scripts.forEach(checkContents);

const failing = process.argv.includes('--report') ? [] : problems;
for (const problem of failing) console.error(problem);
process.exitCode = failing.length > 0 ? 1 : 0;
