import { story } from './story.js';

describe('a guest is handed over', () => {
  story(
    'from the assistant to Maya, to Jonas, to the assistant again, and goodbye',
    async ({ guest, maya, jonas, queue, assistant, passes }) => {
      await guest.opensTheChat();
      await guest.says('My pole is broken');
      await guest.sees('Fernway support', 'AI assistant · people on hand');
      await guest.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');

      await guest.asksForAPerson();
      queue.movesTo(2);
      await guest.sees('Fernway support', 'Finding you a person');
      await guest.seesThePlace('2nd', 'About 2 minutes');
      await passes(30);
      queue.movesTo(1);
      await guest.seesThePlace('1st', 'About 1 minute');

      maya.joins();
      await guest.sees('Maya', 'Support · here now');
      await guest.seesNoQueue();
      maya.startsTyping();
      await guest.seesTyping('Maya is typing');
      await passes(3);
      maya.says('Hi, I’m Maya. Which tent is it?');
      await guest.seesTyping();
      await guest.reads('- Maya joined', 'Maya (team): Hi, I’m Maya. Which tent is it?');

      await guest.says('The Ridge 2');
      maya.says('Jonas knows it best.');
      maya.handsOverTo(jonas);
      await guest.sees('Jonas', 'Support · here now');
      jonas.startsTyping();
      await guest.seesTyping('Jonas is typing');
      await passes(3);
      jonas.says('A new pole is on its way.');
      await guest.says('Thank you!');
      jonas.leaves();
      await guest.sees('Fernway support', 'AI assistant · people on hand');

      await guest.says('How is the weather?');
      await guest.readsTheAnswer('Take the light one: it will stay dry.');
      assistant.closesTheConversation();
      await guest.sees('Fernway support', 'Conversation ended');

      await guest.hasRead(
        'You (guest): My pole is broken',
        'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
        '- You asked to talk to a person',
        '- Maya joined',
        'Maya (team): Hi, I’m Maya. Which tent is it?',
        'You (guest): The Ridge 2',
        'Maya (team): Jonas knows it best.',
        '- Jonas took over',
        'Jonas (team): A new pole is on its way.',
        'You (guest): Thank you!',
        '- Jonas left',
        'You (guest): How is the weather?',
        'Assistant (AI): Take the light one: it will stay dry.',
        '- Conversation ended',
      );
      guest.pageHeardWhoAnswers('queued 2', 'queued 1', 'staff Maya', 'staff Jonas', 'ai', 'closed');
    },
  );

  story(
    'while the line is dead, and finds Maya there when it is back',
    async ({ guest, maya, jonas, queue, line, passes }) => {
      await guest.opensTheChat();
      await guest.says('My pole is broken');
      await guest.readsTheAnswer('Sorry to hear that. Poles are covered for two years.');
      await guest.asksForAPerson();
      queue.movesTo(1);
      await guest.seesThePlace('1st', 'About 1 minute');

      line.dies();
      maya.joins();
      maya.says('Hi, I’m Maya. Which tent is it?');
      await passes(5);
      await guest.sees('Fernway support', 'Finding you a person');
      await guest.seesTheNotice('Reconnecting…');
      await guest.writes('It is the Ridge 2');
      await guest.reads('You (guest): It is the Ridge 2 [queued]');

      line.isBack();
      await passes(15);
      await guest.sees('Maya', 'Support · here now');
      await guest.seesNoQueue();
      await guest.seesTheNotice('');
      await guest.reads(
        '- Maya joined',
        'Maya (team): Hi, I’m Maya. Which tent is it?',
        'You (guest): It is the Ridge 2',
      );

      line.dies();
      maya.handsOverTo(jonas);
      jonas.says('A new pole is on its way.');
      await passes(5);
      await guest.sees('Maya', 'Support');
      line.isBack();
      await passes(15);
      await guest.sees('Jonas', 'Support · here now');

      await guest.hasRead(
        'You (guest): My pole is broken',
        'Assistant (AI): Sorry to hear that. Poles are covered for two years.',
        '- You asked to talk to a person',
        '- Maya joined',
        'Maya (team): Hi, I’m Maya. Which tent is it?',
        'You (guest): It is the Ridge 2',
        '- Jonas took over',
        'Jonas (team): A new pole is on its way.',
      );
      guest.pageHeardWhoAnswers('queued 1', 'staff Maya', 'staff Jonas');
    },
  );

  story('and the assistant keeps quiet once Maya is there', async ({ guest, maya, passes }) => {
    await guest.opensTheChat();
    await guest.says('Tell me everything about the tent');
    await guest.readsTheBeginningOfTheAnswer('First the pegs.');

    maya.joins();
    await guest.sees('Maya', 'Support · here now');
    await passes(60);
    guest.hasOnlyTheBeginningOf(
      'First the pegs. Then the poles. Then the sheet. Then the ropes, one by one.',
    );

    await guest.says('My pole is broken');
    await guest.says('And how is the weather?');
    await passes(60);
    await guest.seesTyping();
    await guest.reads('You (guest): My pole is broken', 'You (guest): And how is the weather?');

    maya.says('I’ll send you a new one.');
    maya.leaves();
    await guest.sees('Fernway support', 'AI assistant · people on hand');
    await passes(60);
    await guest.reads('Maya (team): I’ll send you a new one.', '- Maya left');

    await guest.says('So, the weather?');
    await guest.readsTheAnswer('Take the light one: it will stay dry.');
    guest.pageHeardWhoAnswers('staff Maya', 'ai');
  });
});
