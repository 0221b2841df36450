import { expect } from '@open-wc/testing';
import * as socketIo from 'socket.io-client';
import type { Backend } from '../../src/backends/backend.js';
import { nativeBackend } from '../../src/backends/native/index.js';
// Fetched beforehand: what a wire fetches when it is first used takes real time, which the clock does not know.
import '../../src/transports/pusher-auth.js';
import '../../src/transports/pusher.js';
import '../../src/transports/sse.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import {
  aiReply,
  expectNothingLost,
  heldTranscript,
  ManualClock,
  MockChatServer,
  overHttp,
  overPusher,
  overSocketIo,
  staffEscalation,
  type Playable,
} from '../../src/testing/index.js';

const URL = 'wss://wires.test/chat';

const WIRES: Record<string, (server: MockChatServer) => Backend> = {
  'in memory': (server) => server.backend(),
  'on mock-socket': (server) =>
    nativeBackend({ url: URL, WebSocket: server.listen(URL).WebSocket, clock: server.clock }),
  'over Socket.IO, by the official client': (server) => overSocketIo(server, socketIo),
  'over the Pusher protocol': (server) => overPusher(server),
  'over HTTP and server-sent events': (server) => overHttp(server),
};

/** What the guest says, and the words after which they say the next. The team is asked for in words: not every wire has a button. */
const STORY: readonly (readonly [says: string, until: RegExp])[] = [
  ['Hello', /^Hello! I can help/],
  ['Can I talk to a person?', /^Hi, I’m Maya/],
  ['The pole is broken', /send a new one/],
  ['That’s all, bye', /^Maya left$/],
  ['What about the weather?', /Aim for under nine kilos/],
];

const SCENARIOS: readonly Playable[] = [
  staffEscalation({ position: 2, stepMs: [500, 900], readMs: 100, typeMs: 200 }),
  aiReply({ thinkMs: [100, 300], wordMs: 5 }),
];

for (const [wire, backendOf] of Object.entries(WIRES)) {
  describe(`a story ${wire}`, () => {
    let clock: ManualClock;
    let server: MockChatServer;
    let client: ChatClient;
    let errors: string[];

    beforeEach(async () => {
      clock = new ManualClock();
      server = new MockChatServer({ clock, scenarios: SCENARIOS, seed: 3, unmatched: 'fail' });
      errors = [];
      client = new ChatClient({
        ...{ backend: backendOf(server), namespace: wire, persistence: 'none', clock },
        ...{ eager: true, tabs: false, guestId: 'guest-1' },
      });
      client.on('error', ({ code, error }) => errors.push(`${code}: ${error.message}`));
      await client.start();
      await patiently(() => client.state.connection.status === 'online');
    });

    afterEach(async () => {
      client.destroy();
      await server.stop();
    });

    /** Lets time pass until something holds. */
    async function patiently(holds: () => boolean): Promise<void> {
      for (let tries = 0; tries < 2000 && !holds(); tries++) {
        await clock.advance(50);
        await new Promise((resolve) => setTimeout(resolve));
      }
      expect(
        holds(),
        `${wire}: ${client.state.connection.status}; ${errors.join('; ')}; ${JSON.stringify(heldTranscript(client))}`,
      ).to.equal(true);
    }

    async function tell(): Promise<void> {
      for (const [says, until] of STORY) {
        void client.send(says).catch(() => {});
        await patiently(() =>
          client.state.messages.some(({ text, streaming }) => !streaming && until.test(text)),
        );
      }
    }

    it('is the same to its reader as on every other wire', async () => {
      await tell();
      await patiently(() => client.state.messages.every(({ streaming }) => !streaming));
      expect(heldTranscript(client).map(({ role, text }) => `${role}: ${text.split('\n')[0]}`)).to.deep.equal(
        [
          'guest: Hello',
          'ai: Hello! I can help with **orders**, **returns** and **choosing gear**. What would you like to know?',
          'guest: Can I talk to a person?',
          'system: You asked to talk to a person',
          'system: Maya joined',
          'staff: Hi, I’m Maya. I’ve read the chat. How can I help?',
          'guest: The pole is broken',
          'staff: Sorry about that! That’s covered, I’ll send a new one today.',
          'guest: That’s all, bye',
          'staff: All sorted. Have a good day!',
          'system: Maya left',
          'guest: What about the weather?',
          'ai: For two wet days, keep it short:',
        ],
      );
      expectNothingLost(server, client);
      expect(errors).to.deep.equal([]);
    }).timeout(20_000);

    it('loses and doubles nothing though the line is cut in the middle of every answer', async () => {
      server.use({
        name: 'cuts',
        triggers: [{ on: 'time', since: 'message', afterMs: [100, 400], steps: [{ fault: 'drop' }] }],
      });
      await tell();
      await patiently(
        () =>
          client.state.connection.status === 'online' &&
          client.state.messages.length === server.conversations[0]?.messages.length &&
          client.state.messages.every(({ streaming, delivery }) => !streaming && delivery !== 'sending'),
      );
      expectNothingLost(server, client);
      expect(server.conversations).to.have.length(1);
    }).timeout(20_000);
  });
}
