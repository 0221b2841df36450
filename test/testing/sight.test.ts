import { expect, fixture, html, waitUntil } from '@open-wc/testing';
import '../../src/define.js';
import type { ChatWidget } from '../../src/elements/chat-widget.js';
import {
  aiReply,
  DeliveryError,
  expectNothingLost,
  heldTranscript,
  makeMessage,
  makeThread,
  MockChatServer,
  staffEscalation,
  transcript,
  untilSaid,
  viewOf,
} from '../../src/testing/index.js';
import type { Message } from '../../src/protocol/message.js';
import type { Conversation } from '../../src/testing/host/conversation.js';

/** Waits until something can be seen; parts of the widget are fetched as they are needed. */
const seen = (what: string, look: () => unknown): Promise<void> =>
  waitUntil(() => Boolean(look()), what, { timeout: 10_000 });

describe('what a person sees of a widget', () => {
  let server: MockChatServer;
  let widget: ChatWidget;

  beforeEach(async () => {
    server = new MockChatServer({
      scenarios: [
        staffEscalation({ position: 2, stepMs: 60_000 }),
        aiReply({
          answer: [
            { text: 'Two **things**:\n\n- a tent\n- a bag', actions: [{ label: 'More', value: 'm' }] },
          ],
          thinkMs: 1,
          wordMs: 1,
        }),
      ],
    });
    widget = await fixture<ChatWidget>(
      html`<chat-widget .backend=${server.backend()} persistence="none" locale="en-GB" heading="Shop"></chat-widget>`,
    );
  });
  afterEach(async () => {
    widget.remove();
    await server.stop();
  });

  it('is nothing while the panel was never opened', () => {
    expect(transcript(widget)).to.deep.equal([]);
    expect(viewOf(widget)).to.include({ open: false, title: '', queue: '' });
    expectNothingLost(server, widget);
  });

  it('is waited for, and told in full when it does not come', async () => {
    const failure = (waiting: Promise<unknown>): Promise<string> =>
      waiting.then(
        () => 'it was said',
        (error: Error) => error.message,
      );
    expect(await failure(untilSaid(widget, 'a tent', { timeoutMs: 0 }))).to.contain('is the panel open?');
    widget.show();
    await widget.send('What do I need?');
    const said = await untilSaid(widget, /a tent\s+a bag/, { by: 'ai', timeoutMs: 10_000 });
    expect(said).to.include({ role: 'ai', state: '' });
    const message = await failure(untilSaid(widget, 'a boat', { by: 'staff', timeoutMs: 0 }));
    expect(message).to.match(/^staff did not say "a boat" within 0 ms; the conversation reads:\n/);
    expect(message).to.contain('You (guest, ').and.contain('): What do I need?').and.contain('⏎ a bag');
  }).timeout(20_000);

  it('is who said what, and how far it has come', async () => {
    widget.show();
    await widget.send('What do I need?');
    await seen('the answer', () => transcript(widget).at(-1)?.text.includes('bag'));
    await seen('quick replies', () => viewOf(widget).quickReplies.length);
    await seen('the receipt', () => transcript(widget)[0]?.state === 'read');
    await seen('Markdown', () => widget.shadowRoot!.querySelector('[part~=bubble] li'));
    expect(transcript(widget)).to.deep.equal([
      { role: 'guest', author: 'You', text: 'What do I need?', state: 'read' },
      { role: 'ai', author: 'Assistant', text: 'Two things:\na tent\na bag', state: '' },
    ]);
    expect(heldTranscript(widget).map(({ role, text }) => [role, text])).to.deep.equal([
      ['guest', 'What do I need?'],
      ['ai', 'Two **things**:\n\n- a tent\n- a bag'],
    ]);
    expectNothingLost(server, widget);
    expectNothingLost(server, widget.client!);
    widget.escalate();
    await seen('the queue', () => viewOf(widget).queue);
    const view = viewOf(widget);
    expect(view).to.include({ open: true, title: 'Shop', notice: '' });
    expect(view.queue).to.contain('2');
    expect(view.transcript.at(-1)).to.deep.include({
      role: 'system',
      author: '',
      text: 'You asked to talk to a person',
    });
    widget.hide();
    await seen('the closed panel', () => !viewOf(widget).open);
  }).timeout(20_000);
});

describe('expectNothingLost', () => {
  const conversation = (...messages: Message[]): { conversations: readonly Conversation[] } => ({
    conversations: [{ messages } as unknown as Conversation],
  });
  const problems = (messages: readonly Message[], held: readonly Message[]): readonly string[] => {
    try {
      expectNothingLost(conversation(...messages), { messages: held });
      return [];
    } catch (error) {
      expect(error).to.be.instanceOf(DeliveryError).with.property('name', 'AssertionError');
      return (error as DeliveryError).problems;
    }
  };
  const [one, two, three, four] = makeThread(4) as [Message, Message, Message, Message];
  const all = [one, two, three, four];
  const guest = (delivery: string): Message => ({ ...three, delivery }) as Message;

  it('is content with the same, and with a beginning that was not asked for', () => {
    expect(problems(all, all)).to.deep.equal([]);
    expect(problems(all, [three, four])).to.deep.equal([]);
    expect(problems([], [])).to.deep.equal([]);
  });

  it('lists what is missing, doubled and out of order', () => {
    expect(problems(all, [one, four, three, three])).to.deep.equal([
      'missing: 2 (ai) "Message 2"',
      '2 times instead of once: 3 (guest) "Message 3"',
      'out of order: 4 (ai) "Message 4" stands before 3 (guest) "Message 3"',
    ]);
    expect(problems(all, [])).to.have.length(4);
  });

  it('lists what of the guest’s has not arrived, or twice', () => {
    const copy = makeMessage({ ...three, id: 'copy', seq: 5 });
    expect(problems([...all, copy], [...all, copy])).to.deep.equal([
      'stored 2 times instead of once: 3 (guest) "Message 3"',
    ]);
    expect(problems([one, two], [one, two, guest('sent')])).to.deep.equal([
      'sent, and yet the server does not have it: 3 (guest) "Message 3"',
    ]);
    expect(problems([one, two], [one, two, guest('queued')])).to.deep.equal([
      'still queued: 3 (guest) "Message 3"',
    ]);
    expect(problems([one, two], [one, two, guest('failed')])).to.deep.equal([]);
    expect(problems(all, [one, two, guest('failed'), four])).to.deep.equal([
      'failed, and yet the server has it: 3 (guest) "Message 3"',
    ]);
    expectNothingLost(conversation(one, two), { messages: [one, two, guest('sending')] }, { waiting: true });
  });

  it('says all of it in one message', () => {
    expect(() => expectNothingLost(conversation(one, two), { messages: [two, one] })).to.throw(
      DeliveryError,
      'the widget and the server do not have the same conversation:\n- out of order: 2 (ai) "Message 2" stands before 1 (guest) "Message 1"',
    );
  });

  it('holds what is drawn against what is held', () => {
    const shadowRoot = document.createElement('div').attachShadow({ mode: 'open' });
    const draw = (...texts: string[]): void => {
      shadowRoot.innerHTML = `<div role="log">${texts.map((text) => `<div part="bubble guest">${text}</div>`).join('')}</div>`;
    };
    const widget = { messages: all, shadowRoot };
    draw('Message 1', 'Message  3');
    expectNothingLost(conversation(...all), widget);
    draw('Message 3');
    expectNothingLost(conversation(...all), widget);
    draw('Message 3', 'Message 3');
    expect(() => expectNothingLost(conversation(...all), widget)).to.throw(
      'drawn otherwise than held: the guest’s bubbles are "Message 3", "Message 3", the messages "Message 1", "Message 3"',
    );
  });
});
