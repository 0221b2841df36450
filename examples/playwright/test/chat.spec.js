import { expect, test } from '@playwright/test';
import {
  aiReply,
  attachToPage,
  MockChatServer,
  staffEscalation,
  transcript,
} from 'chat-widget-element/testing';
import { serveShop } from './shop.js';

/** The conversation, as the guest sees it. */
const read = (page) => page.locator('chat-widget').evaluate(transcript);

test('the AI answers, then a person does', async ({ page }) => {
  const answer = [{ matches: 'order', text: 'It arrives **tomorrow**.' }];
  const server = new MockChatServer({
    scenarios: [
      staffEscalation({ position: 2, stepMs: 300, readMs: 100, typeMs: 100 }),
      aiReply({ answer, thinkMs: 0, wordMs: 0 }),
    ],
    unmatched: 'fail',
  });
  await attachToPage(page, server);
  await serveShop(page);
  await page.goto('https://shop.example/');

  await page.getByRole('button', { name: 'Open chat' }).click();
  await page.getByRole('textbox').fill('Where is my order?');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => read(page))
    .toContainEqual(expect.objectContaining({ role: 'ai', text: 'It arrives tomorrow.', state: '' }));

  await page.getByRole('button', { name: 'Talk to a person' }).click();
  await expect.poll(() => read(page)).toContainEqual(expect.objectContaining({ role: 'staff' }));
  await server.stop();
});

test('a message that was written while the line was down is sent once it is back', async ({ page }) => {
  const server = new MockChatServer({
    scenarios: [aiReply({ answer: () => 'Here!', thinkMs: 0, wordMs: 0 })],
  });
  await attachToPage(page, server);
  await serveShop(page);
  await page.goto('https://shop.example/');
  await page.getByRole('button', { name: 'Open chat' }).click();
  await expect(page.locator('chat-widget')).toHaveAttribute('data-status', 'online');

  server.network.refuse(1).drop();
  await page.getByRole('textbox').fill('Anybody?');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => read(page))
    .toEqual([
      expect.objectContaining({ role: 'guest', text: 'Anybody?', state: 'read' }),
      expect.objectContaining({ role: 'ai', text: 'Here!' }),
    ]);
  expect(server.conversations[0].messages).toHaveLength(2);
  await server.stop();
});
