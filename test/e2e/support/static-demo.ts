import { execFile } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { CONTENT_TYPES } from './content-types.js';
import { listen } from './listen.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Somewhere below the root, as on a page of a project. */
const FOLDER = '/projects/chat/';

/** Nothing written into the page, nothing from elsewhere. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'";

/** The demo as static files, behind a server that can do nothing else. */
export interface StaticDemo {
  /** Address of its folder, with a slash at the end. */
  readonly url: string;
  /** Paths that were asked for and are not there. */
  readonly missing: string[];
  close(): Promise<void>;
}

/** Builds it as `npm run build:demo` does, into a folder of its own, and serves it. */
export async function startStaticDemo(): Promise<StaticDemo> {
  const folder = await mkdtemp(path.join(tmpdir(), 'static-demo-'));
  const build = ['run', 'build:demo', '--', '--outDir', folder, '--emptyOutDir'];
  await promisify(execFile)('npm', build, { cwd: ROOT, shell: process.platform === 'win32' });
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://static');
    const name = path.posix.normalize(pathname.slice(FOLDER.length)) || '.';
    const file = path.join(folder, name === '.' ? 'index.html' : name);
    const type = CONTENT_TYPES[path.extname(file)];
    if (!pathname.startsWith(FOLDER) || name.startsWith('..') || !type || !existsSync(file)) {
      missing.push(pathname);
      return void response.writeHead(404).end();
    }
    response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
    createReadStream(file).pipe(response);
  });
  const { url, close } = await listen(server);
  return {
    url: url + FOLDER,
    missing,
    async close() {
      await close();
      await rm(folder, { recursive: true });
    },
  };
}
