import { expect } from '@open-wc/testing';
import {
  diagnose,
  undiagnosed,
  type Diagnosis,
  type DiagnosisParts,
} from '../../src/conversation/diagnosis.js';
import { Journal } from '../../src/conversation/journal.js';
import { INITIAL_STATE } from '../../src/conversation/state.js';
import type { ConnectionState } from '../../src/connection/status.js';
import type { Reach, Reached } from '../../src/platform/reach.js';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { ManualClock } from '../../src/testing/manual-clock.js';
import { channelAuthorizer } from '../../src/transports/pusher-auth.js';
import { late } from '../../src/transports/pusher-codes.js';
import type { LinkAttempt, LinkError } from '../../src/transports/transport.js';
import { FakeWake } from '../connection/fake-line.js';

const START = '2026-11-21T10:00:00.000Z';
const SHOP = 'wss://shop.test/chat';

interface Setting extends Omit<DiagnosisParts, 'state' | 'line' | 'reach' | 'policy'> {
  connection?: ConnectionState;
  attempts?: readonly Partial<LinkAttempt>[];
  /** Names of frames that meant nothing, in the order in which they came. */
  ignored?: readonly string[];
  names?: readonly string[];
  faults?: readonly string[];
  skewMs?: number;
  token?: string;
  origin?: string;
  /** What addresses say when they are asked once more; whatever is not listed is silent. */
  answers?: Readonly<Record<string, Reached>>;
  /** What the policy of the page has forbidden meanwhile. */
  blocked?: readonly string[];
}

const setUp = (setting: Setting = {}) => {
  const clock = new ManualClock({ date: START });
  const {
    connection = { status: 'reconnecting', reason: 'lost' } as const,
    attempts = [],
    answers = {},
  } = setting;
  const journal = new Journal();
  for (const attempt of attempts) {
    const whole = { transport: 'websocket', url: SHOP, outcome: 'lost', ms: 12, ...attempt } as const;
    journal.report({ kind: 'attempt', ...whole }, clock.date());
  }
  for (const event of setting.ignored ?? []) journal.report({ kind: 'ignored', event }, clock.date());
  for (const fault of setting.faults ?? []) journal.fault(new Error(fault));
  journal.skewMs = setting.skewMs;
  const asked: string[] = [];
  const reach: Reach = {
    origin: setting.origin ?? 'https://page.test',
    ask(url) {
      asked.push(url);
      return Promise.resolve(answers[url] ?? { answer: 'silent' });
    },
  };
  const parts: DiagnosisParts = {
    clock,
    wake: new FakeWake(),
    ...setting,
    reach,
    policy: () => ({ end: () => Promise.resolve(setting.blocked ?? []) }),
    state: { ...INITIAL_STATE, connection },
    line: { journal, traits: undefined, names: setting.names, token: setting.token },
  };
  return { clock, asked, reach, parts };
};

const diagnosisOf = (setting?: Setting): Promise<Diagnosis> => diagnose(setUp(setting).parts);

/** The first hint, which names the likeliest cause. */
const first = async (setting?: Setting): Promise<string> => (await diagnosisOf(setting)).hints[0]!;

const hints = async (setting?: Setting): Promise<string> => (await diagnosisOf(setting)).hints.join('\n');

const online = (provider = 'websocket'): ConnectionState => ({ status: 'online', provider });

describe('diagnose()', () => {
  it('is data as JSON, and a report as a text', async () => {
    const diagnosis = await diagnosisOf({
      connection: { status: 'reconnecting', reason: 'lost' },
      attempts: [
        { outcome: 'open', ms: 80 },
        { code: 1011, detail: 'out of memory', ms: 5000, ended: true },
      ],
      ignored: ['news', 'news'],
      skewMs: 40,
    });
    const at = Date.parse(START);
    expect(JSON.parse(JSON.stringify(diagnosis))).to.deep.equal({
      at,
      status: 'reconnecting',
      reason: 'lost',
      provider: null,
      attempts: [
        { at, transport: 'websocket', url: SHOP, outcome: 'open', ms: 80 },
        {
          ...{ at, transport: 'websocket', url: SHOP, outcome: 'lost', ms: 5000 },
          ...{ code: 1011, reason: 'out of memory', ended: true },
        },
      ],
      checks: [],
      ignored: [{ event: 'news', count: 2 }],
      faults: [],
      queued: 0,
      skewMs: 40,
      follows: false,
      hints: diagnosis.hints,
    });
    expect(structuredClone(diagnosis)).to.deep.equal(diagnosis);
    const report = String(diagnosis).split('\n');
    expect(report.slice(0, 5)).to.deep.equal([
      'Chat diagnosis of 2026-11-21T10:00:00.000Z',
      'status    reconnecting (lost)',
      'provider  none',
      'clock     server +40 ms',
      '',
    ]);
    expect(report).to.include('  10:00:00.000  websocket  wss://shop.test/chat  open after 80 ms');
    expect(report).to.include(
      '  10:00:00.000  websocket  wss://shop.test/chat  open for 5000 ms, then lost  1011  “out of memory”',
    );
    expect(report).to.include('  news  2 ×');
    for (const hint of diagnosis.hints) expect(report).to.include(`  - ${hint}`);
  });

  it('shows no secrets', async () => {
    const diagnosis = await diagnosisOf({
      token: 's3cret-token',
      guest: { note: { guestId: 'g', conversationId: 'c', resumeToken: 'r3sume', usedAt: 0 } },
      attempts: [
        { url: 'wss://sam:pass@shop.test/app/key?protocol=7&access_token=abc1&appKey=public&X-Auth=abc2' },
        { url: 'https://shop.test/chat?%74oken=abc3', detail: 'refused s3cret-token and r3sume' },
        {
          transport: 'polling',
          detail: 'Authorization: Bearer abc4 at https://shop.test/?secret=abc5 {"token":"abc6"}',
        },
      ],
      ignored: ['token=abc7'],
      faults: ['no page at https://u:abc8@shop.test/?signature=abc9#x'],
    });
    for (const text of [JSON.stringify(diagnosis), String(diagnosis)]) {
      expect(text).not.to.match(/abc\d|s3cret|r3sume|pass/);
      expect(text).to.include('appKey=public');
      expect(text).to.include('protocol=7');
    }
  });

  it('keeps what servers say at bearable length', async () => {
    const { attempts } = await diagnosisOf({ attempts: [{ detail: 'x'.repeat(5000) }] });
    expect(attempts[0]!.reason).to.have.length(301);
  });

  it('works before any use', async () => {
    const { client, ...none } = await undiagnosed().then((found) => ({ client: found, ...found }));
    expect(client.status).to.equal('idle');
    expect(none.attempts).to.deep.equal([]);
    expect(none.hints).to.deep.equal([client.hints[0]!]);
    expect(client.hints[0]).to.match(/^Nothing was tried: .* set the attribute url/);
    expect(await first({ connection: { status: 'idle' } })).to.match(/^Nothing was tried yet: .*eager/);
    expect(await first({ connection: { status: 'connecting' } })).to.match(/still under way/);
  });

  it('says that all is well', async () => {
    const attempts = [{ outcome: 'open' }] as const;
    expect(await hints({ connection: online('reverb'), attempts })).to.equal(
      'All is well: the line is open by reverb, and nothing odd was seen.',
    );
    expect(await hints({ connection: { status: 'idle', reason: 'disconnected' }, attempts })).to.match(
      /was closed/,
    );
    expect(await hints({ attempts: [{ outcome: 'open' }] })).to.match(/No cause is known yet/);
  });

  it('names what was wrong with the options', async () => {
    const hint = await first({
      connection: { status: 'failed', reason: 'backend-unknown' },
      faults: ['there is no backend named "sock"'],
    });
    expect(hint).to.include('(backend-unknown): there is no backend named "sock".');
  });

  describe('asks once more', () => {
    it('what has failed without an answer, and nothing else', async () => {
      const { parts, asked } = setUp({
        attempts: [
          {},
          { transport: 'reverb', url: 'wss://a.test/app', code: 4001, outcome: 'refused' },
          { transport: 'polling', url: 'https://a.test/poll', code: 500 },
          { transport: 'sse', url: 'https://a.test/sse' },
          { transport: 'sse', url: 'https://a.test/sse', outcome: 'open' },
          { transport: 'http', url: '/chat' },
          { transport: 'http', url: 'https://a.test/send', outcome: 'late' },
          { code: 1006 },
        ],
      });
      await diagnose(parts);
      expect(asked).to.deep.equal([SHOP, 'https://a.test/send']);
    });

    it('a configuration that could not be had', async () => {
      const { parts, asked } = setUp({
        connection: { status: 'failed', reason: 'config' },
        faults: ['the configuration at https://a.test/config.json could not be had: Failed to fetch'],
        answers: { 'https://a.test/config.json': { answer: 'unreadable' } },
      });
      const diagnosis = await diagnose(parts);
      expect(asked).to.deep.equal(['https://a.test/config.json']);
      expect(diagnosis.hints.join()).to.match(/CORS: https:\/\/a\.test\/config\.json answers/);
    });

    it('for at most five seconds, and whatever comes of it', async () => {
      const { parts, clock, reach } = setUp({ attempts: [{}, { transport: 'sse', url: 'https://a.test/' }] });
      let signal: AbortSignal | undefined;
      reach.ask = (url, given) => {
        signal = given;
        return url === SHOP ? new Promise(() => {}) : Promise.reject(new Error('odd'));
      };
      const pending = diagnose(parts);
      await clock.advance(4999);
      expect(signal!.aborted).to.equal(false);
      await clock.advance(1);
      expect(signal!.aborted).to.equal(true);
      expect((await pending).checks.map(({ outcome }) => outcome)).to.deep.equal(['silent', 'silent']);
    });

    it('nothing without a network', async () => {
      const wake = new FakeWake();
      wake.online = false;
      const { parts, asked } = setUp({ wake, attempts: [{}] });
      const { hints: found } = await diagnose(parts);
      expect(asked).to.deep.equal([]);
      expect(found[0]).to.match(/there is no network/);
    });

    it('nothing that a secure page may not use', async () => {
      const urls = [
        'ws://shop.test/chat',
        'http://shop.test/chat',
        'ws://localhost:8080/',
        'ws://127.0.0.1/',
      ];
      const { parts, asked } = setUp({ attempts: urls.map((url) => ({ url })) });
      const diagnosis = await diagnose(parts);
      expect(asked).to.deep.equal(urls.slice(2));
      expect(diagnosis.checks.slice(0, 2)).to.deep.equal([
        { url: urls[0], outcome: 'mixed-content' },
        { url: urls[1], outcome: 'mixed-content' },
      ]);
      expect(diagnosis.hints[0]).to.match(
        /^Mixed content: .* use ws:\/\/shop\.test\/chat; serve the chat by wss:/,
      );
      expect(diagnosis.hints[1]).to.match(/serve the chat by https:/);
      expect(await first({ origin: 'http://page.test', attempts: [{ url: urls[0]! }] })).to.match(
        /^Nothing answers/,
      );
    });
  });

  describe('knows what it means that an address', () => {
    const asked = (answer: Reached, url = SHOP, more: Setting = {}): Promise<string> =>
      first({ attempts: [{ url, code: 1006 }], answers: { [url]: answer }, ...more });

    it('is forbidden by the policy of the page', async () => {
      for (const blocked of ['wss://shop.test/chat', 'wss://shop.test', 'wss']) {
        expect(await asked({ answer: 'no-upgrade' }, SHOP, { blocked: [blocked] })).to.match(
          /content security policy forbids wss:\/\/shop\.test\/chat: add wss:\/\/shop\.test to connect-src/,
        );
      }
      // That the page may not ask the host by HTTP says nothing of the socket.
      const others = ['https://shop.test/', 'wss://shop.test.evil/', 'https'];
      expect(await asked({ answer: 'silent' }, SHOP, { blocked: others })).to.match(/^Nothing answers/);
    });

    it('may not be read', async () => {
      const hint = await asked({ answer: 'unreadable' }, 'https://api.test/chat');
      expect(hint).to.match(/^CORS: .* does not let https:\/\/page\.test read it/);
      expect(hint).to.include('config/cors.php');
    });

    it('answers a plain request only', async () => {
      const url = 'https://api.test/chat';
      expect(await asked({ answer: 'status', status: 204 }, url)).to.match(/preflight \(OPTIONS\)/);
      expect(await asked({ answer: 'status', status: 405 }, url)).to.match(/with 405: .*another method/);
    });

    it('answers HTTP and opens no socket', async () => {
      expect(await asked({ answer: 'no-upgrade' })).to.match(
        /^shop\.test answers HTTP, but no WebSocket.* 1006 .*nginx/,
      );
    });

    it('opens a socket now', async () => {
      expect(await asked({ answer: 'open' })).to.match(/opens now/);
      const attempts = [{ outcome: 'open' }, { detail: 'no sign of life', ended: true }] as const;
      expect(await first({ attempts, answers: { [SHOP]: { answer: 'open' } } })).to.match(/lost on the way/);
    });

    it('says nothing', async () => {
      expect(await asked({ answer: 'silent' })).to.match(/^Nothing answers at shop\.test, port 443/);
      expect(await asked({ answer: 'silent' }, 'ws://127.0.0.1:6001/app/key')).to.match(
        /at 127\.0\.0\.1, port 6001/,
      );
      expect(await first({ attempts: [{ outcome: 'late' }] })).to.match(/^No answer in time at shop\.test/);
    });
  });

  describe('knows what an answer means', () => {
    const HTTP: [number, RegExp][] = [
      [401, /answered 401: .*getToken\(\).*Accept: application\/json/],
      [403, /policy or middleware/],
      [404, /routes\/api\.php/],
      [405, /another method/],
      [413, /client_max_body_size/],
      [419, /CSRF/],
      [422, /refuses the fields/],
      [426, /Upgrade and Connection/],
      [429, /throttle/],
      [500, /storage\/logs/],
      [418, /the server's log/],
    ];
    for (const [code, words] of HTTP) {
      it(`HTTP ${code}`, async () => {
        const attempts = [
          { transport: 'http', url: 'https://api.test/chat', code, outcome: 'refused' },
        ] as const;
        expect(await first({ attempts })).to.match(words);
      });
    }

    const CODES: [string, number, RegExp][] = [
      ['reverb', 4001, /REVERB_APP_KEY/],
      ['pusher', 4004, /quota/],
      ['pusher', 4009, /allowed_origins/],
      ['pusher', 4321, /closed with 4321, which means "lost" here/],
      ['websocket', 4401, /fresh/],
      ['websocket', 4409, /share one id/],
      ['websocket', 1008, /refuses this page/],
      ['websocket', 1013, /overloaded/],
    ];
    for (const [transport, code, words] of CODES) {
      it(`${transport} ${code}`, async () => {
        expect(await first({ attempts: [{ transport, code, detail: 'why' }] })).to.match(words);
      });
    }

    /** What channel authorisation fails with. */
    const signed = async (answer: () => Response | Promise<Response>): Promise<Partial<LinkAttempt>> => {
      const authorize = channelAuthorizer({ url: '/broadcasting/auth', fetch: async () => answer() });
      const signal = new AbortController().signal;
      const session = { guestId: 'g' };
      const error = await authorize({ socketId: '1.2', channel: 'private-a', session, signal }).then(
        () => undefined,
        (reason: unknown) => reason,
      );
      const { reason, detail } = (error as LinkError).close;
      return { transport: 'reverb', outcome: reason, ...(detail && { detail }) };
    };

    for (const [status, words] of [
      [401, /answered 401: .*bearer token.*Broadcast::routes/],
      [403, /routes\/channels\.php/],
      [404, /Broadcast::routes\(\)/],
      [419, /CSRF/],
      [500, /storage\/logs/],
    ] as const) {
      it(`channel authorisation ${status}`, async () => {
        const attempts = [await signed(() => new Response('', { status }))];
        expect(await hints({ attempts })).to.match(words);
      });
    }

    it('channel authorisation without an answer, or with a page', async () => {
      const lost = await signed(() => Promise.reject(new TypeError('Failed to fetch')));
      const { parts, asked } = setUp({ attempts: [lost] });
      expect((await diagnose(parts)).hints[0]).to.match(
        /\(Failed to fetch\): .*add broadcasting\/auth to "paths"/,
      );
      expect(asked).to.deep.equal([]);
      const login = await signed(() => new Response('<!doctype html>'));
      expect(await first({ attempts: [login] })).to.match(/not with a signature/);
    });

    it('a line that lives and never greets, or confirms no channel', async () => {
      const opened = { outcome: 'open' } as const;
      const silent = { outcome: 'late', detail: 'no welcome in time', ended: true } as const;
      expect(await hints({ attempts: [opened, silent] })).to.match(/opens, but says nothing that greets/);
      // That the handshake is late may be because nothing opens.
      const silentAt = (answer: Reached): Promise<string> =>
        first({ attempts: [{ ...pusher('handshake') }], answers: { [SHOP]: answer } });
      const pusher = (what: string): Partial<LinkAttempt> => {
        const { reason, detail } = late(what);
        return { transport: 'pusher', outcome: reason, ...(detail && { detail }) };
      };
      expect(await silentAt({ answer: 'open' })).to.match(/says nothing that greets/);
      expect(await silentAt({ answer: 'silent' })).to.match(/^No answer in time/);
      expect(await hints({ attempts: [pusher('private-conversation.7')] })).to.match(
        /does not confirm the channel/,
      );
      expect(await hints({ attempts: [pusher('the connection of the page')] })).to.match(/own client/);
    });

    it('no client for Socket.IO, or one of another generation', async () => {
      const detail = 'no Socket.IO client: Failed to fetch dynamically imported module';
      expect(await hints({ attempts: [{ transport: 'socket.io', detail }] })).to.match(
        /install socket\.io-client/,
      );
      const old = 'the server speaks version 2; it needs the option allowEIO3';
      expect(await hints({ attempts: [{ transport: 'socket.io', detail: old }] })).to.match(
        /set its option allowEIO3/,
      );
    });

    it('a server that selects no subprotocol', async () => {
      const connection = online();
      const attempts = [{ code: 1006 }, { outcome: 'open' }] as const;
      expect(await hints({ connection, attempts })).to.match(/selects none; .*chat-widget\.v1/);
      const lived = [{ code: 1006, ended: true }, { outcome: 'open' }] as const;
      expect(await hints({ connection, attempts: lived })).to.match(/^All is well/);
    });

    it('a worse wire that stands in for a better one', async () => {
      const attempts = [
        { transport: 'reverb', code: 1006 },
        { transport: 'polling', url: 'https://a.test/', outcome: 'open' },
      ] as const;
      const found = await hints({ connection: online('polling'), attempts });
      expect(found).to.match(/goes on by polling, since reverb did not open/);
    });

    it('nothing, once a request that failed is long ago and the chat is online', async () => {
      const { parts, clock } = setUp({
        connection: online(),
        attempts: [{ outcome: 'open' }, { transport: 'http', url: 'https://a.test/', code: 500 }],
      });
      expect((await diagnose(parts)).hints[0]).to.match(/answered 500/);
      await clock.advance(600_000);
      expect((await diagnose(parts)).hints[0]).to.match(/^All is well/);
    });
  });

  describe('knows what it means that', () => {
    it('frames come whose names mean nothing', async () => {
      const twelve = Array.from({ length: 12 }, () => 'App\\Events\\MessageSent');
      const connection = online('reverb');
      expect(await hints({ connection, ignored: twelve, names: ['message.sent', 'agent.joined'] })).to.match(
        /^The server says App\\Events\\MessageSent 12 times, and known are message\.sent, agent\.joined: it looks like message\.sent, spelled/,
      );
      expect(await hints({ connection, ignored: ['.order'], names: ['message.sent'] })).to.match(
        /says \.order once, and known are message\.sent: if it is a message/,
      );
      expect(await hints({ connection, ignored: ['order'] })).to.match(/says order once: /);
      const harmless = ['pusher_internal:member_added', 'pusher:odd', 'typing'];
      expect(await hints({ connection, ignored: harmless, names: ['typing'] })).to.match(/^All is well/);
    });

    it('frames cannot be read', async () => {
      const faults = ['frame: expected JSON', 'messages[3].seq: expected a number'];
      expect(await hints({ connection: online(), faults })).to.match(
        /the last of 2\): messages\[3\]\.seq: expected a number\./,
      );
    });

    it('clocks differ', async () => {
      const connection = online();
      expect(await hints({ connection, skewMs: 59_000 })).to.match(/^All is well/);
      expect(await hints({ connection, skewMs: 120_000 })).to.match(/server's is 120 s ahead of this device/);
      expect(await hints({ connection, skewMs: -7_200_000 })).to.match(/7200 s behind/);
    });

    it('nothing is stored', async () => {
      expect(await hints({ connection: online(), storageDenied: true })).to.match(/refuses to keep data/);
    });

    it('the page is hidden, or the line paused', async () => {
      const wake = new FakeWake();
      wake.visible = false;
      expect(await hints({ connection: online(), wake })).to.match(/^The page is hidden/);
      for (const [reason, words] of [
        ['idle', /idle-pause/],
        ['replaced', /takes it back/],
        ['suspended', /frozen or left/],
      ] as const) {
        const attempts = [{ outcome: 'open' }] as const;
        expect(await hints({ connection: { status: 'paused', reason }, attempts, wake })).to.match(words);
      }
    });

    it('the page gives no token', async () => {
      const connection = { status: 'reconnecting', reason: 'token' } as const;
      const found = await diagnosisOf({ connection, faults: ['login needed'] });
      expect(found.hints[0]).to.match(/^getToken\(\) gave no token/);
      expect(found.hints[1]).to.include('login needed.');
    });

    it('another tab has the line', async () => {
      const diagnosis = await diagnosisOf({ connection: online(), tabs: { follows: true } });
      expect(diagnosis.follows).to.equal(true);
      expect(diagnosis.hints[0]).to.match(/^This tab follows/);
      expect(String(diagnosis)).to.include('\ntab       follows');
    });
  });

  it('hears clocks and errors', () => {
    const journal = new Journal();
    const events = [
      { type: 'ack', clientId: 'c', id: 'm', seq: 1, sentAt: START },
      { type: 'error', code: 'origin', message: 'this page may not', fatal: true },
    ] as ServerEvent[];
    journal.hear(events, Date.parse(START) - 500);
    expect(journal.skewMs).to.equal(500);
    expect(journal.faults).to.deep.equal(['origin: this page may not']);
    for (let i = 0; i < 20; i++) journal.fault(`no ${i}`);
    expect(journal.faults).to.have.length(10);
    expect(journal.faults.at(-1)).to.equal('no 19');
  });
});
