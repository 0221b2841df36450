import { expect } from '@open-wc/testing';
import { httpBackend, type HttpBackendOptions } from '../../../src/backends/http/index.js';
import { BackendError } from '../../../src/backends/backend.js';
import { ChatClient } from '../../../src/conversation/chat-client.js';
import { FakeFetch, type HttpEngine } from '../../../src/testing/bindings/fake-fetch.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';
import { FakeWake } from '../../connection/fake-line.js';

const clients: ChatClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.destroy();
});

const setUp = async (engine: HttpEngine, options: HttpBackendOptions & { url?: string } = {}) => {
  const clock = new ManualClock();
  const wake = new FakeWake();
  const network = new FakeFetch(engine, { clock });
  const backend = httpBackend({
    url: 'https://shop.test/chat',
    clock,
    fetch: network.fetch,
    wake,
    ...options,
  });
  const client = new ChatClient({
    backend,
    namespace: crypto.randomUUID(),
    persistence: 'none',
    tabs: false,
    clock,
    wake,
  });
  clients.push(client);
  const errors: string[] = [];
  client.on('error', ({ code }) => errors.push(code));
  await client.start();
  client.connect();
  // The part that completes a backend, and what brings frames down, are loaded on demand.
  await import('../../../src/conversation/completion.js');
  await Promise.all([import('../../../src/transports/polling.js'), import('../../../src/transports/sse.js')]);
  for (let i = 0; i < 20 && client.state.connection.status === 'connecting'; i++) await clock.settle();
  await clock.settle();
  const ask = async (text: string): Promise<void> => {
    client.send(text).catch(() => {});
    await clock.settle();
  };
  const texts = (): string[] => client.state.messages.map(({ role, text }) => `${role}: ${text}`);
  const bodies = () => network.log.map(({ body }) => JSON.parse(body || '{}') as Record<string, unknown>);
  const typing = (): boolean => client.state.typing.length > 0;
  return { clock, wake, network, client, errors, ask, texts, bodies, typing };
};

/** An answer that is written as the test goes. */
const streamed = () => {
  const writers: ReadableStreamDefaultController<Uint8Array>[] = [];
  const engine: HttpEngine = () => {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void writers.push(controller) });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  };
  const write = (text: string | Uint8Array, which = -1): void =>
    writers.at(which)!.enqueue(typeof text === 'string' ? new TextEncoder().encode(text) : text);
  return { engine, write, end: (which = -1) => writers.at(which)!.close() };
};
const piece = (content: string | null, finish?: string): string =>
  `data: ${JSON.stringify({ id: 'c1', choices: [{ index: 0, delta: { content }, finish_reason: finish ?? null }] })}\n\n`;

describe('httpBackend', () => {
  it('takes the question, given back alone, for a confirmation: the answer comes another way', async () => {
    const { client, ask, errors } = await setUp(async (request) => {
      const { message, client_id } = (await request.json()) as Record<string, string>;
      return Response.json({ message: { id: 'm1', role: 'guest', text: message, client_id } });
    });
    await ask('Hi');
    expect(client.state.messages.map(({ id, delivery }) => [id, delivery])).to.deep.equal([['m1', 'sent']]);
    expect(errors).to.deep.equal([]);
  });

  it('posts a question, and shows what the answer says', async () => {
    const { client, ask, texts, bodies, network } = await setUp(() =>
      Response.json({ reply: 'Hello *you*' }),
    );
    expect(client.state.connection.status).to.equal('online');
    expect(client.state.features).to.deep.equal(['stop']);
    await ask('Hi');
    expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hello *you*']);
    expect(client.state.messages.map(({ delivery }) => delivery)).to.deep.equal(['sent', undefined]);
    expect(client.state.messages[1]).to.include({ format: 'markdown' });
    const [first] = client.state.messages;
    const [{ session_id, ...body }] = bodies() as [Record<string, unknown>];
    expect(body).to.deep.equal({ message: 'Hi', client_id: first!.clientId, guest_id: session_id });
    expect(session_id).to.be.a('string').with.length.above(0);
    expect(network.log[0]).to.include({ method: 'POST', url: 'https://shop.test/chat' });
  });

  it('speaks with the names of the server', async () => {
    const { ask, texts, bodies, network } = await setUp(() => Response.json({ out: { say: 'Hello' } }), {
      url: 'https://shop.test/%7BguestId%7D/chat',
      fields: { text: 'q', sessionId: 'sessionId', guestId: false, clientId: false },
      body: { sender: 'customer' },
      headers: { 'x-shop': '7' },
      answer: ['nothing', 'out.say'],
    });
    await ask('Hi');
    expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hello']);
    const [, guest] = /test\/([^/]+)\/chat$/.exec(network.log[0]!.url)!;
    expect(bodies()).to.deep.equal([{ q: 'Hi', sessionId: guest, sender: 'customer' }]);
    expect(network.log[0]!.headers).to.include({ 'x-shop': '7' });
  });

  for (const [what, answer, expected] of [
    ['a text', '"Hello"', ['Hello']],
    [
      'a message in an envelope',
      '{"data":{"message":{"id":4,"role":"assistant","content":"Hello"}}}',
      ['Hello'],
    ],
    ['a list of messages', '{"messages":[{"text":"One"},{"text":"Two"}]}', ['One', 'Two']],
    [
      'the question beside the answer',
      '{"message":{"id":1,"role":"user","body":"Hi"},"reply":{"id":2,"body":"Yes"}}',
      ['Yes'],
    ],
    ['a chat completion', '{"choices":[{"message":{"content":"Hello"},"finish_reason":"stop"}]}', ['Hello']],
    [
      'content in parts',
      '{"id":"m","role":"assistant","content":[{"type":"text","text":"Hel"},{"text":"lo"}]}',
      ['Hello'],
    ],
    ['nothing at all', '{}', []],
  ] as const) {
    it(`understands ${what}`, async () => {
      const { ask, client, errors } = await setUp(() => new Response(answer));
      await ask('Hi');
      expect(client.state.messages.slice(1).map(({ text }) => text)).to.deep.equal(expected);
      expect(client.state.messages[0]).to.include({ delivery: 'sent' });
      expect(errors).to.deep.equal([]);
    });
  }

  it('understands plain text, and says what it does not understand', async () => {
    const headers = { 'content-type': 'text/plain' };
    const plain = await setUp(() => new Response('Hello', { headers }));
    await plain.ask('Hi');
    expect(plain.texts()).to.deep.equal(['guest: Hi', 'ai: Hello']);
    const other = await setUp(() => Response.json({ verdict: 'Hello' }));
    await other.ask('Hi');
    expect(other.errors).to.deep.equal(['bad-frame']);
    expect(other.client.state.messages[0]).to.include({ delivery: 'sent' });
  });

  it('takes the id that the server gives a question', async () => {
    const answer = { message: { id: 41, role: 'user', text: 'Hi' } };
    const { ask, client } = await setUp(() => Response.json(answer));
    await ask('Hi');
    expect(client.state.messages.map(({ id }) => id)).to.deep.equal(['41']);
  });

  it('says that an answer is awaited, when it takes longer than a moment', async () => {
    let answer!: (response: Response) => void;
    const { ask, typing, clock } = await setUp(() => new Promise((resolve) => (answer = resolve)));
    await ask('Hi');
    expect(typing()).to.equal(false);
    await clock.advance(500);
    expect(typing()).to.equal(true);
    answer(Response.json({ reply: 'Hello' }));
    await clock.settle();
    expect(typing()).to.equal(false);
  });

  it('sends again what the server failed on, under the same id', async () => {
    let fails = 2;
    const { ask, bodies, texts, clock, typing } = await setUp(() =>
      fails-- > 0 ? new Response('', { status: 500 }) : Response.json({ reply: 'Hello' }),
    );
    await ask('Hi');
    await clock.advance(10_000);
    expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hello']);
    expect(new Set(bodies().map((body) => body['client_id']))).to.have.property('size', 1);
    expect(bodies()).to.have.length(3);
    expect(typing()).to.equal(false);
  });

  it('asks the guest where the server would take a question twice', async () => {
    const { ask, client, network } = await setUp(() => Response.json({ reply: 'Hello' }), { resend: 'ask' });
    network.lose();
    await ask('Hi');
    expect(client.state.messages[0]).to.include({ delivery: 'failed' });
  });

  it('takes web addresses only', () => {
    expect(() => httpBackend({ url: 'wss://shop.test' })).to.throw(BackendError);
  });

  describe('with an answer that is streamed', () => {
    it('shows it as it grows, and keeps it as one message', async () => {
      const { engine, write, end } = streamed();
      const { ask, client, clock, texts, bodies } = await setUp(engine, {
        url: 'https://llm.test/v1/chat/completions',
        system: 'Be brief.',
        model: 'm',
      });
      await ask('Hi');
      expect(client.state.messages[0]).to.include({ delivery: 'sent' });
      write(piece('Hel'));
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hel']);
      expect(client.state.messages[1]).to.include({ streaming: true });
      const growing = client.state.messages[1]!.id;
      write(`${piece('lo')}${piece(null, 'stop')}data: [DONE]\n\n`);
      end();
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hello']);
      const [, answer] = client.state.messages;
      expect(answer).to.include({ id: growing, seq: 2, format: 'markdown' });
      expect(answer!.streaming).to.not.equal(true);
      await ask('And?');
      expect(bodies()[1]).to.deep.equal({
        model: 'm',
        stream: true,
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi' },
          { role: 'assistant', content: 'Hello' },
          { role: 'user', content: 'And?' },
        ],
      });
    });

    it('bears what servers in the field make of it', async () => {
      const { engine, write, end } = streamed();
      const { ask, clock, texts, errors } = await setUp(engine);
      await ask('Hi');
      write(': keep-alive\n\ndata: {"choices":[{"delta":{"role":"assistant","content":""}}]}\n\n');
      write('data: {"choices":[]}\n\ndata: {"choices":null}\n\ndata: {"usage":{}}\n\n');
      write('data: {"choices":[{"delta":{"content":null,"reasoning_content":"hm","tool_calls":[]}}]}\n\n');
      const bytes = new TextEncoder().encode(piece('Zażółć 🐢'));
      write(bytes.slice(0, 60));
      await clock.settle();
      for (const byte of bytes.slice(60)) write(Uint8Array.of(byte));
      await clock.settle();
      end();
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Zażółć 🐢']);
      expect(errors).to.deep.equal([]);
    });

    for (const [what, stream, expected] of [
      [
        'texts',
        'data: Hel\n\ndata: lo 4\n\ndata: 2\n\ndata: \ndata: \n\nevent: done\ndata: {}\n\n',
        'Hello 42\n',
      ],
      ['texts as JSON', 'data: "Hel"\n\ndata: "lo\\n"\n\ndata: [DONE]\n\n', 'Hello\n'],
      ['objects with a token', 'event: token\ndata: {"token":"Hel"}\n\ndata: {"token":"lo"}\n\n', 'Hello'],
      [
        'objects with a text',
        'data: {"text":"Hel"}\n\nevent: ping\ndata: {"text":"x"}\n\ndata: {"content":"lo"}\n\n',
        'Hello',
      ],
      [
        'blocks of content',
        'event: message_start\ndata: {"type":"message_start","message":{"content":[]}}\n\n' +
          'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"type":"text_delta","text":"Hello"}}\n\n',
        'Hello',
      ],
    ] as const) {
      it(`understands ${what}`, async () => {
        const { engine, write, end } = streamed();
        const { ask, clock, texts } = await setUp(engine);
        await ask('Hi');
        write(stream);
        end();
        await clock.settle();
        expect(texts()).to.deep.equal(['guest: Hi', `ai: ${expected}`]);
      });
    }

    it('understands lines of JSON', async () => {
      const lines = '{"message":{"content":"Hel"}}\n{"message":{"content":"lo"}}\n{"done":true}';
      const headers = { 'content-type': 'application/x-ndjson' };
      const { ask, clock, texts } = await setUp(() => new Response(lines, { headers }));
      await ask('Hi');
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hello']);
    });

    it('says why an answer is not complete', async () => {
      const { engine, write, end } = streamed();
      const { ask, clock, client } = await setUp(engine);
      await ask('Hi');
      write(piece('Hel') + piece('lo', 'length'));
      end();
      await clock.settle();
      expect(client.state.messages[1]!.meta).to.deep.equal({ finish: 'length' });
    });

    it('keeps what has come when the server fails in the middle', async () => {
      const { engine, write } = streamed();
      const { ask, clock, texts, errors, client, network } = await setUp(engine);
      await ask('Hi');
      write(
        `${piece('Hel')}data: {"error":{"message":"overloaded","type":"server_error"}}\n\n${piece('lo')}`,
      );
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hel']);
      expect(errors).to.deep.equal(['server_error']);
      await ask('Again');
      write(piece('Wor'));
      await clock.settle();
      network.drop();
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hel', 'guest: Again', 'ai: Wor']);
      expect(client.state.messages.every(({ seq, streaming }) => seq && !streaming)).to.equal(true);
      expect(errors).to.deep.equal(['server_error', 'interrupted']);
    });

    it('says so when nothing came', async () => {
      const { engine, end } = streamed();
      const { ask, clock, errors, texts } = await setUp(engine);
      await ask('Hi');
      end();
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: Hi']);
      expect(errors).to.deep.equal(['no-answer']);
    });

    it('stops when the guest wants it, and keeps what has come', async () => {
      const { engine, write } = streamed();
      const { ask, clock, client, texts, network, errors } = await setUp(engine);
      await ask('Hi');
      write(piece('Hel'));
      await clock.settle();
      client.stop(client.state.messages[1]!.id);
      await clock.settle();
      expect(network.underWay).to.equal(0);
      expect(network.log[0]).to.include({ outcome: 'aborted' });
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hel']);
      expect(client.state.messages[1]).to.include({ seq: 2 });
      expect(errors).to.deep.equal([]);
    });

    it('keeps two answers apart that grow at the same time', async () => {
      const { engine, write, end } = streamed();
      const { ask, clock, texts } = await setUp(engine);
      await ask('One');
      write(piece('1a'));
      await ask('Two');
      write(piece('2a'));
      write(piece('1b'), 0);
      await clock.settle();
      end(0);
      write(piece('2b'));
      end();
      await clock.settle();
      expect(texts()).to.deep.equal(['guest: One', 'guest: Two', 'ai: 1a1b', 'ai: 2a2b']);
    });

    it('keeps what has come when the line is closed under it', async () => {
      const { engine, write } = streamed();
      const { ask, clock, wake, client, texts, errors } = await setUp(engine);
      await ask('Hi');
      write(piece('Hel'));
      await clock.settle();
      wake.tell('offline');
      await clock.settle();
      wake.tell('online');
      await clock.advance(5000);
      expect(client.state.connection.status).to.equal('online');
      expect(texts()).to.deep.equal(['guest: Hi', 'ai: Hel']);
      expect(client.state.messages[1]).to.include({ seq: 2 });
      expect(errors).to.deep.equal(['connection', 'interrupted']);
    });
  });

  describe('with more routes', () => {
    const stored = [
      { id: 1, role: 'user', text: 'Before', sent_at: '2026-01-05T08:00:00Z' },
      { id: 2, role: 'bot', text: 'Yes' },
    ];
    const shop: HttpEngine = async (request) => {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname === '/chat') {
        const { message, client_id } = (await request.json()) as { message: string; client_id: string };
        stored.push({ id: stored.length + 1, role: 'user', text: message, client_id } as never);
        return Response.json({});
      }
      const after = Number(searchParams.get('after') ?? 0);
      return Response.json({ messages: stored.filter(({ id }) => id > after), has_more: false });
    };

    it('brings the history, and what is new by polling, each once', async () => {
      const { ask, clock, texts, network } = await setUp(shop, {
        routes: { history: { path: '/all' }, poll: { path: '/new' } },
      });
      expect(texts()).to.deep.equal(['guest: Before', 'ai: Yes']);
      await ask('Hi');
      stored.push({ id: stored.length + 1, role: 'agent', text: 'Maya here' });
      await clock.advance(2000);
      await clock.advance(2000);
      expect(texts()).to.deep.equal(['guest: Before', 'ai: Yes', 'guest: Hi', 'staff: Maya here']);
      const paths = network.log.map(({ url }) => new URL(url).pathname);
      expect(new Set(paths)).to.deep.equal(new Set(['/new', '/all', '/chat']));
    });

    it('tells that the guest is typing, and does not mind a server without that', async () => {
      const { client, clock, network } = await setUp(() => new Response('', { status: 404 }), {
        routes: { typing: { path: '/typing/{guestId}' } },
      });
      expect(client.state.features).to.deep.equal(['typing', 'stop']);
      client.typing();
      await clock.settle();
      expect(network.log[0]!.body).to.contain('"active":true');
      expect(client.state.connection.status).to.equal('online');
    });

    it('brings what is new as server-sent events', async () => {
      const { engine, write } = streamed();
      const { texts, clock, network } = await setUp(engine, { routes: { events: { path: '/events' } } });
      expect(network.log[0]).to.include({ method: 'GET', url: 'https://shop.test/events' });
      write('data: {"id":5,"role":"agent","text":"Maya here"}\n\n');
      await clock.settle();
      expect(texts()).to.deep.equal(['staff: Maya here']);
    });
  });
});
