/**
 * dist/custom-elements.json and what editors read, made from the comments in src/elements. `cem analyze` ends the build.
 */
import { readFileSync } from 'node:fs';
import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';

/** @typedef {import('custom-elements-manifest/schema').Module} Module */
/** @typedef {import('custom-elements-manifest/schema').ClassDeclaration & import('custom-elements-manifest/schema').CustomElement} Element */

/** Shows the package's elements as a page sees them, and none that live inside another. */
const publicFace = {
  name: 'public-face',
  packageLinkPhase(
    /** @type {{ customElementsManifest: { modules: Module[] } }} */ { customElementsManifest: manifest },
  ) {
    manifest.modules = asPublished(manifest.modules.flatMap(publicElements));
  },
};

/** A file that holds an element bears the name of its tag; `cw-` marks the inner ones. */
function publicElements(/** @type {Module} */ { path, declarations = [] }) {
  const tag = path.match(/^src\/elements\/(?!cw-)(\w+-[\w-]+)\.ts$/)?.[1];
  if (!tag) return [];
  return declarations.flatMap((declaration) => {
    if (declaration.kind !== 'class' || !('customElement' in declaration)) return [];
    const element = /** @type {Element} */ (declaration);
    element.tagName = tag;
    // Others go from one inner element to the next, or are sent on in a variable.
    element.events = element.events?.filter(({ name }) => name?.startsWith('chat-'));
    element.members = element.members?.filter(
      ({ privacy, name }) => (privacy ?? 'public') === 'public' && !name.startsWith('#'),
    );
    return [element];
  });
}

/** The sources are not in the package: says where in dist a class is found, and where its tag is registered. */
function asPublished(/** @type {Element[]} */ elements) {
  const index = readFileSync('src/index.ts', 'utf8');
  const path = 'dist/index.js';
  /** @type {Module} */
  const classes = {
    kind: 'javascript-module',
    path,
    declarations: elements,
    exports: elements
      .filter(({ name }) => new RegExp(`\\b${name}\\b`).test(index))
      .map(({ name }) => ({ kind: 'js', name, declaration: { name, module: path } })),
  };
  /** @type {Module} */
  const tags = {
    kind: 'javascript-module',
    path: 'dist/define.js',
    declarations: [],
    exports: elements.map(({ name, tagName = '' }) => ({
      kind: 'custom-element-definition',
      name: tagName,
      declaration: { name, module: path },
    })),
  };
  return [classes, tags];
}

export default {
  globs: ['src/elements/**/*.ts'],
  outdir: 'dist',
  litelement: true,
  packagejson: false,
  plugins: [
    publicFace,
    customElementVsCodePlugin({
      outdir: 'dist',
      htmlFileName: 'vscode.html-custom-data.json',
      cssFileName: null,
      hideLogs: true,
    }),
    customElementJetBrainsPlugin({
      outdir: 'dist',
      webTypesFileName: 'web-types.json',
      packageJson: false,
      hideLogs: true,
    }),
  ],
};
