/**
 * Holds the rule of the architecture: imports point left. Also: no drawer folders, no import cycles, no long file that
 * does not say why it is long.
 */
import { files, importsOf, read } from './source.mjs';

/** Left to right. A file imports from its own folder and from rows above; two in the same row do not know each other. */
const ROWS = [
  ['protocol', 'platform'],
  ['transports'],
  ['backends'],
  ['connection'],
  ['conversation'],
  ['i18n', 'features'],
  ['elements'],
  ['index.ts', 'define.ts', 'embed.ts'],
];

/** `testing` stands beside the rows: it may use them up to this one, and nothing uses it. */
const LAST_ROW_FOR_TESTING = 'conversation';

/** The one exception: the backend `mock` fetches it when a page asks for it. */
const TESTING_DOOR = { from: 'backends/load.ts', to: 'testing/mock-backend.ts' };

/** The packages that src uses, and where. */
const PACKAGES = {
  lit: ['i18n', 'features', 'elements'],
  'idb-keyval': ['platform'],
  marked: ['features'],
  'socket.io-client': ['transports'],
  'mock-socket': ['testing'],
};

/** Features load on first need; this is the door to them. */
const FEATURES_DOOR = 'features/load.ts';

const DRAWERS = /(?:^|\/)(?:utils?|helpers?|common|misc)(?:\/|\.ts$)/;

const MAX_LINES = 250;

const layerOf = (/** @type {string} */ file) => file.split('/')[0] ?? file;
const rowOf = (/** @type {string} */ layer) => ROWS.findIndex((row) => row.includes(layer));

/** @returns {string | undefined} what is wrong with a file of one layer importing from another */
function complaint(/** @type {string} */ from, /** @type {string} */ to) {
  if (from === to) return undefined;
  if (to === 'testing') return 'nothing outside testing uses testing';
  if (from === 'testing') {
    return rowOf(to) <= rowOf(LAST_ROW_FOR_TESTING)
      ? undefined
      : `testing may use layers up to ${LAST_ROW_FOR_TESTING}`;
  }
  if (rowOf(from) === rowOf(to)) return `${from} and ${to} do not know each other`;
  return rowOf(to) < rowOf(from) ? undefined : `imports point left, and ${to} is to the right of ${from}`;
}

/** @type {string[]} */
const problems = [];
/** @type {Map<string, string[]>} */
const graph = new Map();

for (const file of files) {
  const layer = layerOf(file);
  if (layer !== 'testing' && rowOf(layer) < 0)
    problems.push(`src/${file}: ${layer} is no layer of the architecture`);
  if (DRAWERS.test(file)) problems.push(`src/${file}: a drawer name; put each function with its concept`);
  checkLength(file);
  const imports = importsOf(file);
  for (const entry of imports) checkImport(file, entry);
  graph.set(
    file,
    imports.flatMap((entry) => (entry.kind === 'value' && entry.file ? [entry.file] : [])),
  );
}
for (const cycle of cycles()) problems.push(`src/${cycle[0]}: import cycle: ${cycle.join(' → ')}`);

function checkImport(
  /** @type {string} */ file,
  /** @type {import('./source.mjs').Import} */ { from, file: target, kind, line },
) {
  const at = `src/${file}:${line}: imports ${from}`;
  if (target === undefined) return checkPackage(layerOf(file), from, at);
  if (!files.includes(target)) problems.push(`${at}: there is no src/${target}`);
  const isDoor = kind === 'dynamic' && file === TESTING_DOOR.from && target === TESTING_DOOR.to;
  const wrong = isDoor ? undefined : complaint(layerOf(file), layerOf(target));
  if (wrong) problems.push(`${at}: ${wrong}`);
  const opensFeature = layerOf(target) === 'features' && target !== FEATURES_DOOR && kind === 'value';
  if (opensFeature && (layerOf(file) !== 'features' || file === FEATURES_DOOR)) {
    problems.push(`${at}: features load on first need; go through ${FEATURES_DOOR} and import()`);
  }
}

function checkPackage(/** @type {string} */ layer, /** @type {string} */ from, /** @type {string} */ at) {
  const [, users] =
    Object.entries(PACKAGES).find(([name]) => from === name || from.startsWith(`${name}/`)) ?? [];
  if (!users) problems.push(`${at}: no package that src may use`);
  else if (!users.includes(layer)) problems.push(`${at}: only for ${users.join(', ')}`);
}

function checkLength(/** @type {string} */ file) {
  const { text, comments, body } = read(file);
  const lines = text.trimEnd().split('\n').length;
  const header = comments
    .filter((comment) => comment.end <= (body[0]?.start ?? 0))
    .map((comment) => comment.value);
  if (
    lines > MAX_LINES &&
    !/\blong(?:er)?\b[^.]*\bbecause\b/i.test(header.join(' ').replace(/[\s*]+/g, ' '))
  ) {
    problems.push(`src/${file}: ${lines} lines; split it, or let its header say that it is long because …`);
  }
}

/** Each cycle once, found where it closes. Types may go round: a controller knows its host's. */
function cycles() {
  /** @type {string[][]} */
  const found = [];
  const done = new Set();
  const visit = (/** @type {string} */ file, /** @type {string[]} */ trail) => {
    if (trail.includes(file)) return void found.push([...trail.slice(trail.indexOf(file)), file]);
    if (done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return found;
}

for (const problem of problems) console.error(problem);
console.log(`layers: ${files.length} files, ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
