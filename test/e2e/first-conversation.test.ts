/** The main story: a guest and a person of the team, in two browsers, over a real WebSocket. */
import { Chat } from './support/chat.js';
import { Desk } from './support/desk.js';
import { expect, test } from './support/fixtures.js';
import { watch } from './support/watch.js';

test('a guest writes, the AI streams an answer, a person takes over and gives back', async ({
  browser,
  demo,
}) => {
  const atHome = await browser.newContext();
  const atWork = await browser.newContext();
  const page = await atHome.newPage();
  const watched = await watch(page);

  await page.goto(`${demo.url}/?mode=live`);
  const chat = new Chat(page);
  await chat.open();
  await chat.say('Can I still return my Ridge 2 tent?');
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({ role: 'ai', state: 'streaming' });
  await expect
    .poll(async () => (await chat.entries()).at(-1))
    .toMatchObject({
      role: 'ai',
      author: 'Assistant',
      text: expect.stringContaining('60 days'),
      state: '',
    });
  await expect(chat.title).toHaveText('Fernway support');

  const desk = new Desk(await atWork.newPage());
  await desk.enter(demo.url, 'Maya');
  await expect(desk.guest('Can I still').or(desk.guest('Tents come back'))).toBeVisible();

  await chat.button('Talk to a person').last().click();
  await expect(chat.system('You asked to talk to a person')).toBeVisible();
  await expect(chat.queue).toContainText('Your place in line');
  await expect(chat.subtitle).toHaveText('Finding you a person');
  await expect(desk.waiting).toHaveCount(1);

  await desk.waiting.click();
  await expect(desk.thread).toContainText('Can I still return my Ridge 2 tent?');
  await desk.button('Join').click();
  await expect(chat.system('Maya joined')).toBeVisible();
  await expect(chat.title).toHaveText('Maya');
  await expect(chat.subtitle).toHaveText('Support · here now');
  await expect(chat.queue).toHaveCount(0);
  await expect(chat.button('Talk to a person')).toHaveCount(0);

  await desk.box.pressSequentially('Hi, sorry about the tent!');
  await expect(chat.typing).toHaveAccessibleName('Maya is typing');
  await desk.box.press('Enter');
  await expect(chat.bubble('Hi, sorry about the tent!')).toBeVisible();
  await expect(chat.typing).toHaveCount(0);

  await chat.box.pressSequentially('It is the long pole');
  await expect(desk.typing).toContainText('is typing');
  await chat.box.press('Enter');
  await expect(desk.thread).toContainText('It is the long pole');
  await expect.poll(() => chat.state('It is the long pole')).toBe('read');
  await desk.say('I will send you a new one today.');
  await expect(chat.bubble('I will send you a new one today.')).toBeVisible();

  await desk.button('Leave').click();
  await expect(chat.system('Maya left')).toBeVisible();
  await expect(chat.title).toHaveText('Fernway support');
  await chat.say('Thank you!');
  await expect.poll(async () => (await chat.entries()).at(-1)).toMatchObject({ role: 'ai', state: '' });

  const lines = await chat.lines();
  expect(lines).toEqual([
    'You: Can I still return my Ridge 2 tent?',
    expect.stringMatching(/^Assistant: /),
    'You asked to talk to a person',
    'Maya joined',
    'Maya: Hi, sorry about the tent!',
    'You: It is the long pole',
    'Maya: I will send you a new one today.',
    'Maya left',
    'You: Thank you!',
    expect.stringMatching(/^Assistant: /),
  ]);
  expect(watched.errors).toEqual([]);
  expect(watched.console.filter((line) => !line.startsWith('debug: [vite]'))).toEqual([]);
  await atHome.close();
  await atWork.close();
});
