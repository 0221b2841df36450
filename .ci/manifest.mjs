/**
 * dist/custom-elements.json tells the truth about <chat-widget>. The truth is taken from the code: the attributes that
 * the built class observes, the events that src/elements/events.ts declares, the parts, slots and custom properties
 * that templates and styles contain. docs/theming.md tells the same. Run after a build.
 */
import { existsSync, readFileSync } from 'node:fs';
import { files, read, walk } from './source.mjs';

const TAG = 'chat-widget';
const EVENTS = 'elements/events.ts';

/** @type {string[]} */
const problems = [];

const json = (/** @type {string} */ file) => JSON.parse(readFileSync(`dist/${file}`, 'utf8'));

/** @type {Record<string, any>[]} */
const elements = json('custom-elements.json').modules.flatMap(
  (/** @type {any} */ module) => module.declarations,
);
const widget = elements.find(({ tagName }) => tagName === TAG) ?? {};

/** @returns {Set<string>} */
const named = (/** @type {Record<string, any>} */ element, /** @type {string} */ kind) =>
  new Set((element[kind] ?? []).map((/** @type {{ name: string }} */ { name }) => name));

function same(
  /** @type {string} */ what,
  /** @type {Set<string>} */ real,
  /** @type {Set<string>} */ documented,
) {
  for (const name of real)
    if (!documented.has(name)) problems.push(`<${TAG}>: ${what} ${name} is missing in custom-elements.json`);
  for (const name of documented)
    if (!real.has(name)) problems.push(`<${TAG}>: ${what} ${name} is documented and not in the code`);
}

const { [widget.name]: ChatWidget } = await import(new URL('../dist/index.js', import.meta.url).href);
if (ChatWidget) same('attribute', new Set(ChatWidget.observedAttributes), named(widget, 'attributes'));
else problems.push(`dist/index.js exports no class for <${TAG}>`);

/** The keys of HTMLElementEventMap that the project adds. */
const eventMap = [...walk(files.includes(EVENTS) ? read(EVENTS).body : [])].filter(
  (node) => node.type === 'TSInterfaceDeclaration' && node.id.name === 'HTMLElementEventMap',
);
const events = eventMap.flatMap((node) =>
  node.body.body.map((/** @type {any} */ { key }) => String(key.value ?? key.name)),
);
same('event', new Set(events.filter((name) => name.startsWith('chat-'))), named(widget, 'events'));

/** What a pattern's first group matches in the elements' sources, comments aside. */
function mentioned(/** @type {RegExp} */ pattern) {
  const found = new Set();
  for (const file of files.filter((name) => name.startsWith('elements/'))) {
    const code = read(file).text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '');
    for (const [, name] of code.matchAll(pattern)) found.add(name);
  }
  return found;
}

// Inner elements have no shadow root, so what they contain is the widget's. Only literal names are seen, and of a list of
// parts only the first: the others tell its role and state.
for (const [kind, pattern] of /** @type {const} */ ([
  ['cssParts', /\bpart="([\w-]+)/g],
  ['slots', /<slot\b[^>]*\bname="([\w-]+)"/g],
])) {
  for (const name of mentioned(pattern)) {
    if (!named(widget, kind).has(name))
      problems.push(`<${TAG}>: ${kind}: ${name} is missing in custom-elements.json`);
  }
}
same('custom property', mentioned(/(--chat-[a-z0-9-]+)/g), named(widget, 'cssProperties'));

/**
 * The tables of docs/theming.md: the first cell of each row, and the row. A default that is one colour, one light and one
 * dark colour or one length has to stand in it.
 */
const THEMING = 'docs/theming.md';
const rows = new Map(
  [...readFileSync(THEMING, 'utf8').matchAll(/^\| `([\w-]+)` \|.*$/gm)].map(([row, name = '']) => [
    name,
    row,
  ]),
);
const told = (/** @type {string} */ kind) => [...named(widget, kind)].filter((name) => name !== '');
for (const name of ['cssProperties', 'cssParts', 'slots'].flatMap(told))
  if (!rows.has(name)) problems.push(`${THEMING}: ${name} is missing`);
const known = new Set(['cssProperties', 'cssParts', 'slots', 'attributes'].flatMap(told));
for (const name of rows.keys()) if (!known.has(name)) problems.push(`${THEMING}: there is no ${name}`);
const sheets = files.filter((name) => name.startsWith('elements/styles/')).map((name) => read(name).text);
for (const [, name = '', value = ''] of sheets.join('').matchAll(/^ {4}(--chat-[\w-]+):\s*([^;]+);/gm)) {
  const simple = /^(?:light-dark\((#\w+), (#\w+)\)|(#\w+|[\d.]+(?:px|ms)?|calc\([^()]*\)))$/.exec(value);
  for (const wanted of (simple ?? []).slice(1).filter(Boolean))
    if (!rows.get(name)?.includes(`\`${wanted}\``)) problems.push(`${THEMING}: ${name} is ${wanted}`);
}

for (const file of ['custom-elements.json', 'vscode.html-custom-data.json', 'web-types.json']) {
  if (!existsSync(`dist/${file}`)) problems.push(`dist/${file} is missing`);
  else if (!JSON.stringify(json(file)).includes(`"name":"${TAG}"`))
    problems.push(`dist/${file} does not know <${TAG}>`);
}

for (const problem of problems) console.error(problem);
console.log(`manifest: ${problems.length} problems`);
process.exitCode = problems.length > 0 ? 1 : 0;
