/** The mock server in the test, its guests in the page: `attachToPage` of the harness. */
import { expect, test } from '@playwright/test';
import { aiReply, attachToPage, MockChatServer, transcript } from '../../src/testing/index.js';

/** Speaks by hand, so that nothing but the binding is looked at. `window.told` has what came, `ended` the close code. */
const SPEAK = `
  window.told = [];
  window.call = () => {
    const socket = new WebSocket('wss://chat.invalid/chat');
    window.ended = undefined;
    socket.onopen = () => socket.send(JSON.stringify({ type: 'hello', protocol: 1, guestId: 'guest-1' }));
    socket.onmessage = ({ data }) => window.told.push(JSON.parse(data).type);
    socket.onclose = ({ code }) => { window.ended = code; };
    window.socket = socket;
  };
  window.call();
`;

test('a server in the test answers the sockets of a page, with all that can go wrong', async ({ page }) => {
  const server = new MockChatServer({ scenarios: [aiReply({ thinkMs: 1, wordMs: 1 })], seed: 1 });
  await attachToPage(page, server);
  const told = (): Promise<unknown> => page.evaluate('window.told');
  const ended = (): Promise<unknown> => page.evaluate('window.ended');
  await page.addScriptTag({ content: SPEAK });
  await expect.poll(told).toEqual(['welcome', 'history']);

  await page.evaluate(`socket.send(JSON.stringify({ type: 'send', clientId: 'a', text: 'Hello' }))`);
  await expect.poll(() => server.conversations[0]?.messages.length).toBe(2);
  await expect.poll(told).toContain('message');

  server.network.close(1012);
  await expect.poll(ended).toBe(1012);
  server.network.refuse(1);
  await page.evaluate('call()');
  await expect.poll(ended).toBe(1006);
  await page.evaluate('call()');
  await expect.poll(() => server.conversations.length).toBe(2);
  server.network.drop();
  await expect.poll(ended).toBe(1006);

  await page.evaluate('call()');
  await expect.poll(() => server.conversations.length).toBe(3);
  await page.evaluate('socket.close(1000)');
  await expect.poll(() => server.network.connections).toBe(0);
  expect(server.log.at(-1)).toMatchObject({ what: 'closed', by: 'guest', code: 1000 });

  server.network.blackhole();
  await page.evaluate('call()');
  await expect.poll(() => server.log.at(-1)).toMatchObject({ what: 'hung' });
  expect(await page.evaluate('socket.readyState')).toBe(0);
  server.network.recover();
  await expect.poll(() => page.evaluate('socket.readyState')).toBe(1);
  await server.stop();
});

test('the transcript is read in the page by the function itself', async ({ page }) => {
  await page.setContent('<div id="chat"></div>');
  await page.addScriptTag({
    content: `
      document.querySelector('#chat').attachShadow({ mode: 'open' }).innerHTML =
        '<div role="log"><div role="group" aria-label="You"><div part="bubble guest read">Hi <b>you</b></div></div>' +
        '<p part="system">Maya joined ·\u00a0<time>09:00</time></p></div>';
    `,
  });
  expect(await page.locator('#chat').evaluate(transcript)).toEqual([
    { role: 'guest', author: 'You', text: 'Hi you', state: 'read' },
    { role: 'system', author: '', text: 'Maya joined', state: '' },
  ]);
});
