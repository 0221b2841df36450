/** The package in Node: importable without a window, and a conversation without an interface. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { WebSocket } from 'ws';
import { expect, test } from './support/fixtures.js';

const ROOT = new URL('../../', import.meta.url);

type Package = typeof import('../../src/index.js');

test('dist/index.js is importable in Node', () => {
  const script = `const exported = await import('./dist/index.js'); console.log(Object.keys(exported).join(' '))`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: fileURLToPath(ROOT),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(stdout.split(/\s/)).toEqual(expect.arrayContaining(['ChatClient', 'ChatWidget', 'loadBackend']));
});

test('ChatClient talks to the live server from Node', async ({ tap }) => {
  const { ChatClient, loadBackend } = (await import(new URL('dist/index.js', ROOT).href)) as Package;
  const client = new ChatClient({
    backend: () => loadBackend('native', { url: tap.url, WebSocket: WebSocket as never }),
    namespace: tap.url,
  });
  const errors: string[] = [];
  client.on('error', ({ code }) => errors.push(code));
  await client.start();
  expect(client.state.connection.status).toBe('idle');

  const message = await client.send('Can I still return my tent?');
  expect(message).toMatchObject({
    role: 'guest',
    text: 'Can I still return my tent?',
    seq: expect.any(Number),
  });
  await expect
    .poll(() => client.state.messages.at(-1))
    .toMatchObject({ role: 'ai', seq: expect.any(Number) });
  expect(client.transcript('text')).toContain('Can I still return my tent?');

  client.destroy();
  await expect.poll(() => tap.connections[0]?.closedWith?.code).toBe(1000);
  expect(errors).toEqual([]);
});
