import { LinkError, type Link, type LinkClose } from './transport.js';

/**
 * One attempt to open a link, which may be aborted until it has settled.
 * @param begin makes the link; it calls `settle` once, later: without a close when it is open, else with why it is not
 * @throws {LinkError} when it could not be opened; the signal's reason when it fired
 */
export function attempt<L extends Link>(
  signal: AbortSignal,
  begin: (settle: (close?: LinkClose) => void) => L,
): Promise<L> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const onAbort = (): void => {
      link.close();
      reject(signal.reason);
    };
    const link = begin((close) => {
      signal.removeEventListener('abort', onAbort);
      if (close) reject(new LinkError(close));
      else resolve(link);
    });
    signal.addEventListener('abort', onAbort);
  });
}
