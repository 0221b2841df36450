import { expect } from '@open-wc/testing';
import type { ClientCommand } from '../../src/protocol/client-command.js';
import { countingIds } from '../../src/testing/identifiers.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { MockChatServer, type MockChatServerOptions } from '../../src/testing/mock-chat-server.js';
import { acknowledge, type Scenario } from '../../src/testing/scenarios/scenario.js';
import { UnmatchedError } from '../../src/testing/turn-queue.js';
import { WireGuest } from './wire-guest.js';

describe('MockChatServer', () => {
  let clock: ManualClock;
  let warnings: string[];
  const warn = console.warn;

  beforeEach(() => {
    clock = new ManualClock();
    warnings = [];
    console.warn = (text: string) => warnings.push(text);
  });

  afterEach(() => (console.warn = warn));

  async function visit(
    options: MockChatServerOptions = {},
  ): Promise<{ server: MockChatServer; guest: WireGuest }> {
    const server = new MockChatServer({ clock, makeId: countingIds(), ...options });
    const guest = new WireGuest(server.backend());
    await clock.settle();
    guest.hello();
    await clock.settle();
    return { server, guest };
  }

  const failure = (promise: Promise<unknown>): Promise<unknown> =>
    promise.then(() => undefined).catch((e) => e);

  it('has defaults for everything', async () => {
    const server = new MockChatServer();
    expect(server.conversations).to.deep.equal([]);
    expect(server.log).to.deep.equal([]);
    expect(() => server.ai()).to.throw('no conversation yet');
    await server.stop();
  });

  it('hands guest messages over in order, also those that came before they were asked for', async () => {
    const { server, guest } = await visit();
    guest.writes('a').writes('b');
    await clock.settle();
    const late = server.nextTurn();
    const turns = [await server.nextTurn(), await late];
    guest.writes('c');
    turns.push(await server.nextTurn());
    expect(turns.map(({ text }) => text).sort()).to.deep.equal(['a', 'b', 'c']);
    expect((await late).text).to.equal('a');
    await server.stop();
  });

  it('prefers a pending nextTurn() to scenarios, and gives them the others', async () => {
    const { server, guest } = await visit({ scenarios: [acknowledge()] });
    const pending = server.nextTurn();
    guest.writes('a').writes('b');
    const turn = await pending;
    await clock.settle();
    expect(turn.text).to.equal('a');
    expect(guest.all('ack').map(({ clientId }) => clientId)).to.deep.equal(['b']);
    await server.stop();
  });

  it('asks scenarios in order, and one alone plays', async () => {
    const played: string[] = [];
    const scenario = (name: string, word: string): Scenario => ({
      name,
      takes: ({ text }) => text.includes(word),
      play: (turn) => {
        played.push(`${name}: ${turn.ack().text}`);
      },
    });
    const { server, guest } = await visit({ scenarios: [scenario('first', 'x')] });
    server.use(scenario('second', ''));
    guest.writes('x').writes('y');
    await clock.settle();
    expect(played).to.deep.equal(['first: x', 'second: y']);
    await server.stop();
  });

  it('does not hand over what was refused meanwhile', async () => {
    const { server, guest } = await visit();
    guest.writes('a').writes('b');
    (await server.nextTurn()).nack('rate-limited', { retryAfterMs: 100 });
    await clock.settle();
    expect(guest.all('nack').map(({ code }) => code)).to.deep.equal(['rate-limited', 'behind']);
    guest.writes('a').writes('b');
    expect((await server.nextTurn()).ack().text).to.equal('a');
    expect((await server.nextTurn()).ack().text).to.equal('b');
    await server.stop();
  });

  it('hands over commands that are no messages', async () => {
    const { server, guest } = await visit();
    const commands: ClientCommand[] = [
      { type: 'escalate', reason: 'a broken pole' },
      { type: 'typing', active: true },
      { type: 'rate', score: 4 },
      { type: 'identify', guest: { name: 'Sam' } },
    ];
    for (const command of commands) guest.tells(command);
    for (const command of commands) {
      const turn = await server.nextCommand(command.type as 'rate');
      expect(turn.command).to.deep.equal(command);
      expect([turn.text, turn.clientId, turn.open]).to.deep.equal(['', '', false]);
    }
    guest.tells({ type: 'escalate', cancel: true });
    (await server.nextCommand('escalate')).escalate({ position: 1 });
    await clock.settle();
    expect(guest.all('mode')[0]).to.include({ mode: 'queued', position: 1 });
    await server.stop();
  });

  describe('what nobody takes', () => {
    it('is warned of after a second, and stays for a late nextTurn()', async () => {
      const { server, guest } = await visit();
      guest.writes('anybody there?').tells({ type: 'typing', active: true });
      await clock.advance(999);
      expect(warnings).to.deep.equal([]);
      await clock.advance(1);
      expect(warnings).to.have.length(1);
      expect(warnings[0]).to.contain('anybody there?');
      expect(guest.all('ack')).to.deep.equal([]);
      (await server.nextTurn()).ack();
      await clock.settle();
      expect(guest.all('ack')).to.have.length(1);
      await server.stop();
    });

    it('is not warned of when it is taken in time', async () => {
      const { server, guest } = await visit();
      guest.writes('hi');
      await clock.advance(500);
      await server.nextTurn();
      await clock.advance(5000);
      expect(warnings).to.deep.equal([]);
      await server.stop();
    });

    it('makes stop() reject with the policy fail', async () => {
      const { server, guest } = await visit({ unmatched: 'fail' });
      guest.writes('hi').tells({ type: 'escalate' }).tells({ type: 'typing', active: true });
      await clock.advance(5000);
      const error = await failure(server.stop());
      expect(error).to.be.instanceOf(UnmatchedError);
      expect(String(error)).to.contain('"hi"').and.contain('"escalate"').and.not.contain('typing');
      expect(warnings).to.deep.equal([]);
    });

    it('is nobody’s business with the policy ignore', async () => {
      const { server, guest } = await visit({ unmatched: 'ignore' });
      guest.writes('hi');
      await clock.advance(5000);
      await server.stop();
      expect(warnings).to.deep.equal([]);
    });
  });

  it('rejects a nextTurn() that waits when the server stops, or that comes later', async () => {
    const { server } = await visit();
    const waiting = failure(server.nextTurn());
    await server.stop();
    expect(await waiting).to.be.instanceOf(UnmatchedError);
    expect(await failure(server.nextCommand('rate'))).to.be.instanceOf(UnmatchedError);
  });

  it('drops what scenarios still wait for when it stops', async () => {
    let went = false;
    const slow: Scenario = {
      name: 'slow',
      takes: () => true,
      play: async (turn) => {
        await turn.wait(1000);
        went = true;
      },
    };
    const { server, guest } = await visit({ scenarios: [slow] });
    guest.writes('hi');
    await clock.settle();
    await server.stop();
    await clock.advance(5000);
    expect(went).to.equal(false);
  });

  it('speaks unasked', async () => {
    const { server, guest } = await visit();
    server.ai().says('Still there?');
    server.staff({ name: 'Tom' }).joins().says('I am Tom.');
    await clock.settle();
    expect(guest.texts).to.deep.equal(['Still there?', 'Tom joined', 'I am Tom.']);
    await server.stop();
  });

  it('tells what it offers', async () => {
    const { server, guest } = await visit({
      features: ['typing'],
      limits: { maxTextLength: 10 },
      heartbeatMs: 2000,
    });
    expect(guest.all('welcome')[0]).to.deep.include({
      features: ['typing'],
      limits: { maxTextLength: 10, maxFrameBytes: 65_536, maxAttachmentBytes: 10_485_760 },
      heartbeatMs: 2000,
    });
    await server.stop();
  });

  it('has the same log in two runs', async () => {
    const story = async (): Promise<string> => {
      clock = new ManualClock();
      const { server, guest } = await visit({ scenarios: [acknowledge()] });
      guest.writes('a');
      await clock.advance(1000);
      server.ai().stream('b', 'c');
      await clock.settle();
      await server.stop();
      return JSON.stringify(server.log);
    };
    expect(await story()).to.equal(await story());
  });

  it('listens on several addresses at once, and frees them', async () => {
    const server = new MockChatServer({ clock });
    const first = server.listen('wss://one.test');
    const second = server.listen('wss://two.test/chat');
    expect(() => server.listen('wss://one.test')).to.throw('already listening');
    const protocols = [first, second].map(
      ({ WebSocket, url }) =>
        new Promise((resolve) => {
          const socket = new WebSocket(url, ['other', 'chat-widget.v1']);
          socket.onopen = () => resolve(socket.protocol);
        }),
    );
    expect(await Promise.all(protocols)).to.deep.equal(['chat-widget.v1', 'chat-widget.v1']);
    expect(server.network.connections).to.equal(2);
    first.stop();
    server.listen('wss://one.test');
    await server.stop();
  });

  it('goes on when a guest offers no subprotocol it knows', async () => {
    const server = new MockChatServer({ clock });
    const { WebSocket, url } = server.listen('wss://plain.test');
    const socket = new WebSocket(url);
    await new Promise((resolve) => (socket.onopen = resolve));
    expect(socket.protocol).to.equal('');
    await server.stop();
  });

  it('leaves the global WebSocket alone', async () => {
    const before = globalThis.WebSocket;
    const server = new MockChatServer();
    const { WebSocket } = server.listen('wss://global.test');
    expect(globalThis.WebSocket).to.equal(before);
    expect(WebSocket).not.to.equal(before);
    await server.stop();
    expect(globalThis.WebSocket).to.equal(before);
  });
});
