import type { IncomingMessage, ServerResponse } from 'node:http';

/** Longer bodies are not taken, in bytes. */
const MAX_BODY_BYTES = 1_000_000;

/** Lets pages of any site call, with their cookies and with the headers they ask for: it is a tool for development. */
export function allowOrigin({ headers }: IncomingMessage, response: ServerResponse): void {
  response.setHeader('access-control-allow-origin', headers.origin ?? '*');
  response.setHeader('vary', 'origin');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'GET, POST, PUT, PATCH, DELETE');
  response.setHeader('access-control-expose-headers', 'retry-after');
  response.setHeader(
    'access-control-allow-headers',
    headers['access-control-request-headers'] ?? 'content-type',
  );
  // From a public site to this machine.
  response.setHeader('access-control-allow-private-network', 'true');
}

/** The address that a request asks for, as its client wrote it; undefined for one that is none, such as a host of `[`. */
export function addressOf({ headers, url = '/' }: IncomingMessage): URL | undefined {
  const address = url.startsWith('/') ? `http://${headers.host ?? 'mock'}${url}` : url;
  return URL.canParse(address) ? new URL(address) : undefined;
}

/** The address of a connection that begins with a request for `address`. */
export const socketAddress = ({ href }: URL): string => href.replace('http', 'ws');

/** @throws {RangeError} for one that is too long */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  let bytes = 0;
  const parts: Buffer[] = [];
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new RangeError('the body is too long');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Hands an answer to the wire, piece by piece.
 * @throws when its body breaks
 */
export async function answerWith(answer: Response, response: ServerResponse): Promise<void> {
  response.writeHead(answer.status, { 'cache-control': 'no-store', ...Object.fromEntries(answer.headers) });
  response.flushHeaders();
  if (answer.body) {
    for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) response.write(piece);
  }
  response.end();
}
