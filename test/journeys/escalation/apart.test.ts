import { story } from './story.js';

describe('guests and the team', () => {
  story(
    'miss each other, and Maya answers while the guest is offline',
    async ({ guest, maya, network, passes }) => {
      await guest.opensTheChat();
      await guest.says('My pole is broken');
      await guest.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');
      maya.joins();
      maya.says('Hi, I’m Maya. Which tent is it?');
      await guest.reads('Maya (team): Hi, I’m Maya. Which tent is it?');

      network.isGone();
      await guest.seesTheNotice('You’re offline. Messages will send when you’re back.');
      await guest.writes('The Ridge 2');
      await guest.writes('The green one');
      maya.says('Are you still there?');
      maya.says('I’ll send a new pole.');
      await passes(300);
      await guest.sees('Maya', 'Support');
      await guest.reads(
        'Maya (team): Hi, I’m Maya. Which tent is it?',
        'You (guest): The Ridge 2 [queued]',
        'You (guest): The green one [queued]',
      );

      network.isBack();
      await guest.sees('Maya', 'Support · here now');
      await guest.seesTheNotice('Back online. 2 messages sent.');
      await guest.hasRead(
        'You (guest): My pole is broken',
        'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
        '- Maya joined',
        'Maya (team): Hi, I’m Maya. Which tent is it?',
        'Maya (team): Are you still there?',
        'Maya (team): I’ll send a new pole.',
        'You (guest): The Ridge 2',
        'You (guest): The green one',
      );
      guest.pageHeardOfMessages(
        'out: My pole is broken',
        'in: Sorry to hear that. Poles are covered for two years.',
        'in: Maya joined',
        'in: Hi, I’m Maya. Which tent is it?',
        'out: The Ridge 2',
        'out: The green one',
        'in: Are you still there?',
        'in: I’ll send a new pole.',
      );
    },
  );

  story(
    'meet two at a time, and nobody reads a stranger’s words',
    async ({ guest: ann, anotherGuest, maya, jonas, queue, passes }) => {
      const ben = anotherGuest();
      await ann.opensTheChat();
      await ben.opensTheChat();
      await ann.says('My pole is broken');
      await ben.says('How is the weather?');
      await ann.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');
      await ben.readsTheAnswer('Take the light one: it will stay dry.');

      await ann.asksForAPerson();
      queue.movesTo(1, ann);
      await ben.asksForAPerson();
      queue.movesTo(2, ben);
      await ann.seesThePlace('1st', 'About 1 minute');
      await ben.seesThePlace('2nd', 'About 2 minutes');

      await passes(30);
      maya.joins(ann);
      queue.movesTo(1, ben);
      await ann.sees('Maya', 'Support · here now');
      await ann.seesNoQueue();
      await ben.sees('Fernway support', 'Finding you a person');
      await ben.seesThePlace('1st', 'About 1 minute');

      maya.startsTyping();
      await ann.seesTyping('Maya is typing');
      await ben.seesTyping();
      jonas.joins(ben);
      maya.says('Hi Ann!');
      jonas.says('Hi Ben!');
      await ben.says('Hello Jonas');
      await ann.says('Hello Maya');
      await ben.sees('Jonas', 'Support · here now');
      maya.leaves();
      await ann.sees('Fernway support', 'AI assistant · people on hand');
      await ben.sees('Jonas', 'Support · here now');

      await ann.hasRead(
        'You (guest): My pole is broken',
        'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
        '- You asked to talk to a person',
        '- Maya joined',
        'Maya (team): Hi Ann!',
        'You (guest): Hello Maya',
        '- Maya left',
      );
      await ben.hasRead(
        'You (guest): How is the weather?',
        'Assistant (AI): Take the light one: it will stay dry.',
        '- You asked to talk to a person',
        '- Jonas joined',
        'Jonas (team): Hi Ben!',
        'You (guest): Hello Jonas',
      );
      ann.pageHeardWhoAnswers('queued 1', 'staff Maya', 'ai');
      ben.pageHeardWhoAnswers('queued 2', 'queued 1', 'staff Jonas');
    },
  );
});
