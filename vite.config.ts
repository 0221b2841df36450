import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { lexerOnly } from './build/lexer-only.js';
import { minifyTemplates } from './build/minify-templates.js';
import { runtimeInside } from './build/runtime-inside.js';
import { trustedTypesName } from './build/trusted-types-name.js';
import { typeEntries } from './build/type-entries.js';

/** The package's entries, by the name of their file in dist. */
const ENTRIES = { index: 'src/index.ts', define: 'src/define.ts', testing: 'src/testing/index.ts' };

/** Texts are named by their language too: each has files of the same names. */
const chunkName = ({ facadeModuleId }: { facadeModuleId: string | null }) =>
  facadeModuleId?.match(/\/i18n\/([\w-]+\/\w+)\.ts$/)?.[1]!.replace('/', '-') ?? '[name]';

const shared = {
  target: 'es2022',
  outDir: 'dist',
  sourcemap: true,
  copyPublicDir: false,
  reportCompressedSize: false,
} as const;

/** For bundlers and Node: dependencies stay imports, the code stays readable. */
const packageEntries: UserConfig = {
  plugins: [
    minifyTemplates(),
    typeEntries({ ...ENTRIES, 'chat-widget': ENTRIES.define, embed: 'src/embed.ts' }),
  ],
  // mock-socket's main file is UMD, without the names that the harness imports.
  resolve: {
    alias: {
      'mock-socket': fileURLToPath(
        new URL('node_modules/mock-socket/dist/mock-socket.es.mjs', import.meta.url),
      ),
    },
  },
  build: {
    ...shared,
    minify: false,
    license: { fileName: 'testing.licenses.md' },
    lib: { entry: ENTRIES, formats: ['es'] },
    rolldownOptions: {
      external: [/^lit($|\/)/, /^@lit\//, 'idb-keyval', 'marked', 'socket.io-client'],
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: (chunk) => `chunks/${chunk.isDynamicEntry ? chunkName(chunk) : 'shared'}.js`,
      },
    },
  },
};

/** For a script tag: everything inside, as small as it gets, rarely used parts as files beside it. */
const cdn: UserConfig = {
  plugins: [lexerOnly(), minifyTemplates(), trustedTypesName('chat-widget'), runtimeInside('backstage')],
  build: {
    ...shared,
    emptyOutDir: false,
    license: { fileName: 'chat-widget.licenses.md' },
    lib: { entry: { 'chat-widget': 'src/define.ts' }, formats: ['es'] },
    rolldownOptions: {
      // A name that no browser resolves without an import map: then the server's own file is taken (socket-io-client.ts).
      external: ['socket.io-client'],
      output: {
        minify: true, // `build.minify` alone leaves the white space of ES modules as it is
        entryFileNames: '[name].js',
        chunkFileNames: (chunk) => `chat-widget-${chunkName(chunk)}-[hash].js`,
        // All that the entry needs in one file that the lazy ones can import back. If they imported the entry itself, a
        // page that loads it under another address, such as `chat-widget.js?v=2`, would run everything twice.
        // The client likewise: what backends share with it is not to be torn out into files of a few hundred bytes.
        codeSplitting: {
          groups: [
            { name: 'core', test: /\/src\/define\.ts$/, priority: 5 },
            { name: 'backstage', test: /\/src\/elements\/backstage\.ts$/, priority: 4 },
            { name: 'client', test: /\/src\/elements\/parts\/client\.ts$/, priority: 3 },
            { name: 'panel', test: /\/src\/elements\/parts\/panel\.ts$/, priority: 2 },
            { name: 'announcer', test: /\/src\/elements\/parts\/announcer\.ts$/, priority: 1 },
            { name: 'thread', test: /\/src\/elements\/parts\/thread\.ts$/ },
            { name: 'markdown', test: /\/src\/features\/markdown\/index\.ts$/ },
            { name: 'pusher', test: /\/src\/transports\/pusher\.ts$/ },
            { name: 'requests', test: /\/src\/transports\/http-uplink\.ts$/ },
          ],
        },
      },
    },
  },
};

/** The classic script that brings chat-widget.js later. */
const embed: UserConfig = {
  build: {
    ...shared,
    emptyOutDir: false,
    lib: { entry: 'src/embed.ts', name: 'ChatWidgetEmbed', formats: ['iife'], fileName: () => 'embed.js' },
  },
};

/** One build per `--mode`; the one without a mode comes first, since it empties dist. Without `build`: the dev server. */
export default defineConfig(({ command, mode }): UserConfig => {
  if (command === 'serve') return {};
  if (mode === 'cdn') return cdn;
  if (mode === 'embed') return embed;
  return packageEntries;
});
