import { expect } from '@open-wc/testing';
import type { BackendError } from '../../../src/backends/backend.js';
import { websocketBackend } from '../../../src/backends/websocket/index.js';
import type { WebsocketOptions } from '../../../src/backends/websocket/wire.js';
import type { Session } from '../../../src/protocol/session.js';
import { ManualClock } from '../../../src/testing/manual-clock.js';
import { fakeWebSocket } from '../../transports/fake-socket.js';
import { ToldEvents, failure } from '../../transports/told-events.js';

const setUp = (url: string, options: WebsocketOptions = {}, session: Session = { guestId: 'g 1' }) => {
  const clock = new ManualClock();
  const { WebSocket, sockets } = fakeWebSocket();
  const { transport } = websocketBackend({ url, WebSocket, clock, ...options });
  const told = new ToldEvents();
  const open = () => transport.open(session, told, new AbortController().signal);
  const opened = async () => {
    const opening = open();
    sockets.at(-1)!.opens();
    return opening;
  };
  return { clock, sockets, told, open, opened };
};

describe('WebSocket backend', () => {
  it('takes addresses of both kinds, and fills in who is calling', async () => {
    for (const [url, address] of [
      ['wss://chat.example/ws', 'wss://chat.example/ws'],
      ['https://chat.example/ws', 'wss://chat.example/ws'],
      ['http://chat.example', 'ws://chat.example'],
      ['wss://chat.example/ws/%7BguestId%7D?c={sessionId}', 'wss://chat.example/ws/g%201?c=g%201'],
    ] as const) {
      const { sockets, opened } = setUp(url);
      await opened();
      expect(sockets[0]!.url).to.equal(address);
    }
    const { sockets, open } = setUp('wss://chat.example/{conversationId}');
    const { reason, retry, detail } = await failure(open());
    expect({ reason, retry }).to.deep.equal({ reason: 'refused', retry: 'never' });
    expect(detail).to.include('conversationId');
    expect(sockets).to.have.length(0);
  });

  it('offers a subprotocol, and goes without if that fails', async () => {
    const { sockets, open, opened } = setUp('wss://chat.example', { subprotocol: 'json' });
    const attempt = failure(open());
    sockets[0]!.dies(1006);
    await attempt;
    await opened();
    expect(sockets.map(({ protocols }) => protocols)).to.deep.equal(['json', undefined]);
  });

  it('knows what close codes mean, the usual ones and those it is told', async () => {
    const closes = {
      4001: 'unauthorized',
      4002: 'gone',
      4003: 'busy',
      1000: 'lost',
      1013: 'refused',
    } as const;
    for (const [code, meaning] of [
      [4001, { reason: 'unauthorized', retry: 'now' }],
      [4002, { reason: 'gone', retry: 'now' }],
      [4003, { reason: 'busy', retry: 'backoff' }],
      [1000, { reason: 'lost', retry: 'backoff' }],
      [1013, { reason: 'refused', retry: 'never' }],
      [4409, { reason: 'replaced', retry: 'never' }],
      [4999, { reason: 'lost', retry: 'backoff' }],
    ] as const) {
      const { sockets, told, opened } = setUp('wss://chat.example', { closes });
      await opened();
      sockets[0]!.dies(code, 'because');
      expect(told.closes[0]).to.include({ ...meaning, code, detail: 'because' });
    }
  });

  it('reports what it cannot read, answers pings, and goes on', async () => {
    const { clock, sockets, told, opened } = setUp('wss://chat.example', {
      heartbeat: { answers: { ping: 'pong' } },
    });
    await opened();
    for (const frame of ['{', '{}', { type: 'ping' }, { type: 'message', text: 'Hi' }])
      sockets[0]!.receives(frame);
    await clock.settle();
    expect(told.faults).to.have.length(2);
    expect(told.frames.map(({ event }) => event)).to.deep.equal(['ping', 'message']);
    expect(sockets[0]!.sent).to.deep.equal([{ type: 'pong' }]);
    expect(told.closes).to.deep.equal([]);
  });

  it('notices a dead line only where the server has something to answer', async () => {
    const quiet = setUp('wss://chat.example');
    await quiet.opened();
    await quiet.clock.advance(3_600_000);
    expect(quiet.told.closes).to.deep.equal([]);
    const { clock, sockets, told, opened } = setUp('wss://chat.example', { heartbeat: { ping: 'ping' } });
    await opened();
    await clock.advance(30_000);
    expect(sockets[0]!.sent).to.have.length(1);
    expect(told.closes[0]).to.include({ reason: 'lost', retry: 'backoff' });
  });

  it('says what is wrong with its options', () => {
    const wrong = (url: string, options: object = {}): string => {
      try {
        websocketBackend({ url, ...options });
      } catch (error) {
        const { code, message } = error as BackendError;
        return `${code}: ${message}`;
      }
      throw new Error('it was accepted');
    };
    expect(wrong('ftp://chat.example')).to.match(/^url-invalid: .*ftp:/);
    expect(wrong('wss://chat.example/{guest_id}')).to.match(/^options-invalid: .*guest_id/);
    expect(wrong('wss://x', { closes: { 4001: 'bad' } })).to.match(
      /^options-invalid: backendOptions\.closes\.4001/,
    );
    expect(wrong('wss://x', { closes: { always: 'lost' } })).to.match(
      /closes\.always: expected a close code/,
    );
    expect(wrong('wss://x', { subprotocol: 7 })).to.match(/backendOptions\.subprotocol/);
  });
});
