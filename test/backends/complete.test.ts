import { expect } from '@open-wc/testing';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatClientOptions } from '../../src/conversation/client-options.js';
import type { CodecTraits } from '../../src/protocol/codec.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { FakeWake } from '../connection/fake-line.js';
import { ForeignServer } from './foreign-server.js';

const REPLY: CodecTraits = { ack: 'reply', greets: false, resend: 'safe', resume: 'cursor' };
const HANDOVER: CodecTraits = { ack: 'handover', greets: false, resend: 'safe', resume: 'none' };

const clients: ChatClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

const setUp = async (traits: CodecTraits, server = new ForeignServer(traits)) => {
  const clock = new ManualClock();
  const wake = new FakeWake();
  const namespace = crypto.randomUUID();
  const open = async (options: Partial<ChatClientOptions> = {}): Promise<ChatClient> => {
    const client = new ChatClient({
      backend: server.backend(),
      namespace,
      persistence: 'none',
      tabs: false,
      clock,
      wake,
      ...options,
    });
    clients.push(client);
    await client.start();
    client.connect();
    await settle(clock, client);
    return client;
  };
  return { server, clock, wake, open, client: await open() };
};

/** Lets everything happen that needs no time; the part that completes a backend is loaded on demand. */
const settle = async (clock: ManualClock, client: ChatClient): Promise<void> => {
  await import('../../src/conversation/completion.js');
  for (let i = 0; i < 20 && client.state.connection.status === 'connecting'; i++) await clock.settle();
  await clock.settle();
};

const texts = (client: ChatClient): string[] => client.state.messages.map(({ text }) => text);

describe('a backend without numbers, greetings or acks of its own', () => {
  it('is online with what the server has, in its order', async () => {
    const server = new ForeignServer(REPLY);
    server.says('Hello');
    server.says('again');
    const { client } = await setUp(REPLY, server);
    expect(client.state.connection.status).to.equal('online');
    expect(texts(client)).to.deep.equal(['Hello', 'again']);
    expect(client.state.messages.map(({ id }) => id)).to.deep.equal(['#1', '#2']);
  });

  it('asks for what others said before the guest’s own last message was confirmed beside the line', async () => {
    const { client, clock, server } = await setUp({ ...REPLY, resume: 'history' });
    server.says('Hello');
    server.says('on its way', true);
    await client.send('one');
    expect(texts(client)).to.deep.equal(['Hello', 'one']);
    server.cut();
    await clock.advance(2000);
    expect(server.asked.at(-1)).to.equal(undefined);
    expect(texts(client)).to.deep.equal(['Hello', 'on its way', 'one']);
  });

  it('offers only what the backend can be told', async () => {
    const { client } = await setUp(REPLY);
    expect(client.state.features).to.deep.equal([]);
  });

  it('confirms a message by the answer to the request', async () => {
    const { client, clock } = await setUp(REPLY);
    const fate = client.send('Hi');
    await clock.settle();
    expect((await fate).id).to.equal('#1');
    expect(client.state.messages[0]).to.include({ id: '#1', delivery: 'sent' });
  });

  it('confirms a message by handing it over where the backend says nothing', async () => {
    const { client, clock, server } = await setUp(HANDOVER);
    const fate = client.send('Hi');
    await clock.settle();
    expect((await fate).delivery).to.equal('sent');
    expect(server.stored.map(({ body }) => body)).to.deep.equal(['Hi']);
  });

  it('has one message under way at a time, since requests may overtake', async () => {
    const { client, clock, server } = await setUp(REPLY);
    server.moods.push('stall');
    void client.send('one');
    void client.send('two');
    await clock.settle();
    expect(server.stalled).to.have.length(1);
    expect(client.state.messages.map(({ delivery }) => delivery)).to.deep.equal(['sending', 'queued']);
    await clock.advance(60_000);
    expect(server.stalled, 'a request that is being answered is not repeated').to.have.length(1);
    server.stalled[0]!();
    await clock.settle();
    expect(server.stored.map(({ body }) => body)).to.deep.equal(['one', 'two']);
  });

  it('shows an answer below the question, though it came before the confirmation', async () => {
    const { client, clock, server } = await setUp(REPLY);
    server.moods.push('stall');
    void client.send('question');
    await clock.settle();
    server.stalled[0]!();
    server.tell('said', { id: '#2', from: 'ai', body: 'answer' });
    await clock.settle();
    await clock.advance(11_000);
    expect(texts(client)).to.deep.equal(['question', 'answer']);
  });

  it('takes a message once, however often it comes', async () => {
    const { client, clock, server } = await setUp(REPLY);
    const said = server.says('Hello');
    server.tell('said', said);
    await clock.settle();
    server.cut();
    await clock.advance(2000);
    expect(client.state.connection.status).to.equal('online');
    expect(texts(client)).to.deep.equal(['Hello']);
  });

  it('asks for what was missed after the last id it knows', async () => {
    const { client, clock, server } = await setUp(REPLY);
    const told: string[] = [];
    client.on('message', ({ message, direction }) => told.push(`${direction} ${message.text}`));
    server.says('one');
    await clock.settle();
    server.cut();
    server.says('two', true);
    await clock.advance(2000);
    expect(texts(client)).to.deep.equal(['one', 'two']);
    expect(server.asked).to.deep.equal([undefined, '#1']);
    expect(told).to.deep.equal(['in one', 'in two']);
  });

  it('sends a message again whose answer was lost, and shows it once', async () => {
    const { client, clock, server } = await setUp(REPLY);
    server.moods.push('store and die');
    const fate = client.send('Hi');
    await clock.advance(3000);
    expect((await fate).id).to.equal('#1');
    expect(server.stored).to.have.length(1);
    expect(texts(client)).to.deep.equal(['Hi']);
  });

  it('recognises a message that has arrived, even if the server does not give back its id', async () => {
    const { client, clock, server } = await setUp(REPLY);
    server.knowsClients = false;
    server.moods.push('store and die');
    const fate = client.send('Hi');
    await clock.advance(3000);
    expect((await fate).id).to.equal('#1');
    expect(server.stored).to.have.length(1);
    expect(texts(client)).to.deep.equal(['Hi']);
  });

  it('asks the guest where a message may have arrived and must not be sent twice', async () => {
    const traits: CodecTraits = { ...REPLY, resend: 'ask', resume: 'none' };
    const { client, clock, server } = await setUp(traits);
    server.moods.push('store and die');
    let reason: unknown;
    client.send('Hi').catch((error: unknown) => (reason = error));
    await clock.advance(3000);
    expect(client.state.messages[0]).to.include({ delivery: 'failed' });
    expect(reason).to.include({ code: 'unconfirmed' });
    expect(server.stored).to.have.length(1);
    client.retry(client.state.messages[0]!.clientId!);
    await clock.settle();
    expect(client.state.messages[0]).to.include({ delivery: 'sent' });
  });

  it('waits where the server asks for it, and fails what is refused', async () => {
    const { client, clock, server } = await setUp(REPLY);
    server.moods.push('later', 'refuse');
    const fates = ['one', 'two'].map((text) => client.send(text).catch((error: Error) => error.message));
    await clock.settle();
    expect(server.stored).to.have.length(0);
    await clock.advance(1000);
    expect(await fates[0]).to.equal('not that');
    expect(server.stored.map(({ body }) => body)).to.deep.equal(['two']);
    expect(client.state.messages.map(({ delivery }) => delivery)).to.deep.equal(['sent', 'failed']);
  });

  it('numbers everything anew where the history contradicts what was told', async () => {
    const { client, clock, server } = await setUp({ ...REPLY, resume: 'history' });
    server.says('one');
    server.says('three');
    await clock.settle();
    server.stored.splice(1, 0, { id: '#two', from: 'ai', body: 'two' });
    server.cut();
    await clock.advance(2000);
    expect(texts(client)).to.deep.equal(['one', 'two', 'three']);
  });

  it('sends again in order what the history has not shown, and what was written since behind it', async () => {
    const { client, clock, server } = await setUp({ ...REPLY, ack: 'event' });
    server.moods.push('stall', 'stall', 'stall');
    const lost = client.send('one');
    await clock.settle();
    server.cut();
    const written = client.send('two');
    await clock.advance(2000);
    const { epoch } = client.state;
    // The first attempt never arrives; the others are both under way before either is confirmed.
    for (const confirm of server.stalled.slice(1)) confirm();
    await clock.settle();
    await Promise.all([lost, written]);
    expect(server.stored.map(({ body }) => body)).to.deep.equal(['one', 'two']);
    expect(client.state.messages.map(({ text, seq }) => [text, seq])).to.deep.equal([
      ['one', 1],
      ['two', 2],
    ]);
    expect(client.state.epoch, 'nothing was numbered anew').to.equal(epoch);
  });

  it('recognises by who said what, in order, a history that names nothing', async () => {
    const { client, clock, server } = await setUp({ ...REPLY, resume: 'history', ack: 'handover' });
    server.knowsClients = server.namesMessages = false;
    for (const body of ['Hello', 'again', 'again']) server.says(body);
    void client.send('again');
    await clock.settle();
    server.says('and more');
    await clock.settle();
    const before = texts(client);
    expect(before).to.deep.equal(['Hello', 'again', 'again', 'again', 'and more']);
    const { epoch } = client.state;
    server.cut();
    server.says('again', true);
    await clock.advance(2000);
    expect(texts(client)).to.deep.equal([...before, 'again']);
    server.cut();
    await clock.advance(5000);
    expect(texts(client)).to.deep.equal([...before, 'again']);
    expect(client.state.epoch, 'nothing was numbered anew').to.equal(epoch);
  });

  it('keeps the thread over a reload where the server has no history', async () => {
    const { client, clock, server, open } = await setUp(HANDOVER);
    client.destroy();
    const first = await open({ persistence: 'local' });
    await first.send('Hi');
    server.tell('said', { from: 'ai', body: 'Hello' });
    await clock.advance(1000);
    first.destroy();
    const second = await open({ persistence: 'local' });
    for (let i = 0; i < 50 && second.state.messages.length < 2; i++) await clock.settle();
    await clock.settle();
    expect(second.state.connection.status).to.equal('online');
    expect(texts(second)).to.deep.equal(['Hi', 'Hello']);
    server.tell('said', { from: 'ai', body: 'still there?' });
    await clock.settle();
    expect(texts(second)).to.deep.equal(['Hi', 'Hello', 'still there?']);
  });
});
