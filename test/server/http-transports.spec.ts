import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { httpBackend, type HttpBackendOptions } from '../../src/backends/http/index.js';
import type { Clock } from '../../src/platform/clock.js';
import { systemClock } from '../../src/platform/clock.js';
import type { Frame } from '../../src/protocol/frame.js';
import type { LooseEvent } from '../../src/protocol/loose-event.js';
import type { Session } from '../../src/protocol/session.js';
import { pollingTransport } from '../../src/transports/polling.js';
import { sseTransport } from '../../src/transports/sse.js';
import { RefusedError, type Link, type LinkClose, type Transport } from '../../src/transports/transport.js';
import { HttpChatServer } from '../e2e/support/http-chat-server.js';

const SESSION: Session = { guestId: 'g1', token: 'secret' };

/** Time that is real, but passes a hundred times as fast where something waits. */
const quick: Clock = { ...systemClock, setTimeout: (fn, ms) => systemClock.setTimeout(fn, ms / 100) };

describe('HTTP wires on a real server', { timeout: 20_000 }, () => {
  let server: HttpChatServer;
  let url: string;
  let link: Link | undefined;
  let frames: Frame[];
  let closes: LinkClose[];
  let heard: (() => void)[];

  beforeEach(async () => {
    server = new HttpChatServer();
    url = await server.start();
    [frames, closes, heard, link] = [[], [], [], undefined];
  });
  afterEach(async () => {
    link?.close();
    await server.stop();
  });

  const open = async (transport: Transport): Promise<Link> => {
    const look = (): void => heard.splice(0).forEach((each) => each());
    link = await transport.open(
      SESSION,
      {
        onFrame: (frame) => {
          frames.push(frame);
          look();
        },
        onFault: () => {},
        onClose: (close) => {
          closes.push(close);
          look();
        },
      },
      new AbortController().signal,
    );
    return link;
  };
  const until = async (holds: () => boolean): Promise<void> => {
    while (!holds()) await new Promise<void>((resolve) => heard.push(resolve));
  };

  describe('questions', () => {
    const begin = async (path: string, options: HttpBackendOptions = {}) => {
      const { transport, codec } = httpBackend({ url: `${url}${path}`, clock: quick, ...options });
      const opened = await open(transport);
      const ask = (text: string, clientId = text) =>
        opened
          .send(codec.encode({ type: 'send', clientId, text }, SESSION)!)
          .catch((error: unknown) => error);
      /** What the frames mean that have come, and a reply. */
      const means = (...replies: unknown[]): LooseEvent[] =>
        [...frames.splice(0), ...(replies as Frame[])].flatMap((frame) => [...codec.decode(frame)]);
      return { ask, means };
    };
    const messages = (events: readonly LooseEvent[]): string[] =>
      events.flatMap((event) => (event.type === 'message' ? [event.message.text] : []));

    it('are answered in JSON, with the token in the headers alone', async () => {
      const { ask, means } = await begin('/chat');
      assert.deepEqual(messages(means(await ask('Hi'))), ['re Hi']);
      const [{ headers, body, path }] = server.arrived as [(typeof server.arrived)[0]];
      assert.equal(headers.authorization, 'Bearer secret');
      assert.equal(headers.accept?.startsWith('application/json'), true);
      assert.ok(!`${path}${body}`.includes('secret'));
    });

    it('are stored once, though the server failed after storing', async () => {
      const { ask, means } = await begin('/chat');
      server.fail('/chat', 'stored-500');
      const refusal = (await ask('Hi', 'a')) as RefusedError;
      assert.ok(refusal instanceof RefusedError);
      assert.equal(refusal.code, 'internal');
      assert.ok(refusal.retryAfterMs! >= 1000 && refusal.retryAfterMs! <= 2000);
      assert.deepEqual(messages(means(await ask('Hi', 'a'))), ['re Hi']);
      assert.equal(server.stored.length, 1);
    });

    it('are stored once, though the answer was cut off', async () => {
      const { ask, means } = await begin('/chat');
      server.fail('/chat', 'cut');
      assert.equal(((await ask('Hi', 'a')) as RefusedError).code, 'internal');
      assert.deepEqual(messages(means(await ask('Hi', 'a'))), ['re Hi']);
      assert.equal(server.stored.length, 1);
    });

    it('are refused as the server says', async () => {
      const { ask } = await begin('/chat');
      server.fail('/chat', '419', '429', 'html', 'stall');
      const csrf = (await ask('1')) as RefusedError;
      assert.deepEqual([csrf.code, csrf.retryAfterMs], ['forbidden', undefined]);
      assert.match(csrf.message, /CSRF/);
      const busy = (await ask('2')) as RefusedError;
      assert.deepEqual([busy.code, busy.retryAfterMs], ['rate-limited', 2000]);
      assert.equal(((await ask('3')) as RefusedError).code, 'internal');
      const late = (await ask('4')) as RefusedError;
      assert.deepEqual([late.code, late.message], ['internal', 'no answer within 60000 ms']);
      assert.deepEqual(server.stored, []);
      assert.deepEqual(closes, []);
    });

    it('end the line when the token is not valid', async () => {
      const { ask } = await begin('/chat');
      server.fail('/chat', '401');
      assert.ok((await ask('Hi')) instanceof Error);
      assert.deepEqual(
        closes.map(({ reason, retry }) => [reason, retry]),
        [['unauthorized', 'now']],
      );
    });

    it('are answered in pieces, also where a character is cut in two', async () => {
      const { ask, means } = await begin('/v1/chat/completions');
      assert.equal(await ask('Hi'), undefined);
      await until(() => frames.some(({ event }) => event === 'send:end'));
      const events = means();
      const deltas = events.flatMap((event) => (event.type === 'delta' ? [event.text] : []));
      assert.deepEqual(deltas, ['Za', 'żółć ', '🐢', ' end']);
      assert.deepEqual(messages(events), ['Zażółć 🐢 end']);
      assert.equal(
        events.some(({ type }) => type === 'error'),
        false,
      );
    });

    it('keep what has come of an answer that is cut', async () => {
      const { ask, means } = await begin('/v1/chat/completions');
      server.fail('/v1/chat/completions', 'cut');
      await ask('Hi');
      await until(() => frames.some(({ event }) => event === 'send:end'));
      const events = means();
      assert.deepEqual(messages(events), ['Za']);
      assert.deepEqual(
        events.flatMap((event) => (event.type === 'error' ? [event.code] : [])),
        ['interrupted'],
      );
    });

    it('are answered at once by a proxy that does not stream', async () => {
      const { ask, means } = await begin('/v1/chat/completions', { body: { stream: false } });
      assert.deepEqual(messages(means(await ask('Hi'))), ['Zażółć 🐢 end']);
    });

    it('are given up with the line', async () => {
      const { ask } = await begin('/chat');
      server.fail('/chat', 'stall');
      const asking = ask('Hi');
      await server.until(() => server.arrived.length === 1);
      link!.close();
      assert.ok((await asking) instanceof Error);
      await server.until(() => server.givenUp === 1);
    });
  });

  describe('polling', () => {
    const polling = (): Transport => pollingTransport({ url, route: { path: '/messages' }, clock: quick });
    const say = (text: string): void =>
      void server.stored.push({ id: server.stored.length + 1, role: 'assistant', text });

    it('brings what is new, and nothing when nothing is', async () => {
      say('One');
      await open(polling());
      await server.until(() => server.arrived.length >= 4);
      say('Two');
      await until(() => frames.some(({ data }) => JSON.stringify(data).includes('Two')));
      const pages = frames.map(({ data }) =>
        (data as { messages: { text: string }[] }).messages.map(({ text }) => text),
      );
      // The first page, the empty one after it, which was fetched once, and the news.
      assert.deepEqual(pages.slice(0, 3), [['One'], [], ['Two']]);
    });

    it('obeys, and lives through single failures', async () => {
      await open(polling());
      server.fail('/messages', '429', 'html');
      await server.until(() => server.arrived.length >= 5);
      assert.deepEqual(closes, []);
    });

    it('is lost when the server is gone', async () => {
      const polled = await open(polling());
      await server.stop();
      polled.probe();
      await until(() => closes.length > 0);
      assert.deepEqual([closes[0]!.reason, closes[0]!.retry], ['lost', 'backoff']);
      await server.start();
    });
  });

  describe('server-sent events', () => {
    const sse = sseFor(() => url);

    it('come as they are told, and go on after the last', async () => {
      const transport = sse();
      await open(transport);
      await server.until(() => server.arrived.length === 1);
      server.tell('id: 4\nevent: said\ndata: {"text":"żółć"}\n\n');
      await until(() => frames.length === 1);
      assert.deepEqual(frames, [{ event: 'said', data: { text: 'żółć' } }]);
      server.hangUp(true);
      await until(() => closes.length === 1);
      assert.deepEqual([closes[0]!.reason, closes[0]!.retry], ['lost', 'backoff']);
      await open(transport);
      await server.until(() => server.arrived.length === 2);
      assert.equal(server.arrived[1]!.headers['last-event-id'], '4');
    });

    it('end where the server wants it', async () => {
      await open(sse());
      server.tell('retry: 3000\n\n');
      server.hangUp();
      await until(() => closes.length === 1);
      assert.deepEqual([closes[0]!.reason, closes[0]!.retryAfter], ['lost', 3000]);
      server.fail('/events', '204', 'html');
      await assert.rejects(open(sse()), ({ close }: { close: LinkClose }) => close.reason === 'ended');
      await assert.rejects(open(sse()), ({ close }: { close: LinkClose }) => close.reason === 'fault');
    });
  });
});

function sseFor(url: () => string): () => Transport {
  return () => sseTransport({ url: url(), route: { path: '/events' } });
}
