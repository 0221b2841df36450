import { expect } from '@open-wc/testing';
import {
  aiReply,
  busyQueue,
  faq,
  flakyNetwork,
  hostile,
  ManualClock,
  MockChatServer,
  scenarioLibrary,
  scenarioProblems,
  scenariosFor,
  serverRestart,
  type Playable,
} from '../../src/testing/index.js';
import { WireGuest } from './wire-guest.js';

const MINUTE_MS = 60_000;

describe('the library of scenarios', () => {
  let clock: ManualClock;
  let server: MockChatServer;
  let guest: WireGuest;

  async function visit(...scenarios: Playable[]): Promise<void> {
    clock = new ManualClock();
    server = new MockChatServer({
      clock,
      scenarios,
      seed: 7,
      heartbeatMs: 10 * MINUTE_MS,
      unmatched: 'ignore',
    });
    guest = new WireGuest(server.backend());
    await clock.settle();
    guest.hello();
    await clock.settle();
  }

  /** Says something, or does it, and waits until everybody has said what they have to say. */
  async function after(deed: string | (() => unknown)): Promise<void> {
    if (typeof deed === 'string') guest.writes(deed);
    else deed();
    await clock.advance(5 * MINUTE_MS);
  }

  const asks = (): unknown => guest.tells({ type: 'escalate' });
  /** What stands in the thread; only the first words of each. */
  const thread = (): string[] =>
    server.conversations[0]!.messages.map(
      ({ role, event, author, text }) =>
        `${author?.name ?? role}: ${event ?? text.split(/\s+/).slice(0, 3).join(' ')}`,
    );

  afterEach(() => server?.stop());

  for (const [name, make] of scenarioLibrary) {
    it(`has ${name}, which is valid and can be JSON`, () => {
      const data = make();
      expect(data.name).to.equal(name);
      expect(data.about).to.be.a('string');
      expect(scenarioProblems(data)).to.deep.equal([]);
      expect(JSON.parse(JSON.stringify(data))).to.deep.equal(data);
    });
  }

  it('is found by name, with what answers beside it', () => {
    expect(scenariosFor('busy-queue').map(({ name }) => name)).to.deep.equal(['busy-queue', 'ai-reply']);
    expect(scenariosFor('ai-reply')).to.have.length(1);
    expect(() => scenariosFor('busy')).to.throw(RangeError, 'there are ai-reply, faq, staff-escalation');
  });

  it('faq: answers by content, and leaves the rest', async () => {
    await visit(
      faq({ answers: [{ matches: 'price', text: 'It costs €49.' }] }),
      aiReply({ answer: [{ text: 'Hm.' }] }),
    );
    await after('What is the price?');
    await after('And the moon?');
    expect(guest.texts).to.deep.equal(['It costs €49.', 'Hm.']);
  });

  it('busyQueue: moves every place, and comforts half-way', async () => {
    await visit(busyQueue({ position: 4 }), aiReply);
    await after(asks);
    expect(guest.all('mode').map(({ position }) => position)).to.deep.equal([4, 3, 2, 1, undefined]);
    await after('The pole is broken');
    expect(thread()).to.deep.equal([
      'system: escalated',
      'ai: Thank you for',
      'Maya: staff-joined',
      'Maya: Hi, I’m Maya.',
      'guest: The pole is',
      'Maya: Sorry about that!',
    ]);
  });

  it('nobodyAvailable: says so, takes an address, and the AI goes on', async () => {
    await visit(scenarioLibrary.get('nobody-available')!, aiReply);
    await after('A person, please');
    await after('ada@example.org');
    await after('Hello');
    expect(thread()).to.deep.equal([
      'guest: A person, please',
      'system: escalated',
      'ai: Nobody of the',
      'guest: ada@example.org',
      'ai: Thank you! Somebody',
      'guest: Hello',
      'ai: Hello! I can',
    ]);
    expect(server.conversations[0]?.mode).to.equal('ai');
  });

  it('transfer: one person hands over to another', async () => {
    await visit(scenarioLibrary.get('transfer')!, aiReply);
    await after(asks);
    await after('My tent is torn');
    await after('Thanks');
    expect(thread()).to.deep.equal([
      'system: escalated',
      'Maya: staff-joined',
      'Maya: Hi, I’m Maya.',
      'guest: My tent is',
      'Maya: That is one',
      'Sam: staff-transferred',
      'Sam: Hello, Sam here.',
      'guest: Thanks',
      'Sam: My pleasure. Anything',
    ]);
    expect(server.conversations[0]?.participants.map(({ name }) => name)).to.deep.equal(['Sam']);
  });

  it('aiComesBack: the AI takes over again', async () => {
    await visit(scenarioLibrary.get('ai-comes-back')!, aiReply);
    await after(asks);
    await after('Is it done?');
    await after('Hello');
    expect(thread().slice(3)).to.deep.equal([
      'guest: Is it done?',
      'Maya: That is done.',
      'Maya: staff-left',
      'ai: I’m back! Is',
      'guest: Hello',
      'ai: Hello! I can',
    ]);
  });

  it('staffLeaves: gone in the middle of typing', async () => {
    await visit(scenarioLibrary.get('staff-leaves')!, aiReply);
    await after(asks);
    await after('Are you there?');
    expect(thread().slice(3)).to.deep.equal(['guest: Are you there?', 'Maya: staff-left']);
    expect(guest.all('typing').at(-1)).to.include({ active: false });
    expect(server.conversations[0]?.mode).to.equal('ai');
  });

  it('slowTyper: starts twice before it speaks', async () => {
    await visit(scenarioLibrary.get('slow-typer')!);
    await after('Hello');
    const signals = guest.types.filter((type) => ['typing', 'delta'].includes(type));
    expect(signals.slice(0, 4)).to.deep.equal(['typing', 'typing', 'typing', 'typing']);
    expect(guest.texts[0]).to.contain('Hello!');
  });

  it('flakyNetwork: cuts each time, and its faults are those of the seed', async () => {
    const story = async (): Promise<string> => {
      await visit(flakyNetwork(), aiReply);
      await after('Hello');
      return JSON.stringify(server.log);
    };
    const first = await story();
    expect(server.network.connections).to.equal(0);
    expect(await story()).to.equal(first);
  });

  it('serverRestart: says goodbye once', async () => {
    await visit(serverRestart(), aiReply);
    await after('Hello');
    expect(guest.all('bye')[0]).to.include({ retryAfterMs: 1000 });
    expect(guest.closed?.code).to.equal(1012);
    expect(server.conversations[0]?.messages.at(-1)?.text).to.contain('Hello!');
  });

  it('longHistory and longAnswer: as long as they are asked to be', async () => {
    await visit(...scenariosFor('long-history'));
    expect(guest.all('history')[0]?.messages.at(-1)?.seq).to.equal(1000);
    await server.stop();
    await visit(scenarioLibrary.get('long-answer')!);
    await after('Tell me everything');
    expect(guest.all('delta')).to.have.length(2000);
  });

  it('hostile: says everything, and ends', async () => {
    await visit(hostile());
    await after('Hello');
    await after(asks);
    expect(guest.types).to.include.members(['surprise', 'ack', 'delta', 'typing', 'mode']);
    expect(server.conversations[0]?.messages.at(-2)?.text).to.contain('<script>');
  });
});
