import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { listen } from '../../test/e2e/support/listen.js';
import type { Files } from './build.js';

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
};

/** The page that a contestant is put into; it is otherwise empty. */
const pageOf = (name: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${name}</title><link rel="icon" href="data:,">
<style>body { margin: 0 } .box { width: 400px; height: 704px }</style></head>
<body><script type="module">import '/page/${name}.js'; import '/page/harness.js';</script></body>
</html>`;

/** Where the pages of all contestants are. */
export interface Site {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves `/NAME.html` for each contestant, the files that were bundled, and our dist under `/dist/`. */
export async function startSite(files: Files): Promise<Site> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const name = /^\/([\w-]+)\.html$/.exec(pathname)?.[1];
    const built = path.join(DIST, path.posix.normalize(pathname.replace(/^\/dist\//, '/')));
    const content = name
      ? pageOf(name)
      : (files.get(pathname) ??
        (pathname.startsWith('/dist/') && existsSync(built) ? readFileSync(built) : undefined));
    if (content === undefined) return void response.writeHead(404).end();
    const type = TYPES[path.extname(pathname)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type }).end(content);
  });
  const { url, close } = await listen(server);
  return { url, close };
}
