/** How Vite serves the pages of the demo (`npm start`), and makes static files of them (`npm run build:demo`). */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: file('.'),
  appType: 'mpa',
  // Wherever it is put, under whatever path.
  base: './',
  // Everything the pages import is an ES module already: nothing has to be bundled before the first page.
  optimizeDeps: { noDiscovery: true, include: [] },
  resolve: {
    // Lit's development build would write into the visitor's console.
    conditions: ['module', 'browser', 'production'],
    alias: {
      // The main file of mock-socket is UMD, without the names that the harness imports.
      'mock-socket': file('../node_modules/mock-socket/dist/mock-socket.es.mjs'),
      // One file instead of the many that it is made of, some of which are no ES modules.
      'socket.io-client': file('../node_modules/socket.io-client/dist/socket.io.esm.min.js'),
    },
  },
  server: { fs: { allow: [file('..')] } },
  build: {
    target: 'es2022',
    outDir: file('../dist-demo'),
    emptyOutDir: true,
    // Pictures stay files, so that the strictest policy lets them in.
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The desk of the staff is not among them: it needs the server of `npm start`.
    rolldownOptions: {
      checks: { pluginTimings: false },
      input: ['index.html', 'gallery.html', 'playground.html'].map((page) => file(page)),
    },
  },
});
