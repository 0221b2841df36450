import { expect } from '@open-wc/testing';
import { BackendError } from '../../src/backends/backend.js';
import { setUp, type Setup } from '../../src/backends/setup.js';
import { ManualClock } from '../../src/testing/index.js';

const complaint = async (setup: Setup): Promise<BackendError> => {
  const error = await setUp(setup).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).to.be.instanceOf(BackendError);
  return error as BackendError;
};

const URL = 'https://shop.example';

/** Lets time pass until something is settled that also waits for modules and bodies, which know no manual clock. */
const patiently = async <T>(promise: Promise<T>, clock: ManualClock): Promise<T> => {
  const state = { over: false };
  void promise.finally(() => (state.over = true));
  while (!state.over) await clock.advance(500);
  return promise;
};

describe('setUp', () => {
  it('takes backend, transport and options of a preset', async () => {
    const { backend, options } = await setUp({ preset: 'laravel-livechat', url: URL });
    expect(backend).to.equal('laravel');
    expect(options['transport']).to.deep.equal(['reverb', 'polling']);
    expect(options['channel']).to.equal('conversation.{conversationId}');
    expect(options.url).to.equal(URL);
  });

  it('lets the page change one entry of a table, and every other option', async () => {
    const status = { path: '/status' };
    const { options } = await setUp({
      preset: 'laravel-resume',
      url: URL,
      transport: 'polling',
      backendOptions: { channel: 'mine.{conversationId}', routes: { status } },
    });
    const routes = options['routes'] as Record<string, unknown>;
    expect(routes['status']).to.equal(status);
    expect(routes).to.include.keys('start', 'send', 'history');
    expect(options['channel']).to.equal('mine.{conversationId}');
    expect(options['transport']).to.deep.equal(['polling']);
  });

  it('leaves an injected client as it is', async () => {
    class Echo {
      connector = {};
    }
    const echo = new Echo();
    const { options } = await setUp({
      preset: 'laravel-livechat',
      url: URL,
      backendOptions: { Echo: echo },
    });
    expect(options['Echo']).to.equal(echo);
  });

  it('speaks the other half of a contract where the transport names it', async () => {
    const socket = await setUp({ preset: 'socket-io-shop', url: URL });
    expect([socket.backend, socket.options['transports']]).to.deep.equal([
      'socket-io',
      ['websocket', 'polling'],
    ]);
    const twin = await setUp({ preset: 'socket-io-shop', url: URL, transport: 'http' });
    expect(twin.backend).to.equal('http');
    expect(twin.options['routes']).to.deep.equal({ send: { path: '/api/chat/message' } });
  });

  it('tells in words what is wrong', async () => {
    expect((await complaint({ preset: 'laravel', url: URL })).code).to.equal('preset-unknown');
    expect((await complaint({ preset: 'toString', url: URL })).code).to.equal('preset-unknown');
    const native = await complaint({ transport: 'polling', url: URL });
    expect([native.code, native.message]).to.deep.equal([
      'options-invalid',
      'the native backend has the transport websocket alone',
    ]);
  });

  describe('with a configuration', () => {
    const fetching = (body: unknown, status = 200, asked: string[] = []): typeof fetch =>
      (async (input: string | globalThis.URL | Request) => {
        asked.push(String(input));
        return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status });
      }) as typeof fetch;

    it('reads the shape that Laravel chats have, beside the backend of the preset', async () => {
      const asked: string[] = [];
      const config = {
        realtimeProvider: 'reverb',
        reverb: { enabled: true, key: 'r', host: 'ws.shop.example' },
        pusher: { enabled: true, key: 'p', cluster: 'eu' },
      };
      const { backend, options } = await setUp({
        preset: 'laravel-chatbot',
        url: `${URL}/`,
        fetch: fetching(config, 200, asked),
      });
      expect(asked).to.deep.equal([`${URL}/api/chatbot/config`]);
      expect(backend).to.equal('laravel');
      expect(options['transport']).to.deep.equal(['reverb', 'pusher', 'polling']);
      expect(options['reverb']).to.deep.equal({ key: 'r', host: 'ws.shop.example' });
      expect(options['pusher']).to.deep.equal({ key: 'p', cluster: 'eu' });
    });

    it('reads the options of an Echo', async () => {
      const config = {
        broadcaster: 'reverb',
        key: 'k',
        wsHost: 'h',
        wsPort: 8080,
        wssPort: 443,
        forceTLS: false,
      };
      const { options } = await setUp({ configUrl: `${URL}/echo.json`, fetch: fetching(config) });
      expect(options['reverb']).to.deep.equal({ key: 'k', host: 'h', port: 8080, tls: false });
      expect(options['transport']).to.deep.equal(['reverb', 'polling']);
      expect(options.url).to.equal(URL);
    });

    it('reads properties of the widget, and what stands on the element wins', async () => {
      const config = {
        backend: 'http',
        url: '/chat',
        heading: 'Fernway',
        theme: 'dark',
        backendOptions: { format: 'json', model: 'a' },
      };
      const { backend, options, properties } = await setUp({
        configUrl: `${URL}/widget.json`,
        backendOptions: { model: 'b' },
        fetch: fetching(config),
      });
      expect(backend).to.equal('http');
      expect(options.url).to.equal(`${URL}/chat`);
      expect([options['format'], options['model']]).to.deep.equal(['json', 'b']);
      expect(properties).to.deep.equal({ heading: 'Fernway', theme: 'dark' });
    });

    it('goes on with what a preset knows when the configuration cannot be had, and says so otherwise', async () => {
      for (const broken of [fetching('<html>'), fetching({}, 500), fetching([])]) {
        const clock = new ManualClock();
        const settled = setUp({ preset: 'laravel-chatbot', url: URL, fetch: broken, clock });
        expect((await patiently(settled, clock)).backend).to.equal('laravel');
      }
      const clock = new ManualClock();
      const failed = complaint({ configUrl: `${URL}/x.json`, fetch: fetching({}, 404), clock });
      expect((await patiently(failed, clock)).code).to.equal('config');
    });
  });
});
