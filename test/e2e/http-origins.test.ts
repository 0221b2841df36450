/** Requests to another origin in a real browser: only there a preflight decides which headers may be sent. */
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@playwright/test';
import { build, type Rollup } from 'vite';
import { HttpChatServer } from './support/http-chat-server.js';
import { listen } from './support/listen.js';

type Uplink = typeof import('../../src/transports/http-uplink.js');

/** The wire as one module. */
async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('../../src/transports/http-uplink.ts', import.meta.url));
  const built = (await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['es'], fileName: 'uplink' } },
  })) as Rollup.RollupOutput[];
  return built[0]!.output[0].code;
}

test('the token goes to another origin in a header that the preflight allows, and no CSRF token does', async ({
  page,
}) => {
  const script = await bundle();
  const site = await listen(
    createServer(({ url }, response) => {
      const isScript = url === '/uplink.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(
        isScript ? script : '<!doctype html><meta name="csrf-token" content="own"><title>Shop</title>',
      );
    }),
  );
  const server = new HttpChatServer();
  const chat = await server.start();
  await page.goto(site.url);

  const answer = await page.evaluate(async (url) => {
    const { withHttpUplink } = (await import(`${location.origin}/uplink.js`)) as Uplink;
    const none = { send: async () => {}, probe: () => {}, close: () => {}, socketId: '12.34' };
    const transport = withHttpUplink({
      downlink: { name: 'none', open: async () => none },
      url,
      routes: { post: { method: 'POST', path: '/chat' } },
    });
    const events = { onFrame: () => {}, onFault: () => {}, onClose: () => {} };
    const link = await transport.open(
      { guestId: 'g1', token: 'secret' },
      events,
      new AbortController().signal,
    );
    return link.send({ event: 'post', data: { message: 'Hi', client_id: 'a' } });
  }, chat);

  expect(answer).toEqual({ event: 'post:answer', data: { reply: 're Hi' } });
  expect(server.preflights).toBe(1);
  expect(server.arrived).toHaveLength(1);
  const { headers } = server.arrived[0]!;
  expect(headers).toMatchObject({
    authorization: 'Bearer secret',
    'x-socket-id': '12.34',
    origin: site.url,
  });
  expect(headers).not.toHaveProperty('x-csrf-token');
  expect(headers).not.toHaveProperty('cookie');
  await server.stop();
  await site.close();
});
