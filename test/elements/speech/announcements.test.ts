import { expect } from '@open-wc/testing';
import { ChatClient } from '../../../src/conversation/chat-client.js';
import { Announcer } from '../../../src/elements/speech/announcer.js';
import { Narrator } from '../../../src/elements/speech/narrator.js';
import { speechOf } from '../../../src/features/markdown/speech.js';
import { texts as panel } from '../../../src/i18n/en/panel.js';
import { texts as thread } from '../../../src/i18n/en/thread.js';
import { Language, learn } from '../../../src/i18n/language.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';
import { MockChatServer } from '../../../src/testing/mock-chat-server.js';
import { FakeWake } from '../../connection/fake-line.js';
import { Listener } from './listener.js';

/** What a screen reader says during a whole conversation, as it should be. Lines that begin with # say what happens. */
const EXPECTED = new URL('./announcements.txt', import.meta.url);

const ANSWER = `Not in the box. The **Ridge 2 footprint** is sold [separately](https://shop.example/footprint).

| Tent | Footprint |
|---|---|
| Ridge 1 | FP-1 |
| Ridge 2 | FP-2 |
| Ridge 3 | FP-3 |

Check the code on the flysheet tag:

\`\`\`
RIDGE-2 / rev C / 2024
\`\`\``;

describe('what screen readers hear', () => {
  it('of a whole conversation, in order', async () => {
    learn({ ...panel, ...thread });
    const clock = new ManualClock();
    const wake = new FakeWake();
    const server = new MockChatServer({ clock });
    const client = new ChatClient({
      backend: server.backend(),
      namespace: 'announcements',
      persistence: 'none',
      tabs: false,
      clock,
      wake,
    });
    const lines: string[] = [];
    const listener = new Listener((words) =>
      lines.push(`${((clock.now() - begun) / 1000).toFixed(2).padStart(7)}  ${words}`),
    );
    const narrator = new Narrator({
      client,
      announcer: new Announcer(clock, () => wake.visible),
      language: () => new Language('en-GB'),
      clock,
      markdown: async () => ({ speechOf }),
    });
    let begun = 0;
    /** What happens, and for how long it is listened to. */
    const then = async (what: string, ms: number, act: () => unknown): Promise<void> => {
      lines.push(`# ${what}`);
      await act();
      await clock.advance(ms);
    };

    await then('The guest opens the chat.', 2_000, () => client.setOpen(true));
    begun = clock.now();
    let next = server.nextTurn();
    await then(
      'The guest asks. Nothing is echoed.',
      500,
      () => void client.send('Does it come with a footprint?'),
    );
    let turn = await next;
    await then('It is stored and read. The assistant thinks, and begins to write.', 800, () =>
      turn.ack().reads().type('Looking it up'),
    );
    await then('The answer streams.', 0, async () => {
      for (let at = 0; at < ANSWER.length; at += 12) {
        turn.streams(ANSWER.slice(at, at + 12));
        await clock.advance(100);
      }
      turn.ends();
    });
    await clock.advance(2_000);

    next = server.nextTurn();
    await then(
      'The guest asks again; a short answer is there at once.',
      300,
      () => void client.send('Is it waterproof?'),
    );
    turn = await next;
    await then('…', 2_000, () => turn.stream('Yes, ', 'to 3000 mm.'));

    next = server.nextTurn();
    await then(
      'The guest asks for everything there is to say.',
      300,
      () => void client.send('Tell me all about tents'),
    );
    turn = await next;
    await then('…', 2_000, () => turn.says('Tents are houses made of cloth. '.repeat(20)));

    next = server.nextTurn();
    await then(
      'The guest asks once more, and stops the answer.',
      300,
      () => void client.send('And about poles?'),
    );
    turn = await next;
    await then('…', 1_500, () => turn.streams('Poles are'));
    await then('Stop.', 2_000, () => client.stop(client.state.messages.at(-1)!.id));

    const asked = server.nextCommand('escalate');
    await then('The guest asks for a person.', 300, () => client.escalate());
    turn = await asked;
    await then('The queue moves.', 4_000, () => turn.escalate({ position: 3, waitSeconds: 180 }));
    await then('It moves twice within 30 seconds.', 4_000, () =>
      turn.escalate({ position: 2, waitSeconds: 120 }),
    );
    await then('…', 40_000, () => turn.escalate({ position: 1, waitSeconds: 60 }));
    const maya = turn.staff({ name: 'Maya' });
    await then('Maya joins, and greets.', 1_000, () => maya.joins());
    await then('…', 1_500, () => maya.types());
    await then('…', 2_000, () => maya.says('Hi Sam, sorry about that pole!'));
    await then('She types on, which is the same turn, and asks.', 2_000, () => maya.types());
    await then('…', 2_000, () => maya.says('Is it the long one?'));

    next = server.nextTurn();
    await then('The guest answers; that is read. She types.', 300, () => void client.send('The long one'));
    turn = await next;
    await then('…', 2_000, () => turn.ack() && maya.reads().types());

    next = server.nextTurn();
    const refused = client.send('Here is my card number').catch(() => {});
    turn = await next;
    await then('A message is refused.', 2_000, () => turn.nack('forbidden'));
    await refused;

    await then('The guest closes the chat; Maya writes twice.', 2_000, () => {
      client.setOpen(false);
      maya.says('A new pole is on its way.');
    });
    await then('…', 2_000, () => maya.says('Anything else?'));
    await then('The guest opens it again: what was said is there to be read.', 2_000, () =>
      client.setOpen(true),
    );

    await then('The line is lost for a second.', 8_000, () => server.network.drop());
    await then('The line is lost for 10 seconds; a message waits.', 10_000, () => {
      server.network.drop().refuse(1_000);
      void client.send('No, thank you');
    });
    next = server.nextTurn();
    await then('It comes back, and the message goes out.', 500, () => {
      server.network.recover();
      client.connect();
    });
    turn = await next;
    await then('…', 5_000, () => turn.ack());
    await then('The network is gone, and comes back.', 5_000, () => wake.tell('offline'));
    await then('…', 10_000, () => wake.tell('online'));

    await then('Another tab is in front: this one is quiet.', 2_000, () => {
      wake.visible = false;
      maya.says('You are welcome.');
    });
    wake.visible = true;
    await then('Maya leaves. The assistant ends the conversation.', 2_000, () => maya.leaves());
    await then('…', 2_000, () => server.ai().closes());

    narrator.end();
    listener.end();
    client.destroy();
    await server.stop();
    const expected = await (await fetch(EXPECTED)).text();
    const heard = `${lines.filter((line) => line !== '# …').join('\n')}\n`;
    // Where it differs on purpose, this is the new file.
    if (heard !== expected) console.log(heard);
    expect(heard).to.equal(expected);
  }).timeout(10_000);
});
