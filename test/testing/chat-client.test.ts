import { expect } from '@open-wc/testing';
import type { Backend } from '../../src/backends/backend.js';
import { nativeBackend } from '../../src/backends/native/index.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer } from '../../src/testing/mock-chat-server.js';
import { aiReply } from '../../src/testing/scenarios/ai-reply.js';
import { staffEscalation } from '../../src/testing/scenarios/staff-escalation.js';

const URL = 'wss://client.test/chat';

const bindings: Record<string, (server: MockChatServer, clock: ManualClock) => Backend> = {
  'in memory': (server) => server.backend(),
  'on mock-socket': (server, clock) =>
    nativeBackend({ url: URL, WebSocket: server.listen(URL).WebSocket, clock }),
};

for (const [binding, backendOf] of Object.entries(bindings)) {
  describe(`a real client ${binding}`, () => {
    let clock: ManualClock;
    let server: MockChatServer;
    let client: ChatClient;
    let errors: string[];

    async function start(options: ConstructorParameters<typeof MockChatServer>[0] = {}): Promise<void> {
      clock = new ManualClock();
      server = new MockChatServer({ clock, ...options });
      client = new ChatClient({
        backend: backendOf(server, clock),
        namespace: URL,
        persistence: 'none',
        clock,
        eager: true,
      });
      errors = [];
      client.on('error', ({ code }) => errors.push(code));
      await client.start();
      await clock.advance(100);
      expect(client.state.connection.status).to.equal('online');
    }

    afterEach(async () => {
      client.destroy();
      await server.stop();
    });

    const texts = (): string[] => client.state.messages.map(({ text }) => text);
    const send = (text: string): Promise<unknown> => client.send(text).catch(() => undefined);

    it('talks step by step', async () => {
      await start();
      void send('Hi');
      const turn = await server.nextTurn();
      expect(client.state.messages[0]?.delivery).to.equal('sending');
      turn.ack().type('Thinking').streams('Hel');
      await clock.advance();
      expect(
        client.state.messages.map(({ text, delivery, streaming }) => [text, delivery, streaming]),
      ).to.deep.equal([
        ['Hi', 'sent', undefined],
        ['Hel', undefined, true],
      ]);
      turn.ends('lo');
      await clock.advance();
      expect(texts()).to.deep.equal(['Hi', 'Hello']);
      expect(client.state.messages[1]?.streaming).not.to.equal(true);
    });

    it('loses and doubles nothing while the line drops and is refused', async () => {
      await start({ scenarios: [aiReply({ answer: (text) => `re ${text}`, thinkMs: 100, wordMs: 10 })] });
      void send('a');
      await clock.advance(105);
      server.network.drop().refuse(2);
      void send('b');
      void send('c');
      await clock.advance(60_000);
      expect(client.state.connection.status).to.equal('online');
      expect(texts()).to.deep.equal(server.conversations[0]?.messages.map(({ text }) => text));
      expect([...texts()].sort()).to.deep.equal(['a', 'b', 'c', 're a', 're b', 're c']);
      expect(server.network.attempts).to.equal(4);
    });

    it('sees through frames that come twice, in the wrong order, or damaged', async () => {
      await start();
      server.network.duplicate().reorder();
      server.ai().says('a').says('b').says('c');
      await clock.advance(1000);
      expect(texts()).to.deep.equal(['a', 'b', 'c']);
      server.network.recover().corrupt();
      server.ai().says('d');
      await clock.advance(1000);
      expect(errors).to.deep.equal(['bad-frame']);
      server.ai().says('e');
      await clock.advance(1000);
      expect(texts()).to.deep.equal(['a', 'b', 'c', 'd', 'e']);
    });

    it('gets over a black hole', async () => {
      await start({ scenarios: [aiReply({ answer: (text) => `re ${text}` })] });
      server.network.blackhole();
      void send('a');
      await clock.advance(30_000);
      expect(client.state.connection.status).to.equal('reconnecting');
      server.network.recover();
      await clock.advance(30_000);
      expect(texts()).to.deep.equal(['a', 're a']);
    });

    it('waits and tries again in order after a temporary nack', async () => {
      await start();
      void send('a');
      void send('b');
      (await server.nextTurn()).nack('rate-limited', { retryAfterMs: 1000 });
      const again = [server.nextTurn(), server.nextTurn()];
      await clock.advance(2000);
      for (const turn of again) (await turn).ack();
      await clock.advance();
      expect(server.conversations[0]?.messages.map(({ text }) => text)).to.deep.equal(['a', 'b']);
      expect(client.state.messages.map(({ delivery }) => delivery)).to.deep.equal(['sent', 'sent']);
    });

    it('takes over a lost history', async () => {
      await start();
      server.ai().says('old');
      await clock.advance();
      server.conversations[0]?.loseHistory();
      server.ai().says('new');
      server.network.drop();
      await clock.advance(10_000);
      expect(texts()).to.deep.equal(['new']);
    });

    it('comes back after a planned restart when the server said', async () => {
      await start();
      server.shutDown({ retryAfterMs: 20_000 });
      await clock.advance(19_999);
      expect(client.state.connection.status).to.equal('reconnecting');
      await clock.advance(5000);
      expect(client.state.connection.status).to.equal('online');
    });

    it('is led to a person and back', async () => {
      await start({ scenarios: [staffEscalation({ stepMs: 1000 }), aiReply()] });
      client.escalate();
      await clock.advance(1500);
      expect(client.state).to.include({ answering: 'queued', position: 2, waitSeconds: 80 });
      await clock.advance(10_000);
      expect(client.state.answering).to.equal('staff');
      expect(client.state.participants.map(({ name }) => name)).to.deep.equal(['Maya']);
      void send('Bye');
      await clock.advance(10_000);
      expect(client.state).to.include({ answering: 'ai' });
      expect(client.state.messages.map(({ event }) => event).filter(Boolean)).to.deep.equal([
        'escalated',
        'staff-joined',
        'staff-left',
      ]);
    });
  });
}
