import { nobodyAvailable } from '../../../src/testing/index.js';
import { story } from './story.js';

describe('a guest asks for a person', () => {
  story(
    'and nobody is there',
    async ({ guest, passes }) => {
      await guest.opensTheChat();
      await guest.says('My pole is broken');
      await guest.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');

      await guest.pressesTalkToAPerson();
      await guest.sees('Fernway support', 'Finding you a person');
      await guest.seesThePlace('1st');
      await passes(5);
      await guest.seesNoQueue();
      await guest.sees('Fernway support', 'AI assistant · people on hand');
      await guest.says('ann@example.com');
      await guest.says('And how is the weather?');
      await guest.readsTheAnswer('Take the light one: it will stay dry.');

      await guest.hasRead(
        'You (guest): My pole is broken',
        'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
        '- You asked to talk to a person',
        'Assistant (AI): Nobody is here. Leave your e-mail address.',
        'You (guest): ann@example.com',
        'Assistant (AI): Somebody writes to ann@example.com tomorrow.',
        'You (guest): And how is the weather?',
        'Assistant (AI): Take the light one: it will stay dry.',
      );
      guest.pageHeardWhoAnswers('queued 1', 'ai');
    },
    [
      nobodyAvailable({
        lookMs: [1000, 4000],
        sorry: 'Nobody is here. Leave your e-mail address.',
        thanks: 'Somebody writes to {{text}} tomorrow.',
      }),
    ],
  );

  story('and leaves the queue again', async ({ guest, queue, passes }) => {
    await guest.opensTheChat();
    await guest.says('My pole is broken');
    await guest.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');
    await guest.asksForAPerson();
    queue.movesTo(3);
    await guest.seesThePlace('3rd', 'About 3 minutes');
    await guest.says('Is anybody there?');
    await passes(60);
    await guest.reads('You (guest): Is anybody there?');

    await guest.leavesTheQueue();
    await guest.seesNoQueue();
    await guest.sees('Fernway support', 'AI assistant · people on hand');
    await guest.says('How is the weather?');
    await guest.readsTheAnswer('Take the light one: it will stay dry.');

    await guest.asksForAPerson();
    queue.movesTo(5);
    await guest.seesThePlace('5th', 'About 5 minutes');

    await guest.hasRead(
      'You (guest): My pole is broken',
      'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
      '- You asked to talk to a person',
      'You (guest): Is anybody there?',
      '- You left the queue.',
      'You (guest): How is the weather?',
      'Assistant (AI): Take the light one: it will stay dry.',
      '- You asked to talk to a person',
    );
    guest.pageHeardWhoAnswers('queued 3', 'ai', 'queued 5');
  });

  story('and loads the page again in the queue', async ({ guest, maya, queue }) => {
    await guest.opensTheChat();
    await guest.says('My pole is broken');
    await guest.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');
    await guest.asksForAPerson();
    queue.movesTo(2);
    await guest.seesThePlace('2nd', 'About 2 minutes');
    await guest.says('I am in a hurry');

    await guest.reloads();
    await guest.opensTheChat();
    await guest.sees('Fernway support', 'Finding you a person');
    await guest.seesThePlace('2nd', 'About 2 minutes');
    await guest.reads('- You asked to talk to a person', 'You (guest): I am in a hurry');

    await guest.reloads();
    queue.movesTo(1);
    maya.joins();
    maya.says('Hi, I’m Maya.');
    await guest.seesUnread('1');
    await guest.opensTheChat();
    await guest.sees('Maya', 'Support · here now');
    await guest.seesNoQueue();
    await guest.hasRead(
      'You (guest): My pole is broken',
      'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
      '- You asked to talk to a person',
      'You (guest): I am in a hurry',
      '- Maya joined',
      'Maya (team): Hi, I’m Maya.',
    );
  });
});
