import { expect } from 'chai';
import 'chat-widget-element/define';
import {
  aiReply,
  expectNothingLost,
  MockChatServer,
  transcript,
  untilSaid,
} from 'chat-widget-element/testing';

describe('the chat of our shop', function () {
  // A test that waits for something must live longer than it waits, so that it is told what did not come.
  this.timeout(20_000);

  let server;
  let widget;

  beforeEach(() => {
    const answer = [
      { matches: 'return', text: 'Tents come back free within **60 days**.' },
      { text: 'I do not know that.' },
    ];
    server = new MockChatServer({ scenarios: [aiReply({ answer, thinkMs: 0, wordMs: 0 })] });
    widget = document.createElement('chat-widget');
    widget.backend = server.backend();
    widget.persistence = 'none';
    document.body.append(widget);
    widget.show();
  });

  afterEach(async () => {
    widget.remove();
    await server.stop();
  });

  it('knows about returns', async () => {
    await widget.send('Can I return my tent?');
    await untilSaid(widget, 'within 60 days', { by: 'ai' });
    expect(transcript(widget).map(({ role, text }) => `${role}: ${text}`)).to.deep.equal([
      'guest: Can I return my tent?',
      'ai: Tents come back free within 60 days.',
    ]);
  });

  it('loses nothing when the line is cut in the middle of an answer', async () => {
    const sent = widget.send('Hello?');
    const turn = await server.nextTurn();
    turn.ack().type();
    server.network.drop();
    await sent;
    server.ai().says('Here I am again.');
    await untilSaid(widget, 'Here I am again.', { timeoutMs: 15_000 });
    expectNothingLost(server, widget);
  });
});
