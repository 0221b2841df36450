import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import { aiReply } from '../../src/testing/scenarios/ai-reply.js';
import type { ScenarioData } from '../../src/testing/script/scenario-data.js';
import { staffEscalation } from '../../src/testing/scenarios/staff-escalation.js';
import { WireGuest } from './wire-guest.js';

describe('scenarios', () => {
  let clock: ManualClock;
  let server: MockChatServer;
  let guest: WireGuest;

  async function visit(...scenarios: ScenarioData[]): Promise<void> {
    clock = new ManualClock();
    server = new MockChatServer({ clock, scenarios, unmatched: 'fail', heartbeatMs: 600_000 });
    guest = new WireGuest(server.backend());
    await clock.settle();
    guest.hello();
    await clock.settle();
    guest.frames.length = 0;
  }

  afterEach(() => server.stop());

  const mode = (): string | undefined => server.conversations[0]?.mode;

  describe('aiReply', () => {
    it('acknowledges, thinks, names its step, and answers word by word', async () => {
      await visit(aiReply({ thinkMs: 900, wordMs: 50 }));
      guest.writes('Where is my order?');
      await clock.advance(899);
      expect(guest.types).to.deep.equal(['ack', 'receipt', 'typing']);
      expect(guest.all('typing')[0]?.label).to.equal('Looking up your order');
      await clock.advance(1);
      expect(guest.types.slice(3)).to.deep.equal(['typing', 'delta']);
      await clock.advance(50);
      expect(guest.all('delta').map(({ text }) => text)).to.deep.equal(['Your ', 'parcel ']);
      await clock.advance(10_000);
      const message = guest.all('message')[0]?.message;
      expect(message?.text).to.equal(
        guest
          .all('delta')
          .map(({ text }) => text)
          .join(''),
      );
      expect(message).to.include({ role: 'ai', format: 'markdown' });
      expect(message?.sources).to.have.length(1);
      expect(message?.actions?.at(-1)?.value).to.equal('person');
    });

    it('answers what it was told to', async () => {
      await visit(aiReply({ answer: (text) => `You said ${text}`, format: 'plain' }));
      guest.writes('boo');
      await clock.advance(5000);
      expect(guest.all('message')[0]?.message).to.include({ text: 'You said boo', format: 'plain' });
    });

    it('knows the shop, and says so when it does not know', async () => {
      await visit(aiReply());
      for (const text of ['Hello', 'a return', 'rain?', 'which tent?', 'the code?', 'thanks', 'qwertz'])
        guest.writes(text);
      await clock.advance(120_000);
      expect(new Set(guest.texts)).to.have.property('size', 7);
    });

    it('obeys stop', async () => {
      await visit(aiReply({ answer: () => 'one two three four', thinkMs: 100, wordMs: 100 }));
      guest.writes('count');
      await clock.advance(250);
      guest.tells({ type: 'stop', messageId: guest.all('delta')[0]?.id ?? '' });
      await clock.advance(5000);
      expect(guest.texts).to.deep.equal(['one two ']);
      expect(guest.all('delta')).to.have.length(2);
    });

    it('answers one message after the other', async () => {
      await visit(aiReply({ answer: (text) => `re ${text}` }));
      guest.writes('a').writes('b').writes('c');
      await clock.advance(20_000);
      expect(guest.texts).to.deep.equal(['re a', 're b', 're c']);
      expect(guest.all('delta').map(({ id }) => id)).to.deep.equal(
        guest.all('message').flatMap(({ message: { id } }) => [id, id]),
      );
    });

    it('keeps quiet as soon as somebody of the team answers', async () => {
      await visit(aiReply({ answer: () => 'one two three four', thinkMs: 100, wordMs: 100 }));
      guest.writes('a').writes('b');
      await clock.advance(250);
      server.staff({ name: 'Tom' }).joins();
      await clock.advance(20_000);
      expect(guest.texts).to.deep.equal(['Tom joined', 'one two ']);
      expect(server.conversations[0]?.streams).to.deep.equal([]);
    });

    it('keeps its reply over a lost line', async () => {
      await visit(aiReply({ answer: () => 'one two three four', thinkMs: 100, wordMs: 100 }));
      guest.writes('count');
      await clock.advance(250);
      const [conversation] = server.conversations;
      const conversationId = conversation?.id;
      const resumeToken = conversation?.record.tokens.at(-1);
      server.network.drop();
      await clock.advance(100);
      const back = new WireGuest(server.backend());
      await clock.settle();
      back.hello({ conversationId, resumeToken });
      await clock.advance(1000);
      expect(back.all('delta')[0]).to.include({ offset: 0, text: 'one two three ' });
      expect(back.texts).to.deep.equal(['one two three four']);
    });
  });

  describe('staffEscalation', () => {
    const timing = { stepMs: 4000, readMs: 1000, typeMs: 2000 };
    const modes = (): unknown[] =>
      guest.all('mode').map((event) => [event.mode, event.position, event.waitSeconds]);

    it('moves the guest through the queue to a person who speaks', async () => {
      await visit(aiReply(), staffEscalation({ ...timing, greeting: 'Hi!' }));
      guest.tells({ type: 'escalate' });
      await clock.advance(11_999);
      expect(modes()).to.deep.equal([
        ['queued', 3, 120],
        ['queued', 2, 80],
        ['queued', 1, 40],
      ]);
      await clock.advance(1);
      expect(modes().at(-1)).to.deep.equal(['staff', undefined, undefined]);
      expect(guest.all('joined')[0]?.author).to.deep.equal({ id: 'staff-maya', role: 'staff', name: 'Maya' });
      await clock.advance(3000);
      expect(guest.all('message').map(({ message }) => message.event ?? message.text)).to.deep.equal([
        'escalated',
        'staff-joined',
        'Hi!',
      ]);
    });

    it('understands a guest who asks in words or by a quick reply', async () => {
      await visit(staffEscalation(timing), aiReply());
      guest.writes('Can I talk to a person?');
      await clock.settle();
      expect(mode()).to.equal('queued');
      guest.tells({ type: 'escalate', cancel: true });
      await clock.settle();
      expect(mode()).to.equal('ai');
      guest.tells({ type: 'send', clientId: 'x', text: 'Ja', action: { messageId: 'm', value: 'person' } });
      await clock.settle();
      expect(mode()).to.equal('queued');
    });

    it('keeps what the guest adds while waiting, and the AI keeps quiet', async () => {
      await visit(staffEscalation(timing), aiReply());
      guest.tells({ type: 'escalate' }).writes('hello?');
      await clock.advance(8000);
      expect(guest.all('ack')).to.have.length(1);
      expect(guest.all('message').map(({ message }) => message.role)).to.deep.equal(['system']);
    });

    it('answers each message, and leaves after a goodbye', async () => {
      await visit(staffEscalation({ ...timing, position: 1, farewell: 'Bye!' }), aiReply());
      guest.tells({ type: 'escalate' });
      await clock.advance(10_000);
      guest.writes('The pole is broken');
      await clock.advance(3000);
      expect(guest.texts.at(-1)).to.contain('new one');
      expect(guest.all('receipt').at(-1)).to.include({ kind: 'read' });
      guest.writes('That’s all, bye');
      await clock.advance(10_000);
      expect(
        guest
          .all('message')
          .slice(-2)
          .map(({ message }) => message.event ?? message.text),
      ).to.deep.equal(['Bye!', 'staff-left']);
      expect(mode()).to.equal('ai');
      guest.writes('Hello');
      await clock.advance(10_000);
      expect(guest.all('message').at(-1)?.message.role).to.equal('ai');
    });

    it('lets the guest leave the queue, and come back', async () => {
      await visit(staffEscalation(timing));
      guest.tells({ type: 'escalate' });
      await clock.advance(5000);
      guest.tells({ type: 'escalate', cancel: true });
      await clock.advance(1000);
      guest.tells({ type: 'escalate' }).tells({ type: 'escalate' });
      await clock.advance(11_999);
      expect(modes()).to.deep.equal([
        ['queued', 3, 120],
        ['queued', 2, 80],
        ['ai', undefined, undefined],
        ['queued', 3, 120],
        ['queued', 2, 80],
        ['queued', 1, 40],
      ]);
      expect(guest.all('message').map(({ message }) => message.event)).to.deep.equal([
        'escalated',
        'queue-left',
        'escalated',
      ]);
      await clock.advance(60_000);
      expect(guest.all('joined')).to.have.length(1);
    });

    it('gives way when somebody else came first', async () => {
      await visit(staffEscalation(timing));
      guest.tells({ type: 'escalate' });
      await clock.advance(5000);
      server.staff({ name: 'Tom' }).joins();
      await clock.advance(60_000);
      expect(guest.all('joined').map(({ author }) => author.name)).to.deep.equal(['Tom']);
    });

    it('goes on after a restart of the server', async () => {
      await visit(staffEscalation(timing));
      guest.tells({ type: 'escalate' });
      await clock.advance(5000);
      const snapshot = server.host.snapshot();
      await server.stop();
      server = new MockChatServer({ clock, scenarios: [staffEscalation(timing)] });
      server.host.restore(snapshot);
      const [conversation] = server.conversations;
      if (conversation) server.host.arrived({ conversation, command: { type: 'escalate' } });
      expect(conversation?.record.position).to.equal(2);
      await clock.advance(8000);
      expect(conversation?.mode).to.equal('staff');
      expect(conversation?.messages.map(({ event }) => event)).to.deep.equal(['escalated', 'staff-joined']);
    });
  });
});
