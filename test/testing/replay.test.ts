import { expect } from '@open-wc/testing';
import type { Backend } from '../../src/backends/backend.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import {
  aiReply,
  flakyNetwork,
  heldTranscript,
  ManualClock,
  MockChatServer,
  replay,
  seeded,
  staffEscalation,
  type LogEntry,
} from '../../src/testing/index.js';
import { WireGuest } from './wire-guest.js';

const SCENARIOS = [
  staffEscalation({ stepMs: [500, 1500], readMs: 100, typeMs: [100, 400] }),
  aiReply({ thinkMs: [100, 900], wordMs: [5, 50] }),
  flakyNetwork({ cutAfterMs: [200, 700] }),
];

describe('the same scenarios, seed and clock', () => {
  /** A whole story by hand, so that nothing of the client's own chance is in it. */
  async function run(seed: number): Promise<string> {
    const clock = new ManualClock({ random: seeded(1) });
    const server = new MockChatServer({ clock, scenarios: SCENARIOS, seed, unmatched: 'ignore' });
    let guest = new WireGuest(server.backend());
    await clock.settle();
    guest.hello();
    for (const text of ['Hello', 'A person, please', 'The pole is broken', 'bye']) {
      await clock.advance(3000);
      if (!guest.open) {
        guest = new WireGuest(server.backend());
        await clock.advance(1000);
        const { id: conversationId, record } = server.conversations[0]!;
        guest.hello({ conversationId, resumeToken: record.tokens.at(-1) });
      }
      guest.writes(text);
    }
    await clock.advance(20_000);
    const log = JSON.stringify(server.log);
    await server.stop();
    return log;
  }

  it('make the same log, byte for byte', async () => {
    const first = await run(5);
    expect(first.length).to.be.greaterThan(5000);
    expect(await run(5)).to.equal(first);
    expect(await run(6)).to.not.equal(first);
  });
});

describe('replay', () => {
  let clock: ManualClock;
  let client: ChatClient;

  async function start(backend: Backend): Promise<void> {
    client = new ChatClient({ backend, namespace: 'replay', persistence: 'none', clock, tabs: false });
    await client.start();
  }

  /** A conversation over cuts and refusals, as it was recorded once. */
  async function record(): Promise<{ log: readonly LogEntry[]; read: string }> {
    clock = new ManualClock();
    const server = new MockChatServer({ clock, scenarios: SCENARIOS, seed: 2, unmatched: 'ignore' });
    await start(server.backend());
    client.connect();
    await clock.advance(100);
    for (const text of ['Hello', 'A person, please', 'The pole is broken', 'That’s all, bye']) {
      void client.send(text).catch(() => {});
      await clock.advance(15_000);
    }
    await clock.advance(30_000);
    const read = JSON.stringify(heldTranscript(client));
    client.destroy();
    const log = JSON.parse(JSON.stringify(server.log)) as LogEntry[];
    await server.stop();
    return { log, read };
  }

  afterEach(() => client.destroy());

  it('plays the server’s side of a recorded log, cuts and refusals included', async () => {
    const { log, read } = await record();
    expect(log.filter(({ what }) => what === 'closed').length).to.be.greaterThan(2);
    clock = new ManualClock();
    const server = replay(log, { clock });
    expect(server.deeds.map(({ command }) => command.type)).to.deep.equal(['send', 'send', 'send', 'send']);
    await start(server.backend());
    server.play(client);
    await clock.advance(120_000);
    expect(server.problems).to.deep.equal([]);
    expect(JSON.stringify(heldTranscript(client))).to.equal(read);
    await server.stop();
  });

  it('tells what is not as it was recorded', async () => {
    clock = new ManualClock();
    const source = new MockChatServer({
      clock,
      scenarios: [aiReply({ answer: () => 're', thinkMs: 1 })],
      seed: 1,
    });
    await start(source.backend());
    client.connect();
    await clock.advance(100);
    void client.send('one').catch(() => {});
    await clock.advance(5000);
    client.destroy();
    await source.stop();
    const server = replay(source.log, { clock });
    await start(server.backend());
    client.connect();
    await clock.advance(100);
    expect(server.problems[0]).to.match(/^\d frames of the server were not said, first \{"type":"ack"/);
    void client.send('two').catch(() => {});
    await clock.advance(5000);
    expect(server.problems).to.deep.equal(['the guest wrote "two" where the recording has "one"']);
    expect(client.state.messages.map(({ text, delivery }) => [text, delivery])).to.deep.equal([
      ['two', 'read'],
      ['re', undefined],
    ]);
    client.disconnect();
    client.connect();
    await clock.advance(100);
    expect(server.problems).to.include('a connection was tried that the recording does not have');
    await server.stop();
  });
});
