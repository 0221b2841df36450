/** Clients of one guest in one page, with the means that the browser itself gives to tabs. */
import { expect, waitUntil } from '@open-wc/testing';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatClientOptions } from '../../src/conversation/client-options.js';
import { MockChatServer, acknowledge } from '../../src/testing/index.js';

const clients: ChatClient[] = [];
const servers: MockChatServer[] = [];

const setUp = () => {
  const server = new MockChatServer({ scenarios: [acknowledge()] });
  servers.push(server);
  const namespace = crypto.randomUUID();
  const backend = server.backend();
  let lines = 0;
  const counted = {
    ...backend,
    transport: {
      name: backend.transport.name,
      open: (...args: Parameters<typeof backend.transport.open>) => {
        lines++;
        return backend.transport.open(...args);
      },
    },
  };
  const open = (options: Partial<ChatClientOptions> = {}): ChatClient => {
    const client = new ChatClient({ backend: counted, namespace, ...options });
    clients.push(client);
    return client;
  };
  const stored = async (): Promise<string[]> => [
    ...Object.keys(localStorage).filter((key) => key.includes(namespace)),
    ...(await indexedDB.databases()).flatMap(({ name }) => (name?.includes(namespace) ? [name] : [])),
  ];
  return { server, open, stored, lines: () => lines };
};

const texts = ({ state }: ChatClient): string[] => state.messages.map(({ text }) => text);
const online = (client: ChatClient): Promise<void> =>
  waitUntil(() => client.state.connection.status === 'online', 'online');

/** Two clients that share a line, the first of which has it. */
async function pair(open: () => ChatClient): Promise<[ChatClient, ChatClient]> {
  const first = open();
  first.connect();
  await online(first);
  const second = open();
  second.connect();
  await online(second);
  return [first, second];
}

afterEach(async () => {
  for (const client of clients.splice(0)) {
    await client.reset();
    client.destroy();
  }
  for (const server of servers.splice(0)) await server.stop();
});

describe('two tabs', () => {
  it('have one line, one guest and one thread', async () => {
    const { open, lines } = setUp();
    const [first, second] = await pair(open);
    expect(lines()).to.equal(1);
    const message = await second.send('from the second');
    expect(message.delivery).to.equal('sent');
    await first.send('from the first');
    await waitUntil(() => texts(second).length === 2);
    expect(texts(first)).to.deep.equal(['from the second', 'from the first']);
    expect(texts(second)).to.deep.equal(texts(first));
    expect(second.state.guestId).to.equal(first.state.guestId);
    expect(second.state.conversationId).to.equal(first.state.conversationId);
  });

  it('tell both pages of a message once', async () => {
    const { server, open } = setUp();
    const [first, second] = await pair(open);
    await first.send('Hello');
    const told: string[] = [];
    for (const [index, client] of [first, second].entries()) {
      client.on('message', ({ message, direction }) => told.push(`${index} ${direction} ${message.text}`));
    }
    server.staff({ name: 'Maya' }).says('Hi!');
    await waitUntil(() => told.length === 2);
    await second.send('Thanks');
    expect(told.filter((line) => line.includes(' in '))).to.have.members(['0 in Hi!', '1 in Hi!']);
  });

  it('go on when the one with the line is gone, and the promise of the other is kept', async () => {
    const { server, open, lines } = setUp();
    const [first, second] = await pair(open);
    server.network.blackhole();
    const sent = second.send('into the dark');
    await waitUntil(() => texts(first).length === 1);
    server.network.recover();
    first.destroy();
    expect((await sent).text).to.equal('into the dark');
    expect(lines()).to.equal(2);
  });

  it('share what is known of the guest, and what was read', async () => {
    const { server, open } = setUp();
    const [first, second] = await pair(open);
    await first.send('Hello');
    second.identify({ name: 'Ann' });
    await waitUntil(() => server.log.some((entry) => JSON.stringify(entry).includes('Ann')));
    server.ai().says('An answer');
    await waitUntil(() => texts(second).length === 2);
    second.setOpen(true);
    second.markRead();
    await waitUntil(() => first.state.readUpTo === second.state.readUpTo && first.state.readUpTo > 0);
  });

  it('try again and delete where the line is', async () => {
    const { server, open } = setUp();
    const [first, second] = await pair(open);
    for (const again of [true, false]) {
      const refused = second
        .send(again ? 'try again' : 'delete')
        .catch((error: { code: string }) => error.code);
      const turn = await server.nextTurn();
      turn.nack('forbidden');
      expect(await refused).to.equal('forbidden');
      await waitUntil(() => first.state.messages.at(-1)?.delivery === 'failed');
      const { clientId } = second.state.messages.at(-1)!;
      if (again) {
        second.retry(clientId!);
        await waitUntil(() => second.state.messages.at(-1)?.delivery === 'sent');
      } else {
        second.remove(clientId!);
        await waitUntil(() => texts(first).length === 1 && texts(second).length === 1);
      }
    }
  });

  it('forget together, and leave nothing behind', async () => {
    const { open, stored } = setUp();
    const [first, second] = await pair(open);
    await second.send('a secret');
    await waitUntil(() => texts(first).length === 1);
    expect(await stored()).not.to.deep.equal([]);
    await second.reset();
    await waitUntil(() => texts(first).length === 0 && texts(second).length === 0);
    expect(await stored()).to.deep.equal([]);
    await second.send('soon forgotten');
    void second.reset();
    expect((await second.send('a new guest')).delivery).to.equal('sent');
    await waitUntil(() => texts(first).length === 1);
    expect(texts(first)).to.deep.equal(['a new guest']);
  });

  it('have lines of their own for another login, and where a token alone names the guest', async () => {
    const { open, lines } = setUp();
    const all = [
      open({ guestId: 'ann' }),
      open({ guestId: 'bob' }),
      open({ getToken: () => 'token' }),
      open({ getToken: () => 'token' }),
      open({ tabs: false }),
    ];
    for (const client of all) {
      client.connect();
      await online(client);
    }
    expect(lines()).to.equal(all.length);
  });

  it('disconnect each for itself', async () => {
    const { open, lines } = setUp();
    const [first, second] = await pair(open);
    first.disconnect();
    expect(first.state.connection.status).to.equal('idle');
    await waitUntil(() => lines() === 2);
    await online(second);
    expect(first.state.connection.status).to.equal('idle');
    await first.send('back again');
    expect(lines()).to.equal(2);
  });
});

describe('two clients of different mock servers', () => {
  it('have nothing to do with each other, though their pages call them the same', async () => {
    const [one, other] = [setUp(), setUp()];
    const namespace = crypto.randomUUID();
    const first = one.open({ namespace });
    const second = other.open({ namespace });
    for (const client of [first, second]) {
      client.connect();
      await online(client);
    }
    expect([one.lines(), other.lines()]).to.deep.equal([1, 1]);
  });
});
