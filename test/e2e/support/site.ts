import { createReadStream, existsSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { CONTENT_TYPES } from './content-types.js';
import { listen } from './listen.js';

const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

/** A web server that knows nothing but the files of dist/ and the pages it is given: what a page author has. */
export interface Site {
  /** Address without a slash at the end. */
  readonly url: string;
  /**
   * Serves a page from now on.
   * @param body what stands in its body
   * @param headers of the response, beside its type
   * @param head what stands in its head beside a title; by default an icon that is none
   * @returns its address
   */
  page(body: string, headers?: Readonly<Record<string, string>>, head?: string): string;
  /** Serves a file of the page's own from now on, such as `/page.css`; its ending tells what it is. */
  file(name: string, content: string): void;
  /** What browsers have reported to `/reports`, as JSON. */
  readonly reports: string[];
  close(): Promise<void>;
}

/** Starts a site on a free port. */
export async function startSite(): Promise<Site> {
  const pages = new Map<string, { html: string; headers: Readonly<Record<string, string>> }>();
  const files = new Map<string, string>();
  const reports: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://site');
    const page = pages.get(pathname);
    // Under /copy/ the same files stand once more: for browsers, another script.
    const file = path.join(DIST, path.posix.normalize(pathname.replace(/^\/copy\//, '/')));
    if (page !== undefined) {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...page.headers }).end(page.html);
    } else if (request.method === 'POST' && pathname === '/reports') {
      text(request).then(
        (report) => reports.push(report),
        () => {},
      );
      response.writeHead(204).end();
    } else if (files.has(pathname)) {
      response
        .writeHead(200, { 'content-type': CONTENT_TYPES[path.extname(pathname)]! })
        .end(files.get(pathname));
    } else if (CONTENT_TYPES[path.extname(file)] && existsSync(file)) {
      response.setHeader('content-type', CONTENT_TYPES[path.extname(file)]!);
      // A frame without an origin of its own may load modules only from those who allow everybody.
      response.setHeader('access-control-allow-origin', '*');
      createReadStream(file).pipe(response);
    } else {
      response.writeHead(404).end();
    }
  });
  const { url, close } = await listen(server);
  return {
    url,
    reports,
    file: (name, content) => void files.set(name, content),
    // The icon keeps the browser from asking for one, which would be a request of its own.
    page(body, headers = {}, head = '<link rel="icon" href="data:,">') {
      const name = `/page-${pages.size + 1}.html`;
      const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title>${head}</head><body>${body}</body></html>`;
      pages.set(name, { html, headers });
      return url + name;
    },
    close,
  };
}
