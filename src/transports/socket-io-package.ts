/**
 * Finds the official client. A file of its own, fetched when a page needs it: servers that look for each package as they serve a
 * file, such as that of Web Test Runner, do not serve one that names a package which is not installed.
 */
import type { SocketIo } from './socket-io-client.js';

/** Attempts that failed; a browser may remember that a module could not be fetched. */
let failures = 0;

/**
 * Brings the official client: the package `socket.io-client` where the page's bundler or its import map has it, else the file
 * that the server itself gives away (its option `serveClient`, which is on by default). That one always fits the server,
 * and a content security policy has to allow no third party.
 * @param base address of the server's path, such as `https://shop.example/socket.io/`
 * @throws when neither can be had
 */
export async function loadSocketIo(base: string): Promise<SocketIo> {
  try {
    // No bundler of ours resolves it. A bundler of the page does, or leaves it; then it fails without a request.
    const { io } = await import('socket.io-client');
    return io;
  } catch {
    const again = failures ? `?again=${failures}` : '';
    const address = `${base}socket.io.esm.min.js${again}`;
    try {
      const { io } = (await import(/* @vite-ignore */ /* webpackIgnore: true */ address)) as { io: SocketIo };
      return io;
    } catch (error) {
      failures++;
      throw error;
    }
  }
}
