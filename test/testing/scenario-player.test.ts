import { expect } from '@open-wc/testing';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer, type MockChatServerOptions } from '../../src/testing/mock-chat-server.js';
import type { ScenarioData, Step, Trigger } from '../../src/testing/script/scenario-data.js';
import { UnmatchedError } from '../../src/testing/turn-queue.js';
import { WireGuest } from './wire-guest.js';

const PEOPLE = { maya: { name: 'Maya' }, tom: { name: 'Tom' } };

describe('a scenario as data', () => {
  let clock: ManualClock;
  let server: MockChatServer;
  let guest: WireGuest;

  async function visit(data: Partial<ScenarioData>, options: MockChatServerOptions = {}): Promise<void> {
    clock = new ManualClock();
    const scenarios = [{ name: 's', people: PEOPLE, triggers: [], ...data }];
    server = new MockChatServer({ clock, scenarios, unmatched: 'fail', heartbeatMs: 600_000, ...options });
    guest = new WireGuest(server.backend());
    await clock.settle();
    guest.hello();
    await clock.settle();
  }

  const playing = (...steps: Step[]): Promise<void> => visit({ triggers: [{ on: 'message', steps }] });
  const on = (trigger: Trigger): Promise<void> => visit({ triggers: [trigger] });
  const told = (): string[] =>
    guest
      .all('message')
      .map(({ message }) => `${message.author?.name ?? message.role}: ${message.event ?? message.text}`);

  afterEach(() => server.stop().catch(() => {}));

  describe('triggers', () => {
    it('tell messages apart by text, pattern, quick reply and number', async () => {
      await visit({
        triggers: [
          { on: 'message', text: 'Where is it?', steps: [{ say: 'text' }] },
          { on: 'message', matches: '^w.+\\?$', steps: [{ say: 'pattern' }] },
          { on: 'message', action: 'go', steps: [{ say: 'action' }] },
          { on: 'message', nth: 5, steps: [{ say: 'fifth' }] },
          { on: 'message', times: 1, steps: [{ say: 'once' }] },
          { on: 'message', steps: [{ say: 'any' }] },
        ],
      });
      guest.writes(' where is it? ').writes('What now?');
      guest.tells({ type: 'send', clientId: 'x', text: 'Go', action: { messageId: 'm', value: 'go' } });
      guest.writes('one').writes('two').writes('three');
      await clock.advance(1000);
      expect(guest.texts).to.deep.equal(['text', 'pattern', 'action', 'once', 'fifth', 'any']);
    });

    it('hear deeds', async () => {
      await visit({
        triggers: [
          { on: 'escalate', steps: [{ queue: 2, secondsPerPlace: 30 }] },
          { on: 'cancel', steps: [{ dequeue: true }] },
          { on: 'rate', atMost: 2, steps: [{ say: 'Sorry!' }] },
          { on: 'rate', steps: [{ say: 'Thanks!' }] },
          { on: 'identify', steps: [{ say: 'Hello {{name}}' }] },
          { on: 'end', steps: [{ report: 'conversation-started' }] },
        ],
      });
      guest.tells({ type: 'escalate' });
      await clock.settle();
      guest.tells({ type: 'escalate', cancel: true }).tells({ type: 'rate', score: 2 });
      guest.tells({ type: 'rate', score: 3 }).tells({ type: 'identify', guest: { name: 'Ada' } });
      guest.tells({ type: 'end' });
      await clock.settle();
      expect(told()).to.deep.equal([
        'system: escalated',
        'system: queue-left',
        'ai: Sorry!',
        'ai: Thanks!',
        'ai: Hello Ada',
        'Ada: conversation-ended',
        'system: conversation-started',
      ]);
      expect(guest.all('mode')[0]).to.include({ position: 2, waitSeconds: 60 });
    });

    it('wait for a line, and for one that comes back', async () => {
      await visit({
        triggers: [
          { on: 'connect', steps: [{ wait: 100 }, { say: 'Welcome!' }] },
          { on: 'resume', times: 1, steps: [{ say: 'Welcome back!' }] },
        ],
      });
      await clock.advance(100);
      const [conversation] = server.conversations;
      const resume = { conversationId: conversation?.id, resumeToken: conversation?.record.tokens.at(-1) };
      for (let line = 0; line < 2; line++) {
        server.network.drop();
        const back = new WireGuest(server.backend());
        await clock.settle();
        back.hello(resume);
        await clock.settle();
      }
      expect(conversation?.messages.map(({ text }) => text)).to.deep.equal(['Welcome!', 'Welcome back!']);
    });

    it('wait for time, since the beginning or since the guest wrote', async () => {
      await visit({
        triggers: [
          { on: 'message', steps: [] },
          { on: 'time', afterMs: 1000, steps: [{ say: 'Can I help?' }] },
          { on: 'time', afterMs: 5000, since: 'message', steps: [{ say: 'Still there?' }] },
        ],
      });
      await clock.advance(1000);
      expect(guest.texts).to.deep.equal(['Can I help?']);
      guest.writes('a');
      await clock.advance(4999);
      guest.writes('b');
      await clock.advance(4999);
      expect(guest.texts).to.have.length(1);
      await clock.advance(1);
      expect(guest.texts.at(-1)).to.equal('Still there?');
      await clock.advance(60_000);
      expect(guest.texts).to.have.length(2);
    });

    it('hold only in their mode, with their person, and while nothing else is played', async () => {
      await visit({
        triggers: [
          { on: 'message', with: 'tom', steps: [{ say: 'with Tom' }] },
          { on: 'message', mode: ['staff', 'queued'], steps: [{ say: 'team' }] },
          { on: 'message', text: 'tom', steps: [{ join: 'tom' }] },
          { on: 'message', text: 'maya', steps: [{ join: 'maya' }] },
          { on: 'escalate', idle: true, steps: [{ wait: 1000 }, { say: 'waited' }] },
          { on: 'escalate', steps: [{ say: 'busy' }] },
        ],
      });
      guest.tells({ type: 'escalate' }).tells({ type: 'escalate' });
      await clock.advance(1000);
      for (const text of ['maya', 'a', 'b']) {
        guest.writes(text);
        await clock.settle();
      }
      expect(guest.texts).to.deep.equal(['busy', 'waited', 'Maya joined', 'team', 'team']);
    });
  });

  describe('steps', () => {
    it('say things as anybody', async () => {
      await playing(
        { say: '*ai*' },
        { join: 'maya' },
        { say: 'staff', by: 'maya' },
        { say: 'system', by: 'system' },
        { say: 'guest: {{text}}', by: 'guest' },
      );
      guest.writes('hi');
      await clock.settle();
      expect(guest.all('message').map(({ message: m }) => [m.role, m.author?.name, m.format])).to.deep.equal([
        ['ai', undefined, 'markdown'],
        ['system', 'Maya', undefined],
        ['staff', 'Maya', undefined],
        ['system', undefined, undefined],
        ['guest', undefined, undefined],
      ]);
      expect(guest.texts.at(-1)).to.equal('guest: hi');
    });

    it('think, stream by words or pieces, and take their time', async () => {
      await playing(
        { think: 500, label: 'Looking' },
        { stream: 'one two', wordMs: 100 },
        { stream: ['a', 'b'] },
      );
      guest.writes('hi');
      await clock.advance(499);
      expect(guest.types.slice(-2)).to.deep.equal(['ack', 'typing']);
      expect(guest.all('typing')[0]?.label).to.equal('Looking');
      await clock.advance(5000);
      expect(guest.all('delta').map(({ text }) => text)).to.deep.equal(['one ', 'two', 'a', 'b']);
      expect(guest.texts).to.deep.equal(['one two', 'ab']);
    });

    it('hand over from one person to another', async () => {
      await playing(
        { join: 'maya' },
        { say: 'One moment', by: 'maya' },
        { transfer: 'tom' },
        { say: 'Hi', by: 'tom' },
        { leave: 'tom' },
      );
      guest.writes('hi');
      await clock.settle();
      expect(told()).to.deep.equal([
        'Maya: staff-joined',
        'Maya: One moment',
        'Tom: staff-transferred',
        'Tom: Hi',
        'Tom: staff-left',
      ]);
      expect(guest.all('left').map(({ author }) => author.name)).to.deep.equal(['Maya', 'Tom']);
      expect(guest.all('mode').map(({ mode }) => mode)).to.deep.equal(['staff', 'ai']);
    });

    it('let nobody speak who has left', async () => {
      await playing(
        { join: 'maya' },
        { join: 'tom' },
        { leave: 'maya' },
        { say: 'ghost', by: 'maya' },
        { say: 'after' },
      );
      guest.writes('hi');
      await clock.settle();
      expect(guest.texts).to.deep.equal(['Maya joined', 'Tom joined', 'Maya left']);
    });

    it('type, read, react, report and close', async () => {
      await playing(
        { typing: true },
        { typing: false },
        { receipt: 'delivered' },
        { receipt: 'read' },
        { react: '👍' },
        { report: 'escalated' },
        { mode: 'staff' },
        { close: true },
      );
      guest.writes('hi');
      await clock.settle();
      expect(guest.types.slice(2)).to.deep.equal(
        'ack typing typing receipt receipt reaction message mode message mode'.split(' '),
      );
    });

    it('store or refuse the message when they say so', async () => {
      await visit({
        triggers: [
          { on: 'message', text: 'late', steps: [{ wait: 100 }, { ack: true }] },
          { on: 'message', steps: [{ nack: 'rate-limited', retryAfterMs: 50 }, { say: 'never' }] },
        ],
      });
      guest.writes('late');
      await clock.advance(99);
      expect(guest.types).to.not.include('ack');
      await clock.advance(1);
      expect(guest.types).to.include('ack');
      guest.writes('other');
      await clock.settle();
      expect(guest.all('nack')[0]).to.include({ code: 'rate-limited', retryAfterMs: 50 });
      expect(guest.texts).to.deep.equal([]);
    });

    it('ask for a rating, and take it', async () => {
      await visit({
        triggers: [
          { on: 'rate', steps: [{ say: 'Thank you!' }] },
          { on: 'message', steps: [{ rate: 'How was it?' }] },
        ],
      });
      guest.writes('bye');
      await clock.settle();
      const [question] = guest.all('message');
      expect(question?.message.actions?.map(({ value }) => value)).to.deep.equal(
        [1, 2, 3, 4, 5].map((score) => `rate:${score}`),
      );
      guest.tells({ type: 'send', clientId: 'x', text: '4', action: { messageId: 'm', value: 'rate:4' } });
      await clock.settle();
      expect(server.conversations[0]?.record.rating).to.deep.equal({ score: 4 });
      expect(guest.texts).to.deep.equal(['How was it?', 'Thank you!']);
    });

    it('spoil the network', async () => {
      await playing({ say: 'before' }, { fault: 'refuse', count: 1 }, { fault: 'drop' });
      guest.writes('hi');
      await clock.settle();
      expect(guest.closed?.code).to.equal(1006);
      const refused = new WireGuest(server.backend());
      await refused.opening;
      expect(refused.open).to.equal(false);
      const next = new WireGuest(server.backend());
      await next.opening;
      expect(next.open).to.equal(true);
    });

    it('say what no server should say', async () => {
      await playing({ frame: { type: 'surprise', n: 1 } }, { say: 'after' });
      guest.writes('hi');
      await clock.settle();
      const last = server.log.findLast((entry) => entry.what === 'frame' && entry.frame.event === 'surprise');
      expect(last).to.have.nested.property('frame.data.n', 1);
      expect(guest.texts).to.deep.equal(['after']);
    });

    it('play parts, and one of several by chance', async () => {
      const triggers: Trigger[] = [
        {
          on: 'message',
          steps: [{ either: [[{ play: 'a' }], [{ say: 'b' }]] }, { wait: [0, 1000] }, { say: 'end' }],
        },
      ];
      const run = async (seed: number): Promise<string> => {
        await visit({ parts: { a: [{ say: 'a' }] }, triggers }, { seed });
        for (let index = 0; index < 8; index++) guest.writes(`${index}`);
        await clock.advance(10_000);
        return JSON.stringify(server.log);
      };
      const one = await run(1);
      expect(await run(1)).to.equal(one);
      expect(await run(2)).to.not.equal(one);
      expect(guest.texts).to.include.members(['a', 'b', 'end']);
    });
  });

  it('has a past', async () => {
    await visit({
      history: [
        { by: 'guest', text: 'Hi', minutesAgo: 10 },
        { text: 'Hello', minutesAgo: 9 },
        { by: 'system', text: 'Maya joined', event: 'staff-joined', minutesAgo: 8 },
        { by: 'maya', text: 'Hey' },
      ],
    });
    const [page] = guest.all('history');
    expect(page?.messages.map(({ role, seq, sentAt }) => [role, seq, sentAt.slice(11, 16)])).to.deep.equal([
      ['guest', 1, '08:50'],
      ['ai', 2, '08:51'],
      ['system', 3, '08:52'],
      ['staff', 4, '09:00'],
    ]);
  });

  it('gives way at once when the guest changes who answers', async () => {
    await visit({
      triggers: [
        { on: 'escalate', mode: 'ai', steps: [{ queue: 9, to: 1, everyMs: 60_000 }, { say: 'never' }] },
        { on: 'cancel', steps: [{ dequeue: true }] },
        { on: 'message', steps: [{ say: 're {{text}}' }] },
      ],
    });
    guest.tells({ type: 'escalate' });
    await clock.settle();
    guest.tells({ type: 'escalate', cancel: true }).writes('a');
    await clock.settle();
    expect(guest.texts.slice(2)).to.deep.equal(['re a']);
    await clock.advance(600_000);
    expect(guest.texts).to.not.include('never');
  });

  describe('unmatched', () => {
    it('fails: stop() names what nobody took', async () => {
      await on({ on: 'message', text: 'known', steps: [] });
      guest.writes('unknown').tells({ type: 'escalate' });
      await clock.settle();
      const error = await server.stop().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(UnmatchedError);
      expect((error as Error).message)
        .to.contain('"unknown"')
        .and.contain('"escalate"');
    });

    it('echoes: what nobody took is said back', async () => {
      await visit({ triggers: [] }, { unmatched: 'echo' });
      guest.writes('Hello *you*').tells({ type: 'escalate' });
      await clock.settle();
      expect(guest.texts).to.deep.equal(['Hello *you*', 'No scenario takes "escalate".']);
      expect(guest.all('message')[0]?.message.format).to.equal('plain');
    });
  });
});
