import { expect, waitUntil } from '@open-wc/testing';
import { BackendError } from '../../src/backends/backend.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatClientOptions } from '../../src/conversation/client-options.js';
import type { ChatNotifications } from '../../src/conversation/notifications.js';
import { SendError } from '../../src/conversation/send-error.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { readCloseCode } from '../../src/transports/close-codes.js';
import { FakeTransport, FakeWake, fakeBackend } from '../connection/fake-line.js';

const SENT_AT = '2026-11-21T10:00:00.000Z';
const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const clients: ChatClient[] = [];

const setUp = (options: Partial<ChatClientOptions> = {}) => {
  const clock = new ManualClock({ date: SENT_AT });
  const transport = new FakeTransport();
  const wake = new FakeWake();
  const client = new ChatClient({
    backend: fakeBackend(transport),
    namespace: crypto.randomUUID(),
    persistence: 'none',
    tabs: false,
    clock,
    wake,
    ...options,
  });
  clients.push(client);
  const told: string[] = [];
  const tell = <K extends keyof ChatNotifications>(
    type: K,
    word: (detail: ChatNotifications[K]) => string,
  ): unknown => client.on(type, (detail) => told.push(`${type} ${word(detail)}`));
  tell('message', ({ message, direction }) => `${direction} ${message.text}`);
  tell('delivery', ({ state }) => state);
  tell('status', ({ status }) => status);
  tell('answering', ({ mode, author }) => `${mode}${author ? ` ${author.name}` : ''}`);
  tell('unread', ({ count }) => String(count));
  tell('error', ({ code }) => code);
  const greet = async (welcome: object = {}, messages: object[] = []): Promise<void> => {
    await clock.settle();
    transport.last.opens();
    await clock.settle();
    transport.last.greets(welcome);
    transport.last.tells('history', { messages, hasMore: false });
    await clock.settle();
  };
  const online = async (): Promise<void> => {
    client.connect();
    await greet();
  };
  const sent = (event: string): Record<string, unknown>[] =>
    transport.attempts.flatMap(({ sent: frames }) =>
      frames.filter((frame) => frame.event === event).map(({ data }) => data as Record<string, unknown>),
    );
  const said = (seq: number, text: string, more: object = {}): void =>
    transport.last.tells('message', {
      message: { id: `m${seq}`, seq, role: 'ai', text, sentAt: SENT_AT, ...more },
    });
  const acks = (index: number, seq: number): void =>
    transport.last.tells('ack', {
      clientId: sent('send')[index]!['clientId'],
      id: `s${seq}`,
      seq,
      sentAt: SENT_AT,
    });
  const texts = (): string[] => client.state.messages.map(({ text }) => text);
  return { clock, transport, wake, client, told, greet, online, sent, said, acks, texts };
};

afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

describe('ChatClient', () => {
  it('tells what the guest makes of a message, at once or with the next line', async () => {
    const { client, online, sent, said, clock, transport, greet } = setUp();
    await online();
    said(1, 'Yes');
    client.react('m1', '👍');
    await clock.settle();
    expect(client.state.messages[0]!.reaction).to.equal('👍');
    expect(sent('react')).to.deep.equal([{ messageId: 'm1', emoji: '👍', active: true }]);
    transport.last.dies();
    client.react('m1', '👍', false);
    expect(client.state.messages[0]!.reaction).to.equal(undefined);
    client.connect();
    await greet();
    expect(sent('react').at(-1)).to.deep.equal({ messageId: 'm1', emoji: '👍', active: false });
  });

  it('makes no connection before it is used', async () => {
    const { clock, transport, client } = setUp();
    await client.start();
    await clock.advance(60_000);
    expect(transport.attempts).to.have.length(0);
    expect(client.state.connection.status).to.equal('idle');
  });

  it('says hello with what is known', async () => {
    const page = { url: `https://shop.example/?${'x'.repeat(3000)}`, title: 'Tents', referrer: '' };
    const { online, sent } = setUp({
      guestId: 'g7',
      locale: 'de',
      page: () => page,
      getToken: () => 'secret',
    });
    await online();
    expect(sent('hello')).to.deep.equal([
      {
        protocol: 1,
        guestId: 'g7',
        token: 'secret',
        locale: 'de',
        page: { ...page, url: page.url.slice(0, 2048) },
      },
    ]);
  });

  it('shows the echo at once, sends one frame with a UUID and resolves with the ack', async () => {
    const { clock, client, told, online, sent, acks, texts } = setUp();
    await online();
    const promise = client.send('Is it in stock?');
    expect(texts()).to.deep.equal(['Is it in stock?']);
    expect(client.state.messages[0]).to.include({ delivery: 'queued', sentAt: SENT_AT });
    await clock.settle();
    expect(sent('send')).to.have.length(1);
    expect(sent('send')[0]).to.have.all.keys('clientId', 'text');
    expect(sent('send')[0]!['clientId']).to.match(UUID);
    acks(0, 1);
    expect(await promise).to.include({
      id: 's1',
      seq: 1,
      delivery: 'sent',
      clientId: sent('send')[0]!['clientId'],
    });
    expect(told.filter((word) => !/^(status|answering)/.test(word))).to.deep.equal([
      'delivery queued',
      'message out Is it in stock?',
      'delivery sending',
      'delivery sent',
    ]);
  });

  it('keeps what is written before there is a line, and sends it after the history', async () => {
    const { clock, transport, client, sent } = setUp();
    void client.send('first');
    void client.send('second');
    await clock.settle();
    transport.last.opens();
    await clock.settle();
    transport.last.greets();
    await clock.settle();
    expect(sent('send')).to.deep.equal([]);
    transport.last.tells('history', { messages: [], hasMore: false });
    await clock.settle();
    expect(sent('send').map(({ text }) => text)).to.deep.equal(['first', 'second']);
  });

  it('refuses locally what is empty or too long, and never sends it', async () => {
    const { client, online, sent } = setUp();
    await online();
    for (const [text, code] of [
      ['  \n', 'empty'],
      ['x'.repeat(4001), 'too-long'],
    ] as const) {
      const error = await client.send(text).catch((reason: unknown) => reason);
      expect(error).to.be.instanceOf(SendError);
      expect((error as SendError).code).to.equal(code);
    }
    expect(client.state.messages).to.deep.equal([]);
    expect(sent('send')).to.deep.equal([]);
  });

  it('never makes a frame larger than the server takes, whatever it is made of', async () => {
    const { client, online, greet, transport } = setUp();
    await online();
    transport.last.dies();
    client.connect();
    await greet({ limits: { maxTextLength: 100_000, maxFrameBytes: 2048 } });
    const error = await client.send('€'.repeat(1000)).catch((reason: unknown) => reason);
    expect((error as SendError).code).to.equal('too-long');
  });

  it('fails visibly what the server refuses, and sends it again under the same id', async () => {
    const { clock, transport, client, online, sent, acks } = setUp();
    await online();
    const refused = client.send('spam').catch((error: SendError) => error.code);
    await clock.settle();
    const { clientId } = sent('send')[0]!;
    transport.last.tells('nack', { clientId, code: 'forbidden', message: 'no' });
    expect(await refused).to.equal('forbidden');
    expect(client.state.messages[0]).to.deep.include({
      delivery: 'failed',
      failure: { code: 'forbidden', message: 'no' },
    });
    client.retry(clientId as string);
    await clock.settle();
    expect(client.state.messages[0]!.delivery).to.equal('sending');
    expect(sent('send').map((frame) => frame['clientId'])).to.deep.equal([clientId, clientId]);
    acks(1, 1);
    expect(client.state.messages[0]!.delivery).to.equal('sent');
  });

  it('deletes what failed, and tells its sender', async () => {
    const { clock, client } = setUp();
    const fate = client.send('never mind').catch((error: SendError) => error.code);
    await clock.settle();
    client.remove(client.state.messages[0]!.id);
    expect(await fate).to.equal('cancelled');
    expect(client.state.messages).to.deep.equal([]);
  });

  it('loses nothing and doubles nothing when the line breaks before the ack', async () => {
    const { clock, transport, client, online, greet, sent, texts } = setUp();
    await online();
    void client.send('one');
    void client.send('two');
    await clock.settle();
    const [one] = sent('send');
    transport.last.dies();
    expect(client.state.messages.map(({ delivery }) => delivery)).to.deep.equal(['queued', 'queued']);
    await clock.advance(1000);
    // The server has the first one: the history after the cursor shows it.
    await greet({ lastSeq: 1 }, [
      { id: 's1', seq: 1, role: 'guest', text: 'one', sentAt: SENT_AT, clientId: one!['clientId'] },
    ]);
    expect(sent('send').map(({ text }) => text)).to.deep.equal(['one', 'two', 'two']);
    expect(texts()).to.deep.equal(['one', 'two']);
    expect(client.state.messages[0]!.delivery).to.equal('sent');
  });

  it('streams a reply, tells it once when final, and asks again when a piece is missing', async () => {
    const { transport, client, told, online, sent, said, texts } = setUp();
    await online();
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hel' });
    expect(client.state.messages[0]).to.include({
      text: 'Hel',
      streaming: true,
      sentAt: SENT_AT,
      role: 'ai',
    });
    transport.last.tells('delta', { id: 'm1', offset: 5, text: '!' });
    expect(sent('history')).to.deep.equal([{ after: 0, limit: 200 }]);
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hello' });
    transport.last.tells('history', { messages: [], hasMore: false });
    expect(texts()).to.deep.equal(['Hello']);
    said(1, 'Hello!');
    said(1, 'Hello!');
    expect(told.filter((word) => word.startsWith('message'))).to.deep.equal(['message in Hello!']);
  });

  it('ends a stream that falls silent for a minute', async () => {
    const { clock, transport, client, online } = setUp();
    await online();
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hel' });
    await clock.advance(60_000);
    expect(client.state.messages[0]!.streaming).to.equal(undefined);
    expect(client.state.messages[0]!.text).to.equal('Hel');
  });

  it('stops a reply', async () => {
    const { transport, client, online, sent, texts } = setUp();
    await online();
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hel' });
    client.stop('m1');
    transport.last.tells('delta', { id: 'm1', offset: 3, text: 'lo' });
    expect(sent('stop')).to.deep.equal([{ messageId: 'm1' }]);
    expect(texts()).to.deep.equal(['Hel']);
  });

  it('tells typing at most every two seconds, and once when it stops', async () => {
    const { clock, client, online, sent } = setUp();
    await online();
    for (let i = 0; i < 10; i++) {
      client.typing();
      await clock.advance(500);
    }
    await clock.advance(10_000);
    expect(sent('typing').map(({ active }) => active)).to.deep.equal([true, true, true, false]);
  });

  it('ends the typing of others when nobody renews it', async () => {
    const { clock, transport, client, online } = setUp();
    await online();
    transport.last.tells('typing', { author: { id: 'maya', role: 'staff' }, active: true });
    await clock.advance(5999);
    expect(client.state.typing).to.have.length(1);
    await clock.advance(1);
    expect(client.state.typing).to.have.length(0);
  });

  it('connects when the panel is opened, unless the conversation is over', async () => {
    const { clock, transport, client, greet } = setUp();
    client.setOpen(true);
    await greet();
    expect(client.state.connection.status).to.equal('online');
    client.disconnect();
    client.setOpen(false);
    await clock.settle();
    expect(transport.attempts).to.have.length(1);
    client.setOpen(true);
    await greet();
    expect(transport.attempts).to.have.length(2);
    transport.last.dies(readCloseCode(1000, ''));
    client.setOpen(false);
    client.setOpen(true);
    await clock.settle();
    expect(transport.attempts).to.have.length(2);
    void client.send('One more thing');
    await clock.settle();
    expect(transport.attempts).to.have.length(3);
  });

  it('counts as unread what is not on screen, and tells the server what was', async () => {
    const { client, told, wake, online, said, sent } = setUp();
    await online();
    said(1, 'a');
    said(2, 'b');
    client.markRead();
    expect(told.filter((word) => word.startsWith('unread'))).to.deep.equal(['unread 1', 'unread 2']);
    client.setOpen(true);
    wake.visible = false;
    client.markRead();
    expect(sent('read')).to.deep.equal([]);
    wake.visible = true;
    client.markRead();
    client.markRead();
    expect(sent('read')).to.deep.equal([{ upTo: 2 }]);
    expect(told.at(-1)).to.equal('unread 0');
  });

  it('goes to the queue and to a person, and back', async () => {
    const { transport, client, told, online, sent } = setUp();
    await online();
    client.escalate('broken pole');
    expect(sent('escalate')).to.deep.equal([{ reason: 'broken pole' }]);
    transport.last.tells('mode', { mode: 'queued', position: 2, waitSeconds: 180 });
    transport.last.tells('mode', { mode: 'queued', position: 1, waitSeconds: 60 });
    transport.last.tells('joined', { author: { id: 'maya', role: 'staff', name: 'Maya' } });
    transport.last.tells('mode', { mode: 'staff' });
    transport.last.tells('left', { author: { id: 'maya', role: 'staff' } });
    transport.last.tells('mode', { mode: 'ai' });
    expect(told.filter((word) => word.startsWith('answering'))).to.deep.equal([
      'answering queued',
      'answering queued',
      'answering staff Maya',
      'answering staff',
      'answering ai',
    ]);
    client.leaveQueue();
    expect(sent('escalate')[1]).to.deep.equal({ cancel: true });
  });

  it('keeps commands while the line is down and sends each once after the welcome, without typing', async () => {
    const { client, clock, greet, sent } = setUp();
    client.identify({ name: 'Sam' });
    client.typing();
    client.escalate('help');
    await clock.settle();
    await greet();
    expect(sent('identify')).to.deep.equal([{ guest: { name: 'Sam' } }]);
    expect(sent('escalate')).to.deep.equal([{ reason: 'help' }]);
    expect(sent('typing')).to.deep.equal([]);
    expect(sent('hello')[0]!['guest']).to.deep.equal({ name: 'Sam' });
  });

  it('says how many messages went out when it is back after a noticeable loss', async () => {
    const { clock, transport, client, online, greet, acks } = setUp();
    await online();
    transport.last.dies({ reason: 'busy', retry: 'backoff', retryAfter: 5000 });
    void client.send('a');
    void client.send('b');
    await clock.advance(5000);
    await greet();
    expect(client.state.restored).to.equal(undefined);
    acks(0, 1);
    acks(1, 2);
    expect(client.state.restored).to.equal(2);
    await clock.advance(3000);
    expect(client.state.restored).to.equal(undefined);
  });

  it('replaces the thread when the numbering changed, and keeps what waits', async () => {
    const { clock, transport, client, online, greet, said, sent, texts } = setUp();
    await online();
    said(1, 'old');
    transport.last.dies();
    void client.send('mine');
    await clock.advance(1000);
    expect(sent('hello')).to.have.length(1);
    await greet({ epoch: 'e2' }, [{ id: 'n1', seq: 1, role: 'ai', text: 'new', sentAt: SENT_AT }]);
    expect(sent('hello')[1]).to.include({ epoch: 'e1', after: 1, resumeToken: 't1', conversationId: 'c1' });
    expect(texts()).to.deep.equal(['new', 'mine']);
    expect(sent('send')).to.have.length(1);
  });

  it('asks for a new conversation when the old one is gone', async () => {
    const { clock, transport, client, online, greet, said, sent, texts } = setUp({ guestId: 'g1' });
    await online();
    said(1, 'old');
    transport.last.dies(readCloseCode(4404, ''));
    await clock.advance(1000);
    expect(texts()).to.deep.equal(['old']);
    await greet({ conversationId: 'c2', resumed: false, epoch: 'e9' });
    expect(sent('hello')[1]).to.deep.equal({ protocol: 1, guestId: 'g1' });
    expect(texts()).to.deep.equal([]);
    expect(client.state.conversationId).to.equal('c2');
  });

  it('reports a token that cannot be had, and tries again', async () => {
    let calls = 0;
    const getToken = async (): Promise<string> => {
      if (++calls === 1) throw new Error('session over');
      return 'fresh';
    };
    const { clock, client, told, greet, sent } = setUp({ getToken });
    client.connect();
    await clock.settle();
    expect(told).to.include('error token');
    expect(client.state.connection).to.include({ status: 'reconnecting', reason: 'token' });
    await clock.advance(1000);
    await greet();
    expect(sent('hello')[0]!['token']).to.equal('fresh');
  });

  it('tells once that it cannot connect, and again after it could', async () => {
    const { clock, transport, client, told, greet } = setUp();
    const complaints = (): number => told.filter((word) => word === 'error connection').length;
    client.connect();
    for (let i = 0; i < 3; i++) {
      await clock.settle();
      transport.last.fails();
      await clock.advance(10_000);
    }
    expect(complaints()).to.equal(1);
    await greet();
    transport.last.dies();
    expect(complaints()).to.equal(1);
    await clock.advance(10_000);
    transport.last.fails();
    await clock.settle();
    expect(complaints()).to.equal(2);
  });

  it('opens no line after it was destroyed, disconnected or reset', async () => {
    for (const end of ['destroy', 'disconnect', 'reset'] as const) {
      const { clock, transport, client } = setUp();
      client.connect();
      void client[end]();
      await clock.advance(60_000);
      expect(transport.attempts, end).to.have.length(0);
    }
  });

  it('keeps to one line over a reset', async () => {
    const { clock, transport, client, online, greet, acks } = setUp();
    await online();
    await client.reset();
    void client.send('Hello again');
    client.setOpen(true);
    await greet({ conversationId: 'c2' });
    acks(0, 1);
    client.setOpen(false);
    client.setOpen(true);
    await clock.advance(60_000);
    expect(transport.attempts.map(({ closed }) => closed)).to.deep.equal(['reset', false]);
    client.destroy();
    expect(transport.attempts[1]!.closed).to.equal('removed');
  });

  it('never tells another numbering how far the old one was read', async () => {
    const { clock, transport, client, told, online, greet, said, sent } = setUp();
    await online();
    client.setOpen(true);
    for (const seq of [1, 2, 3]) said(seq, `m${seq}`);
    client.markRead();
    transport.last.dies();
    await clock.advance(1000);
    transport.last.opens();
    await clock.settle();
    transport.last.greets({ conversationId: 'c2', epoch: 'e2', resumed: false });
    client.markRead();
    transport.last.tells('history', { messages: [], hasMore: false });
    client.markRead();
    expect(sent('read')).to.deep.equal([{ upTo: 3 }]);
    expect(told.filter((word) => word.startsWith('unread'))).to.deep.equal([
      'unread 1',
      'unread 2',
      'unread 3',
      'unread 0',
    ]);
    client.setOpen(false);
    said(1, 'new');
    expect(told.at(-1)).to.equal('unread 1');
    transport.last.dies();
    client.setOpen(true);
    client.markRead();
    await clock.advance(10_000);
    await greet({ epoch: 'e3' });
    expect(sent('read')).to.have.length(1);
  });

  it('refuses to tell about a guest what no frame can carry', async () => {
    const { client, told, online, sent } = setUp();
    await online();
    client.identify({ custom: { order: 10n } });
    client.identify({ custom: { novel: 'x'.repeat(70_000) } });
    client.identify({ name: 'Sam' });
    expect(told.filter((word) => word === 'error identify')).to.have.length(2);
    expect(sent('identify')).to.deep.equal([{ guest: { name: 'Sam' } }]);
  });

  it('refuses a message that turns out too long for this server', async () => {
    const { clock, client, greet, sent } = setUp();
    const fate = client.send('x'.repeat(3000)).catch((error: SendError) => error.code);
    void client.send('short');
    await clock.settle();
    await greet({ limits: { maxTextLength: 500 } });
    expect(await fate).to.equal('too-long');
    expect(sent('send').map(({ text }) => text)).to.deep.equal(['short']);
    expect(client.state.messages[0]).to.deep.include({ delivery: 'failed' });
  });

  it('lets a reply grow on that was silent for long, or cut', async () => {
    const { clock, transport, client, online, greet } = setUp();
    await online();
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hel' });
    await clock.advance(61_000);
    transport.last.tells('delta', { id: 'm1', offset: 3, text: 'lo' });
    expect(client.state.messages[0]).to.include({ text: 'Hello', streaming: true });
    transport.last.dies({ reason: 'busy', retry: 'backoff', retryAfter: 80_000 });
    await clock.advance(80_000);
    expect(client.state.messages[0]!.streaming).to.equal(true);
    await greet();
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hello wor' });
    expect(client.state.messages[0]!.text).to.equal('Hello wor');
    await clock.advance(60_000);
    expect(client.state.messages[0]!.streaming).to.equal(undefined);
  });

  it('comes online whatever heartbeat and limits a server names', async () => {
    const { clock, client, transport, greet } = setUp();
    client.connect();
    await greet({ heartbeatMs: 1, limits: { maxFrameBytes: 1, maxTextLength: 10 } });
    expect(client.state.connection.status).to.equal('online');
    expect(client.state.limits).to.include({ maxFrameBytes: 1024, maxTextLength: 10 });
    await clock.settle();
    expect(transport.attempts).to.have.length(1);
  });

  it('fails plainly when there is no such backend, and makes it anew on Retry', async () => {
    let tries = 0;
    const { clock, client, told } = setUp({
      backend: () => {
        tries++;
        throw new BackendError('backend-unknown', 'there is no backend named "carrier-pigeon"');
      },
    });
    client.connect();
    await clock.settle();
    expect(client.state.connection).to.deep.equal({ status: 'failed', reason: 'backend-unknown' });
    expect(told).to.include('error backend-unknown');
    client.connect();
    await clock.settle();
    expect(tries).to.equal(2);
  });

  it('survives a listener and a subscriber that throw', async () => {
    const { client, told, online, said, texts } = setUp();
    client.subscribe(() => {
      throw new Error('the page is broken');
    });
    await online();
    said(1, 'still here');
    expect(texts()).to.deep.equal(['still here']);
    expect(told).to.include('error internal');
  });

  it('hands the conversation out', async () => {
    const { client, online, said } = setUp();
    await online();
    said(1, '<b>Hi</b>', { author: { id: 'a', role: 'ai', name: 'Fern' } });
    expect(client.transcript('text')).to.equal(`[${SENT_AT}] Fern: <b>Hi</b>\n`);
    expect(JSON.parse(client.transcript('json'))).to.have.all.keys(
      'conversationId',
      'exportedAt',
      'messages',
    );
    expect(client.transcript('html')).to.contain('&lt;b&gt;Hi&lt;/b&gt;').and.not.to.contain('<b>');
  });

  it('leaves nothing running when it is destroyed', async () => {
    const { clock, client, transport, wake, online } = setUp();
    await online();
    void client.send('waits');
    transport.last.tells('typing', { author: { id: 'maya', role: 'staff' }, active: true });
    transport.last.tells('delta', { id: 'm1', offset: 0, text: 'Hel' });
    client.typing();
    await clock.settle();
    client.destroy();
    expect(transport.last.closed).to.equal('removed');
    expect(wake.listeners).to.equal(0);
    expect(clock.pending).to.equal(0);
  });
});

describe('ChatClient with storage', () => {
  const stored = async (namespace: string): Promise<{ local: boolean; database: boolean }> => ({
    local: localStorage.getItem(`chat-widget ${namespace}`) !== null,
    database: (await indexedDB.databases()).some(({ name }) => name === `chat-widget ${namespace}`),
  });

  it('stores nothing before the first use, resumes after it, and forgets on reset', async () => {
    const namespace = crypto.randomUUID();
    const first = setUp({ persistence: 'local', namespace });
    await first.client.start();
    await first.online();
    first.said(1, 'Hi');
    // A database would be there as soon as somebody had looked for one.
    const early = await indexedDB.databases();
    expect(early.filter(({ name }) => name?.includes(namespace))).to.deep.equal([]);
    expect(await stored(namespace)).to.deep.equal({ local: false, database: false });
    void first.client.send('Hello');
    // IndexedDB is loaded at the first use, and answers in its own time.
    await waitUntil(() => first.sent('send').length === 1);
    expect(await stored(namespace)).to.deep.equal({ local: true, database: true });
    const { guestId } = first.client.state;
    first.client.destroy();

    const second = setUp({ persistence: 'local', namespace });
    await second.client.start();
    expect(second.client.state.guestId).to.equal(guestId);
    // The last visit as it was, before the server has said a word.
    expect(second.texts()).to.deep.equal(['Hi', 'Hello']);
    await second.greet();
    expect(second.texts()).to.deep.equal(['Hello']);
    expect(second.sent('hello')[0]).to.include({ guestId, resumeToken: 't1', conversationId: 'c1' });
    expect(second.sent('hello')[0]).not.to.have.property('after');
    await second.client.reset();
    expect(second.texts()).to.deep.equal([]);
    expect((await stored(namespace)).local).to.equal(false);
    expect(second.client.state.guestId).not.to.equal(guestId);
  });

  it('forgets what was waiting, even while it is being read', async () => {
    const namespace = crypto.randomUUID();
    const first = setUp({ persistence: 'session', namespace });
    void first.client.send('secret of Ann');
    await first.clock.settle();
    first.client.destroy();
    const second = setUp({ persistence: 'session', namespace });
    void second.client.start();
    await second.client.reset();
    await second.clock.advance(60_000);
    expect(second.texts()).to.deep.equal([]);
    expect(second.transport.attempts).to.have.length(0);
  });

  it('keeps the messages of one guest from the next', async () => {
    const namespace = crypto.randomUUID();
    const ann = setUp({ persistence: 'session', namespace, guestId: 'ann' });
    void ann.client.send('secret of Ann');
    await ann.clock.settle();
    ann.client.destroy();
    const bob = setUp({ persistence: 'session', namespace, guestId: 'bob' });
    void bob.client.send('from Bob');
    await bob.clock.settle();
    bob.client.destroy();
    const again = setUp({ persistence: 'session', namespace, guestId: 'bob' });
    await again.client.start();
    await again.greet();
    expect(again.texts()).to.deep.equal(['from Bob']);
    expect(again.sent('hello')[0]!['guestId']).to.equal('bob');
    expect(again.sent('send').map(({ text }) => text)).to.deep.equal(['from Bob']);
  });

  it('resumes a conversation whose name the server changed', async () => {
    const namespace = crypto.randomUUID();
    const first = setUp({ persistence: 'session', namespace, conversationId: 'order-17' });
    await first.online();
    void first.client.send('Hello');
    await first.clock.settle();
    first.acks(0, 1);
    first.client.destroy();
    const second = setUp({ persistence: 'session', namespace, conversationId: 'order-17' });
    await second.client.start();
    await second.greet();
    expect(second.sent('hello')[0]).to.include({ conversationId: 'c1', resumeToken: 't1' });
  });

  it('starts a new conversation when the old one is older than it may be', async () => {
    const namespace = crypto.randomUUID();
    const first = setUp({ persistence: 'session', namespace, resumeHours: 1 });
    await first.online();
    void first.client.send('Hello');
    await first.clock.settle();
    first.acks(0, 1);
    const { guestId } = first.client.state;
    first.client.destroy();
    const clock = new ManualClock({ date: '2026-11-21T11:00:01.000Z' });
    const second = setUp({ persistence: 'session', namespace, resumeHours: 1, clock });
    await second.client.start();
    expect(second.transport.attempts).to.have.length(0);
    expect(second.client.state.guestId).to.equal(guestId);
    expect(second.client.state.conversationId).to.equal(undefined);
  });

  it('goes on in memory when the storage is denied, and says so once', async () => {
    const { setItem } = Storage.prototype;
    const { open } = IDBFactory.prototype;
    const deny = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    Storage.prototype.setItem = deny;
    IDBFactory.prototype.open = deny;
    try {
      const { client, told, online, sent, acks, texts } = setUp({ persistence: 'local' });
      await online();
      const promise = client.send('Hello');
      await waitUntil(() => sent('send').length === 1);
      acks(0, 1);
      expect((await promise).delivery).to.equal('sent');
      expect(texts()).to.deep.equal(['Hello']);
      expect(told.filter((word) => word === 'error storage')).to.have.length(1);
    } finally {
      Storage.prototype.setItem = setItem;
      IDBFactory.prototype.open = open;
    }
  });

  it('tells by diagnose() what was tried and what became of it, also before any use', async () => {
    const { client, clock, transport, online, acks, sent } = setUp();
    const before = await client.diagnose();
    expect(before).to.deep.include({ status: 'idle', provider: null, attempts: [], queued: 0 });
    expect(before.hints[0]).to.match(/^Nothing was tried yet/);

    client.connect();
    await clock.settle();
    transport.last.fails({ reason: 'lost', retry: 'now', code: 1006 });
    await clock.advance(1000);
    await online();
    await clock.advance(90_000);
    void client.send('Hi').catch(() => {});
    await clock.settle();
    expect((await client.diagnose()).queued).to.equal(1);
    expect(sent('send')).to.have.length(1);
    acks(0, 1);
    await clock.advance(1000);
    transport.last.dies({ reason: 'fault', retry: 'backoff', code: 1011, detail: 'out of memory' });
    await clock.settle();

    const after = await client.diagnose();
    expect(after).to.deep.include({ status: 'reconnecting', provider: null, queued: 0, follows: false });
    expect(
      after.attempts.map(({ outcome, code, reason, ended }) => [outcome, code, reason, ended]),
    ).to.deep.equal([
      ['lost', 1006, undefined, undefined],
      ['open', undefined, undefined, undefined],
      ['fault', 1011, 'out of memory', true],
    ]);
    expect(after.traits).to.include({ ack: 'event', greets: true });
    expect(after.skewMs).to.be.below(-90_000);
    expect(after.hints.join()).to.match(/closed with 1011 .*The clocks differ/);
  });
});
