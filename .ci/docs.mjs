/**
 * What a page author or a tester can reach is explained: every export of src/index.ts, of src/testing/index.ts and of
 * each element's file, and each public member of it, has a JSDoc comment; the elements of custom-elements.json say in a
 * line what they are and describe their attributes, properties, methods, events, slots, parts and custom properties.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { files, read } from './source.mjs';

/** @typedef {import('./source.mjs').Node} Node */

const ENTRIES = files.filter((file) => /^(?:index|testing\/index|elements\/\w+-[\w-]+)\.ts$/.test(file));
const MANIFEST = 'dist/custom-elements.json';

const DECLARATIONS = /^(?:Class|Function|Variable|TSInterface|TSTypeAlias|TSEnum)Declaration$/;

/** @type {Set<string>} */
const problems = new Set();
let checked = 0;

/** @type {Map<string, ReturnType<typeof read>>} */
const modules = new Map();

function moduleOf(/** @type {string} */ file) {
  const module = modules.get(file) ?? read(file);
  modules.set(file, module);
  return module;
}

/** Follows one export of a file, or all with `*`, to where it is declared. */
function follow(/** @type {string} */ file, /** @type {string} */ wanted, seen = new Set()) {
  if (seen.has(`${file}#${wanted}`)) return;
  seen.add(`${file}#${wanted}`);
  /** Names that leave the file in a list and are declared or imported elsewhere in it. */
  const locals = new Set(wanted === '*' ? [] : [wanted]);
  for (const node of moduleOf(file).body) {
    const from =
      node.source && path.posix.join(path.posix.dirname(file), node.source.value).replace(/\.js$/, '.ts');
    if (node.type === 'ExportAllDeclaration') follow(from, wanted, seen);
    if (node.type !== 'ExportNamedDeclaration') continue;
    for (const { local, exported } of node.specifiers) {
      if (wanted !== '*' && exported.name !== wanted) continue;
      if (from) follow(from, local.name, seen);
      else locals.add(local.name);
    }
    if (node.declaration && (wanted === '*' || namesOf(node.declaration).includes(wanted))) {
      checkDeclaration(file, node.declaration, node.start);
    }
  }
  for (const node of moduleOf(file).body) followLocal(file, node, locals, seen);
}

/** A declaration that is exported by name further down, or something imported and passed on. */
function followLocal(
  /** @type {string} */ file,
  /** @type {Node} */ node,
  /** @type {Set<string>} */ names,
  /** @type {Set<string>} */ seen,
) {
  if (namesOf(node).some((name) => names.has(name))) checkDeclaration(file, node, node.start);
  if (node.type !== 'ImportDeclaration' || !node.source.value.startsWith('.')) return;
  const from = path.posix.join(path.posix.dirname(file), node.source.value).replace(/\.js$/, '.ts');
  for (const { local, imported } of node.specifiers)
    if (names.has(local.name) && imported) follow(from, imported.name, seen);
}

/** @returns {string[]} */
function namesOf(/** @type {Node} */ node) {
  if (!DECLARATIONS.test(node.type)) return [];
  return (node.declarations ?? [node]).map((/** @type {Node} */ { id }) => id?.name);
}

function checkDeclaration(/** @type {string} */ file, /** @type {Node} */ node, /** @type {number} */ start) {
  const [name = ''] = namesOf(node);
  demand(file, node, start, name);
  const members = node.body?.body ?? node.typeAnnotation?.members ?? [];
  // A getter explains its setter, and one overload the others.
  const explained = new Set(
    members.filter((/** @type {Node} */ member) => hasComment(file, member, member.start)).map(nameOf),
  );
  for (const member of members) {
    const parameters = member.kind === 'constructor' ? member.value.params : [];
    for (const part of [member, ...parameters].filter(isPublic)) {
      if (explained.has(nameOf(part))) checked++;
      else demand(file, part, part.start, `${name}.${nameOf(part)}`);
    }
  }
}

/** @returns {string} */
const nameOf = (/** @type {Node} */ { key, parameter }) =>
  key?.name ?? key?.value ?? parameter?.name ?? parameter?.left?.name ?? '';

/** What overrides is explained where it was first declared; a constructor by its class. */
function isPublic(/** @type {Node} */ { type, key, kind, accessibility, override, computed }) {
  if (type.endsWith('Signature')) return nameOf({ type, key, start: 0, end: 0 }) !== '';
  if (!/^(?:MethodDefinition|PropertyDefinition|AccessorProperty|TSParameterProperty)$/.test(type))
    return false;
  const hidden =
    accessibility === 'private' || accessibility === 'protected' || key?.type === 'PrivateIdentifier';
  return !hidden && !override && !computed && kind !== 'constructor';
}

function demand(
  /** @type {string} */ file,
  /** @type {Node} */ node,
  /** @type {number} */ start,
  /** @type {string} */ what,
) {
  checked++;
  if (!hasComment(file, node, start))
    problems.add(`src/${file}:${moduleOf(file).line(start)}: ${what} has no JSDoc comment`);
}

function hasComment(/** @type {string} */ file, /** @type {Node} */ node, /** @type {number} */ start) {
  const { comments, text } = moduleOf(file);
  const first = Math.min(
    start,
    ...(node.decorators ?? []).map((/** @type {Node} */ decorator) => decorator.start),
  );
  return comments.some(({ type, value, end }) => {
    return type === 'Block' && value.startsWith('*') && end <= first && text.slice(end, first).trim() === '';
  });
}

for (const entry of ENTRIES) follow(entry, '*');

/** Kinds of things that an element's comment or its members describe. */
const DESCRIBED = ['attributes', 'members', 'events', 'slots', 'cssParts', 'cssProperties'];

function checkElement(/** @type {Record<string, any>} */ element) {
  checked++;
  if (!element.summary) problems.add(`<${element.tagName}>: no @summary`);
  for (const kind of DESCRIBED) {
    for (const { name, description } of element[kind] ?? []) {
      checked++;
      if (!description)
        problems.add(`<${element.tagName}>: ${kind}: ${name || 'the default slot'} is not described`);
    }
  }
}

if (existsSync(MANIFEST)) {
  /** @type {{ modules: { declarations: Record<string, any>[] }[] }} */
  const { modules: described } = JSON.parse(readFileSync(MANIFEST, 'utf8'));
  for (const { declarations } of described) declarations.forEach(checkElement);
} else problems.add(`${MANIFEST} is missing: npm run build`);

for (const problem of problems) console.error(problem);
console.log(`docs: ${checked} checked, ${problems.size} problems`);
process.exitCode = problems.size > 0 ? 1 : 0;
