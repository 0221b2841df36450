import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'node:test';
import { WebSocket } from 'ws';
import { laravelBackend } from '../../src/backends/laravel/index.js';
import type { LaravelOptions } from '../../src/backends/laravel/wire.js';
import { setUp } from '../../src/backends/setup.js';
import type { ChatClientOptions } from '../../src/conversation/client-options.js';
import { ChatClient } from '../../src/conversation/chat-client.js';
import type { ChatState } from '../../src/conversation/state.js';
import { FakeWake } from '../connection/fake-line.js';
import { LaravelServer, type LaravelServerOptions } from '../e2e/support/laravel-server.js';

/** A story that takes longer has come to a standstill. */
const soon = { timeout: 10_000 };

describe('chats on Laravel, unchanged, and the whole client', { timeout: 60_000 }, () => {
  const cleanups: (() => unknown)[] = [];

  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
  });

  const backend = async (options: LaravelServerOptions): Promise<LaravelServer> => {
    const server = await LaravelServer.start(options);
    cleanups.push(() => server.stop());
    return server;
  };

  /** A client set up as a page does it: by the name of a preset. */
  const chat = async (
    server: LaravelServer,
    preset: string,
    options: LaravelOptions = {},
    more: Partial<ChatClientOptions> = {},
  ): Promise<ChatClient> => {
    const backendOptions = { pollMs: 50, ...options } as Record<string, unknown>;
    const client = new ChatClient({
      backend: async () => {
        const set = await setUp({ preset, url: server.url, backendOptions });
        assert.equal(set.backend, 'laravel');
        return laravelBackend({ ...set.options, WebSocket } as unknown as Parameters<
          typeof laravelBackend
        >[0]);
      },
      namespace: server.url,
      persistence: 'none',
      tabs: false,
      ...more,
    });
    cleanups.push(() => client.destroy());
    const errors: string[] = [];
    client.on('error', ({ code, error }) => errors.push(`${code} ${error.message}`));
    await client.start();
    client.connect();
    await when(client, ({ connection }) => {
      if (connection.status === 'failed') throw new Error(errors.join('; '));
      return connection.status === 'online';
    });
    return client;
  };

  const when = (client: ChatClient, holds: (state: ChatState) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        try {
          if (!holds(client.state)) return;
          resolve();
        } catch (error) {
          reject(error as Error);
        }
        queueMicrotask(() => stop());
      };
      const stop = client.subscribe(look);
      look();
    });

  const said = ({ messages }: ChatState): string[] =>
    messages.map(({ role, text, event }) => `${role}: ${event ?? text}`);

  const reverb = (server: LaravelServer): LaravelOptions => ({
    reverb: { key: server.host.key, host: '127.0.0.1', port: server.port },
  });

  const counts = (client: ChatClient, count: number): Promise<void> =>
    when(client, ({ messages }) => messages.length >= count);

  describe('laravel-chatbot: configured by the backend', () => {
    it('starts, sends by HTTP, hears broadcasts, and says who carries', soon, async () => {
      const server = await backend({ contract: 'chatbot' });
      const client = await chat(server, 'laravel-chatbot');
      await client.send('Hi');
      await counts(client, 2);
      assert.deepEqual(said(client.state), ['guest: Hi', 'ai: You said: Hi']);
      assert.equal(client.provider, 'reverb');
      assert.equal(client.state.connection.channel, 'private-chat.conversation.100');
      assert.equal(client.state.messages[0]?.delivery, 'sent');
    });

    it('polls where no socket can be opened', soon, async () => {
      const server = await backend({ contract: 'chatbot' });
      server.realtime = false;
      const client = await chat(server, 'laravel-chatbot');
      assert.equal(client.provider, 'polling');
      await client.send('Hi');
      await counts(client, 2);
      assert.deepEqual(said(client.state), ['guest: Hi', 'ai: You said: Hi']);
    });

    it('polls where the configuration turns everything else off', soon, async () => {
      const server = await backend({ contract: 'chatbot', config: { reverb: { enabled: false } } });
      const client = await chat(server, 'laravel-chatbot');
      assert.equal(client.provider, 'polling');
    });
  });

  describe('laravel-livechat: on Reverb', () => {
    it('hears a person come, type and write', soon, async () => {
      const server = await backend({ contract: 'livechat', bot: false });
      const client = await chat(server, 'laravel-livechat', reverb(server));
      await client.send('Hi');
      await server.joins('Maya');
      await when(client, ({ answering }) => answering === 'staff');
      server.whispers(true);
      await when(client, ({ typing }) => typing.length > 0);
      await server.says('Hello, I am Maya');
      await counts(client, 3);
      assert.deepEqual(said(client.state), ['guest: Hi', 'system: staff-joined', 'staff: Hello, I am Maya']);
      assert.deepEqual(
        client.state.participants.map(({ name }) => name),
        ['Maya'],
      );
      assert.deepEqual(client.state.typing, []);
    });

    it('asks for a person', soon, async () => {
      const server = await backend({ contract: 'livechat', bot: false });
      const client = await chat(server, 'laravel-livechat', reverb(server));
      await client.send('Hi');
      client.escalate();
      await when(client, ({ answering }) => answering === 'queued');
    });

    it(
      'does not hear its own words twice, whether or not they are broadcast to others only',
      soon,
      async () => {
        for (const echoes of [true, false]) {
          const server = await backend({ contract: 'livechat', echoes });
          const client = await chat(server, 'laravel-livechat', reverb(server));
          await client.send('one');
          await client.send('two');
          await counts(client, 4);
          assert.deepEqual(said(client.state).toSorted(), [
            'ai: You said: one',
            'ai: You said: two',
            'guest: one',
            'guest: two',
          ]);
        }
      },
    );

    it(
      'loses and doubles nothing when answers are lost, or are errors although the message was stored',
      soon,
      async () => {
        const server = await backend({ contract: 'livechat', bot: false });
        const client = await chat(server, 'laravel-livechat', reverb(server));
        server.loseAnswers = 1;
        await client.send('one');
        server.failAnswers = 1;
        await client.send('two');
        assert.deepEqual(
          server.conversation.messages.map(({ content }) => content),
          ['one', 'two'],
        );
        assert.deepEqual(said(client.state), ['guest: one', 'guest: two']);
      },
    );

    it(
      'fetches after an outage what was said meanwhile, in order, and sends what was written',
      soon,
      async () => {
        const server = await backend({ contract: 'livechat', bot: false });
        const client = await chat(server, 'laravel-livechat', reverb(server));
        await client.send('before');
        await server.down();
        await when(client, ({ connection }) => connection.status !== 'online');
        const sent = client.send('written in the dark');
        await server.says('while you were away');
        await server.up();
        await sent;
        await counts(client, 3);
        assert.deepEqual(said(client.state), [
          'guest: before',
          'staff: while you were away',
          'guest: written in the dark',
        ]);
      },
    );

    it('keeps no connection where realtime is turned off', soon, async () => {
      const server = await backend({ contract: 'livechat' });
      const client = await chat(server, 'laravel-livechat', { ...reverb(server), realtime: false });
      assert.equal(client.provider, 'polling');
      await client.send('Hi');
      await counts(client, 2);
    });
  });

  describe('laravel-resume: goes on where it was', () => {
    const hint = { deviceHint: async () => 'abc' };

    it('hears class-named events, and tells the device with every request', soon, async () => {
      const server = await backend({ contract: 'resume' });
      const client = await chat(server, 'laravel-resume', reverb(server), hint);
      await client.send('Hi');
      await counts(client, 2);
      assert.deepEqual(
        server.bodies.map(({ client_fingerprint }) => client_fingerprint),
        ['abc', 'abc'],
      );
      assert.equal(
        server.requests.every((each) => !each.startsWith('GET') || each.includes('client_fingerprint=abc')),
        true,
      );
    });

    it('starts anew where the conversation was closed', soon, async () => {
      const server = await backend({ contract: 'resume', bot: false });
      const client = await chat(server, 'laravel-resume', reverb(server));
      await client.send('Hi');
      server.conversation.status = 'closed';
      server.cut();
      await when(client, ({ conversationId }) => conversationId === '101');
      await when(client, ({ connection }) => connection.status === 'online');
      await client.send('again');
      assert.deepEqual(
        server.conversation.messages.map(({ content }) => content),
        ['again'],
      );
    });

    it('asks whether to go on with a conversation from elsewhere, and goes on', soon, async () => {
      const server = await backend({ contract: 'resume', bot: false });
      const first = await chat(server, 'laravel-resume', reverb(server));
      await first.send('from my phone');
      first.destroy();
      server.offers = server.conversation.id;
      const client = await chat(server, 'laravel-resume', reverb(server));
      await counts(client, 1);
      const [offer] = client.state.messages;
      assert.deepEqual(
        offer?.actions?.map(({ value }) => value),
        ['resume', 'restart'],
      );
      const { id } = offer!;
      void client.send('Go on', { action: { messageId: id, value: 'resume' } }).catch(() => {});
      await when(client, ({ messages }) => messages.some(({ text }) => text === 'from my phone'));
      assert.deepEqual(said(client.state), ['guest: from my phone']);
      await client.send('and from here');
      assert.deepEqual(
        server.conversation.messages.map(({ content }) => content),
        ['from my phone', 'and from here'],
      );
    });

    it('begins anew for a guest who writes on instead of answering', soon, async () => {
      const server = await backend({ contract: 'resume', bot: false });
      const first = await chat(server, 'laravel-resume', reverb(server));
      await first.send('from my phone');
      first.destroy();
      server.offers = server.conversation.id;
      const client = await chat(server, 'laravel-resume', reverb(server));
      await counts(client, 1);
      await client.send('something else');
      assert.equal(server.conversations.length, 2);
      assert.deepEqual(
        server.conversation.messages.map(({ content }) => content),
        ['something else'],
      );
    });
  });

  describe('falling back and coming back', () => {
    it(
      'is polled while Reverb is down, and comes back without losing or doubling anything',
      soon,
      async () => {
        const server = await backend({ contract: 'livechat', bot: false });
        server.realtime = false;
        const wake = new FakeWake();
        const client = await chat(server, 'laravel-livechat', reverb(server), { wake });
        assert.equal(client.provider, 'polling');
        await client.send('Hi');
        await server.says('by polling');
        await counts(client, 2);
        server.realtime = true;
        // A better line is looked for after a minute, and when somebody comes back to the page.
        wake.tell('visible');
        await when(client, ({ connection }) => connection.provider === 'reverb');
        const polls = server.requests.length;
        await server.says('by Reverb');
        await counts(client, 3);
        assert.equal(server.requests.length, polls);
        server.realtime = false;
        server.cut();
        await server.says('by polling again');
        await counts(client, 4);
        assert.equal(client.provider, 'polling');
        assert.deepEqual(said(client.state), [
          'guest: Hi',
          'staff: by polling',
          'staff: by Reverb',
          'staff: by polling again',
        ]);
      },
    );
  });
});
