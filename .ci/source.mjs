/** Reads src/ for the checks beside this file: its files, their syntax trees and what they import. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/**
 * Just what the checks read of a syntax tree node.
 *
 * @typedef {{ type: string, start: number, end: number, [key: string]: any }} Node
 */

/**
 * @typedef {object} Import
 * @property {string} from - The specifier, as written.
 * @property {string} [file] - The file of src it names, such as `protocol/message.ts`; none for a package.
 * @property {'value' | 'type' | 'dynamic'} kind - `type` when nothing of it is left in the built code.
 * @property {number} line
 */

/** Paths of all TypeScript files, relative to src, with `/` on every system. */
export const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll(path.sep, '/'))
  .filter((name) => name.endsWith('.ts'))
  .sort();

/** One file of src, read and parsed. */
export function read(/** @type {string} */ file) {
  const name = `src/${file}`;
  const text = readFileSync(name, 'utf8');
  const { program, comments, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
  const line = (/** @type {number} */ offset) => text.slice(0, offset).split('\n').length;
  return { name, text, comments, line, body: /** @type {Node[]} */ (/** @type {unknown} */ (program.body)) };
}

/**
 * All nodes under some, themselves included, in the order of the text.
 *
 * @returns {Generator<Node>}
 */
export function* walk(/** @type {unknown} */ node) {
  if (Array.isArray(node)) for (const child of node) yield* walk(child);
  else if (isNode(node)) {
    yield node;
    for (const child of Object.values(node)) yield* walk(child);
  }
}

/** @returns {node is Node} */
const isNode = (/** @type {any} */ node) => typeof node?.type === 'string';

/** @returns {Import[]} */
export function importsOf(/** @type {string} */ file) {
  const { body, line } = read(file);
  /** @type {Import[]} */
  const imports = [];
  for (const node of walk(body)) {
    const kind = importKind(node);
    const from = node.source?.value;
    if (kind && typeof from === 'string')
      imports.push({ from, file: resolve(file, from), kind, line: line(node.start) });
  }
  return imports;
}

/** @returns {Import['kind'] | undefined} */
function importKind(/** @type {Node} */ node) {
  switch (node.type) {
    case 'ImportExpression':
      return 'dynamic';
    case 'TSImportType':
      return 'type';
    case 'ImportDeclaration':
      return node.importKind === 'type' ? 'type' : 'value';
    case 'ExportAllDeclaration':
    case 'ExportNamedDeclaration':
      return node.exportKind === 'type' ? 'type' : 'value';
    default:
      return undefined;
  }
}

function resolve(/** @type {string} */ file, /** @type {string} */ from) {
  return from.startsWith('.')
    ? path.posix.join(path.posix.dirname(file), from).replace(/\.js$/, '.ts')
    : undefined;
}
